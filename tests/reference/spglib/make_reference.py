"""Symmetry of crystals by spglib, and symmetry-distinct displacements by phonopy: /usr/bin/python3 make_reference.py writes symmetry.json

Debian 12: python3-spglib 2.0.2, python3-phonopy 2.17.1. Structures are idealised: prototypes with round lattice constants and coordinates.
"""
import json

import numpy as np
import phonopy
import spglib
from phonopy import Phonopy
from phonopy.structure.atoms import PhonopyAtoms

SYMPREC = 1e-5
CRYSTALS = []


def lattice(a, b, c, alpha=90, beta=90, gamma=90):
    ca, cb, cg = (np.cos(np.radians(angle)) if angle not in (60, 90, 120) else {60: 0.5, 90: 0.0, 120: -0.5}[angle] for angle in (alpha, beta, gamma))
    sg = np.sqrt(1 - cg * cg)
    cx, cy = c * cb, c * (ca - cb * cg) / sg
    return np.array([[a, 0, 0], [b * cg, b * sg, 0], [cx, cy, np.sqrt(c * c - cx * cx - cy * cy)]])


def add(name, rows, sites, supercell, expected=None):
    """sites: list of (symbol, list of fractional positions); supercell: rows of the supercell in units of the cell's rows."""
    symbols = [symbol for symbol, places in sites for _ in places]
    positions = np.array([place for _, places in sites for place in places], dtype=float)
    CRYSTALS.append((name, np.array(rows, dtype=float), symbols, positions, np.array(supercell), expected))


def centred(places, *centres):
    return [list(np.array(place) + np.array(centre)) for place in places for centre in ((0, 0, 0),) + centres]


def changed(rows, sites, matrix):
    """The same crystal in another primitive cell: new rows = matrix . rows, unimodular."""
    matrix = np.array(matrix)
    assert round(np.linalg.det(matrix)) == 1
    inverse = np.linalg.inv(matrix)
    return matrix @ np.array(rows), [(symbol, [list(np.array(place) @ inverse) for place in places]) for symbol, places in sites]


I, F, C = (0.5, 0.5, 0.5), [(0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)], (0.5, 0.5, 0)
R = [(2 / 3, 1 / 3, 1 / 3), (1 / 3, 2 / 3, 2 / 3)]
DIAGONAL = np.diag

# Triclinic
add("P1", lattice(4.1, 4.6, 5.2, 82, 97, 104), [("Na", [(0.01, 0.02, 0.03)]), ("Cl", [(0.52, 0.45, 0.41)]), ("S", [(0.31, 0.96, 1.22)])], DIAGONAL([2, 2, 1]), "P1")
x = (0.27, 0.61, 0.34)
add("P-1", lattice(4.1, 4.6, 5.2, 82, 97, 104), [("Ca", [(0, 0, 0)]), ("F", [x, tuple(-v for v in x)])], DIAGONAL([2, 1, 2]), "P-1")
# Monoclinic
def p21c(x, y, z):
    return [(x, y, z), (-x, y + 0.5, 0.5 - z), (-x, -y, -z), (x, 0.5 - y, z + 0.5)]
add("baddeleyite ZrO2", lattice(5.15, 5.21, 5.32, 90, 99.2, 90), [("Zr", p21c(0.275, 0.040, 0.208)), ("O", p21c(0.07, 0.332, 0.345) + p21c(0.45, 0.757, 0.479))], DIAGONAL([2, 2, 1]), "P2_1/c")
add("C2/m", lattice(7.2, 4.3, 5.1, 90, 108, 90), [("Na", centred([(0, 0, 0)], C)), ("Br", centred([(0.23, 0, 0.61), (-0.23, 0, -0.61)], C))], DIAGONAL([1, 2, 2]), "C2/m")
add("Pm", lattice(4.0, 5.0, 6.0, 90, 100, 90), [("Na", [(0, 0, 0)]), ("Cl", [(0.3, 0, 0.2)]), ("S", [(0.1, 0.5, 0.7)])], DIAGONAL([2, 1, 1]), "Pm")
# Orthorhombic
def pnma(x, z):
    return [(x, 0.25, z), (0.5 - x, 0.75, z + 0.5), (-x, 0.75, -z), (x + 0.5, 0.25, 0.5 - z)]
def pnma8(x, y, z):
    return [(x, y, z), (0.5 - x, -y, z + 0.5), (-x, y + 0.5, -z), (x + 0.5, 0.5 - y, 0.5 - z), (-x, -y, -z), (x + 0.5, y, 0.5 - z), (x, 0.5 - y, z), (0.5 - x, y + 0.5, z + 0.5)]
add("perovskite CaTiO3", lattice(5.44, 7.64, 5.38), [("Ca", pnma(0.035, 0.993)), ("Ti", [(0, 0, 0.5), (0.5, 0, 0), (0, 0.5, 0.5), (0.5, 0.5, 0)]), ("O", pnma(0.483, 0.072) + pnma8(0.289, 0.037, 0.711))], DIAGONAL([2, 1, 2]), "Pnma")
add("CrB", lattice(2.97, 7.86, 2.93), [("Cr", centred([(0, 0.146, 0.25), (0, -0.146, 0.75)], C)), ("B", centred([(0, 0.440, 0.25), (0, -0.440, 0.75)], C))], DIAGONAL([3, 1, 3]), "Cmcm")
add("Imm2 NaNO2", lattice(3.57, 5.58, 5.38), [("Na", centred([(0, 0, 0.585)], I)), ("N", centred([(0, 0, 0.078)], I)), ("O", centred([(0, 0.196, -0.044), (0, -0.196, -0.044)], I))], DIAGONAL([3, 2, 2]), "Imm2")
add("Fddd", lattice(5.2, 6.4, 9.1), [("Na", centred([(0.125, 0.125, 0.125), (0.875, 0.875, 0.875)], *F))], DIAGONAL([2, 1, 1]), "Fddd")
# Tetragonal
add("rutile SnO2", lattice(4.74, 4.74, 3.19), [("Sn", [(0, 0, 0), I]), ("O", [(0.306, 0.306, 0), (-0.306, -0.306, 0), (0.194, 0.806, 0.5), (0.806, 0.194, 0.5)])], DIAGONAL([2, 2, 3]), "P4_2/mnm")
add("anatase TiO2, body-centred cell", lattice(3.785, 3.785, 9.51), [("Ti", centred([(0, 0, 0), (0, 0.5, 0.25)], I)), ("O", centred([(0, 0, 0.208), (0, 0.5, 0.458), (0.5, 0, 0.542), (0.5, 0.5, 0.292)], I))], DIAGONAL([2, 2, 1]), "I4_1/amd")
add("chalcopyrite CuFeS2", lattice(5.29, 5.29, 10.42), [("Cu", centred([(0, 0, 0), (0, 0.5, 0.25)], I)), ("Fe", centred([(0, 0, 0.5), (0, 0.5, 0.75)], I)), ("S", centred([(0.257, 0.25, 0.125), (-0.257, 0.75, 0.125), (0.75, 0.257, 0.875), (0.25, -0.257, 0.875)], I))], DIAGONAL([1, 1, 1]), "I-42d")
# Trigonal
def p3221(x, y, z):
    return [(x, y, z), (-y, x - y, z + 2 / 3), (y - x, -x, z + 1 / 3), (y, x, -z), (x - y, -y, 1 / 3 - z), (-x, y - x, 2 / 3 - z)]
add("quartz SiO2", lattice(4.91, 4.91, 5.40, 90, 90, 120), [("Si", [(0.4697, 0, 2 / 3), (0, 0.4697, 1 / 3), (-0.4697, -0.4697, 0)]), ("O", p3221(0.4135, 0.2669, 0.1191))], DIAGONAL([2, 2, 2]), "P3_221")
add("corundum Al2O3, hexagonal cell", lattice(4.76, 4.76, 12.99, 90, 90, 120), [("Al", centred([(0, 0, 0.352), (0, 0, 0.5 - 0.352), (0, 0, -0.352), (0, 0, 0.5 + 0.352)], *R)), ("O", centred([(0.306, 0, 0.25), (0, 0.306, 0.25), (-0.306, -0.306, 0.25), (-0.306, 0, 0.75), (0, -0.306, 0.75), (0.306, 0.306, 0.75)], *R))], DIAGONAL([2, 2, 1]), "R-3c")
angle = 24.2
add("Bi2Te3, rhombohedral cell", lattice(10.47, 10.47, 10.47, angle, angle, angle), [("Bi", [(0.4, 0.4, 0.4), (0.6, 0.6, 0.6)]), ("Te", [(0, 0, 0), (0.212, 0.212, 0.212), (0.788, 0.788, 0.788)])], DIAGONAL([2, 2, 2]), "R-3m")
add("LiNbO3-like R3m, rhombohedral cell", lattice(5.1, 5.1, 5.1, 88, 88, 88), [("Li", [(0.02, 0.02, 0.02)]), ("Nb", [(0.51, 0.51, 0.51)]), ("O", [(0.03, 0.52, 0.52), (0.52, 0.03, 0.52), (0.52, 0.52, 0.03)])], DIAGONAL([2, 2, 2]), "R3m")
# Hexagonal
W = [("Zn", [(1 / 3, 2 / 3, 0), (2 / 3, 1 / 3, 0.5)]), ("S", [(1 / 3, 2 / 3, 0.375), (2 / 3, 1 / 3, 0.875)])]
add("wurtzite ZnS", lattice(3.82, 3.82, 6.26, 90, 90, 120), W, DIAGONAL([3, 3, 2]), "P6_3mc")
add("wurtzite ZnS, supercell of three", lattice(3.82, 3.82, 6.26, 90, 90, 120), W, [[1, 2, 0], [-1, 1, 0], [0, 0, 2]], "P6_3mc")
add("wurtzite ZnS, skewed cell", *changed(lattice(3.82, 3.82, 6.26, 90, 90, 120), W, [[1, 2, -1], [0, 1, 3], [0, 0, 1]]), [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "P6_3mc")
add("high quartz SiO2", lattice(5.0, 5.0, 5.46, 90, 90, 120), [("Si", [(0.5, 0, 0), (0, 0.5, 2 / 3), (0.5, 0.5, 1 / 3)]), ("O", [(0.208, 0.416, 0.5), (-0.208, -0.416, 0.5), (-0.416, -0.208, 0.5 + 2 / 3), (0.416, 0.208, 0.5 + 2 / 3), (0.208, -0.208, 0.5 + 1 / 3), (-0.208, 0.208, 0.5 + 1 / 3)])], DIAGONAL([2, 2, 2]), "P6_222")
add("magnesium", lattice(3.21, 3.21, 5.21, 90, 90, 120), [("Mg", [(1 / 3, 2 / 3, 0.25), (2 / 3, 1 / 3, 0.75)])], DIAGONAL([3, 3, 2]), "P6_3/mmc")
# Cubic
add("iron, body-centred cell", lattice(2.87, 2.87, 2.87), [("Fe", centred([(0, 0, 0)], I))], DIAGONAL([2, 2, 2]), "Im-3m")
add("iron, primitive cell", 2.87 * np.array([[-0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0.5, 0.5, -0.5]]), [("Fe", [(0, 0, 0)])], DIAGONAL([3, 3, 3]), "Im-3m")
N = [("Na", [(0, 0, 0)]), ("Cl", [(0.5, 0.5, 0.5)])]
fcc = 5.69 * np.array([[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]])
add("NaCl, face-centred cell", lattice(5.69, 5.69, 5.69), [("Na", centred([(0, 0, 0)], *F)), ("Cl", centred([(0.5, 0.5, 0.5)], *F))], DIAGONAL([2, 2, 2]), "Fm-3m")
add("NaCl, primitive cell, cubic supercell", fcc, N, [[-1, 1, 1], [1, -1, 1], [1, 1, -1]], "Fm-3m")
add("NaCl, skewed primitive cell", *changed(fcc, N, [[1, 3, 0], [0, 1, -2], [0, 0, 1]]), [[1, 0, 0], [0, 2, 0], [0, 0, 1]], "Fm-3m")
add("NaCl, primitive cell, low-symmetry supercell", fcc, N, [[2, 0, 0], [1, 2, 0], [0, 1, 3]], "Fm-3m")
add("diamond", lattice(3.567, 3.567, 3.567), [("C", centred([(0, 0, 0), (0.25, 0.25, 0.25)], *F))], DIAGONAL([1, 1, 1]), "Fd-3m")
add("zinc blende CuCl", lattice(5.42, 5.42, 5.42), [("Cu", centred([(0, 0, 0)], *F)), ("Cl", centred([(0.25, 0.25, 0.25)], *F))], DIAGONAL([2, 2, 2]), "F-43m")
def pa3(u):
    return [(u, u, u), (0.5 - u, -u, 0.5 + u), (-u, 0.5 + u, 0.5 - u), (0.5 + u, 0.5 - u, -u), (-u, -u, -u), (0.5 + u, u, 0.5 - u), (u, 0.5 - u, 0.5 + u), (0.5 - u, 0.5 + u, u)]
add("pyrite FeS2", lattice(5.42, 5.42, 5.42), [("Fe", centred([(0, 0, 0)], *F)), ("S", pa3(0.385))], DIAGONAL([1, 1, 2]), "Pa-3")
def p213(u):
    return [(u, u, u), (0.5 - u, -u, 0.5 + u), (-u, 0.5 + u, 0.5 - u), (0.5 + u, 0.5 - u, -u)]
add("FeSi", lattice(4.49, 4.49, 4.49), [("Fe", p213(0.136)), ("Si", p213(0.845))], DIAGONAL([2, 2, 2]), "P2_13")
add("Ag3SBr", lattice(4.793, 4.793, 4.793), [("Ag", [(0.5, 0.5, 0), (0.5, 0, 0.5), (0, 0.5, 0.5)]), ("S", [I]), ("Br", [(0, 0, 0)])], DIAGONAL([2, 2, 2]), "Pm-3m")

out = []
for name, rows, symbols, positions, supercell, expected in CRYSTALS:
    cell = PhonopyAtoms(cell=rows, symbols=symbols, scaled_positions=positions)
    spg = (rows, positions, cell.numbers)
    dataset = spglib.get_symmetry_dataset(spg, symprec=SYMPREC)
    if expected is not None and dataset["international"] != expected:
        raise SystemExit(f"{name}: meant as {expected}, spglib finds {dataset['international']}")
    phonon = Phonopy(cell, supercell.T, primitive_matrix=np.eye(3), symprec=SYMPREC)
    big = phonon.supercell
    big_symmetry = spglib.get_symmetry((big.cell, big.scaled_positions, big.numbers), symprec=SYMPREC)
    displacements = {}
    for key, rule in (("auto", "auto"), ("always", True), ("never", False)):
        phonon.generate_displacements(distance=0.01, is_plusminus=rule)
        displacements[key] = [
            {"position_A": list(big.positions[int(entry[0])]), "displacement_A": [float(x) for x in entry[1:]]} for entry in phonon.displacements
        ]
    rotations = dataset["rotations"]
    out.append({
        "name": name,
        "space_group": dataset["international"],
        "lattice_rows_A": rows.tolist(),
        "elements": symbols,
        "positions_fractional": positions.tolist(),
        "operations": len(rotations),
        # spglib turns fractional columns; ours turn rows: the transposed matrix.
        "rotations_for_rows": rotations.transpose(0, 2, 1).reshape(-1, 9).tolist(),
        "translations_fractional": dataset["translations"].tolist(),
        "equivalent_atoms": [int(x) for x in dataset["crystallographic_orbits"]],
        "atoms_primitive": len(spglib.find_primitive(spg, symprec=SYMPREC)[2]),
        "supercell_rows": supercell.tolist(),
        "operations_supercell": len(big_symmetry["rotations"]),
        "displacements": displacements,
    })

with open("symmetry.json", "w") as file:
    file.write(f'{{"spglib": "{spglib.__version__}", "phonopy": "{phonopy.__version__}", "symprec_A": {SYMPREC}, "crystals": [\n')
    file.write(",\n".join(json.dumps(crystal) for crystal in out))
    file.write("\n]}\n")
