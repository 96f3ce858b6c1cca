"""Crystals of springs as a phonopy user would keep them, and what phonopy finds in these very files.

/usr/bin/python3 make.py NAME FOLDER

writes the files of one crystal, each set in a folder of its own, and FOLDER/expected.json. Bonds are longitudinal and transverse springs, and bond angles that resist bending
(P. N. Keating, Phys. Rev. 145, 637 (1966)), so couplings reach beyond pairs.
"""
import json
import os
import sys
import warnings

import numpy as np
import phonopy
from phonopy import Phonopy
from phonopy.file_IO import write_FORCE_CONSTANTS, write_FORCE_SETS
from phonopy.interface.vasp import write_vasp
from phonopy.structure.atoms import PhonopyAtoms

warnings.filterwarnings("ignore")
ROOT3 = 3**0.5
P, ROCK = np.eye(3).tolist(), [[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0], [0.5, 0.5, 0.5], [0.5, 0, 0], [0, 0.5, 0], [0, 0, 0.5]]
X, T = 0.197, 1 / 3
WAVES = [[0, 0, 0], [0.5, 0, 0], [0.5, 0.5, 0.5], [0.1, 0.2, 0.3], [-0.25, 0.37, 0.11], [1 / 3, 1 / 3, 0], [0.02, 0, 0]]
TEMPERATURES = [0, 50, 300, 1200]


def hexagonal(a, c):
    return [[a, 0, 0], [-a / 2, a * ROOT3 / 2, 0], [0, 0, c]]


def monoclinic(a, b, c, beta):
    angle = np.radians(beta)
    return [[a, 0, 0], [0, b, 0], [c * np.cos(angle), 0, c * np.sin(angle)]]


def centred(points, shifts):
    return [[p[k] + s[k] for k in range(3)] for p in points for s in shifts]


OBVERSE, BODY, BASE = [[0, 0, 0], [2 * T, T, T], [T, 2 * T, 2 * T]], [[0, 0, 0], [0.5, 0.5, 0.5]], [[0, 0, 0], [0.5, 0.5, 0]]
BORN = dict(dielectric=[[4.1, 0, 0], [0, 4.1, 0], [0, 0, 4.6]], born={"Zn": np.diag([2.1, 2.1, 2.3]), "O": np.diag([-2.1, -2.1, -2.3])})
SKEW = dict(lattice=[[4.1, 0.2, -0.3], [0.9, 4.6, 0.1], [-0.7, 0.5, 3.8]], symbols=["Na", "O", "Na", "Mg"], positions=[[0.01, 0.02, 0.03], [0.52, 0.45, 0.41], [0.31, 0.96, 1.22], [-0.2, 1.45, 2.7]], cutoff=3.4)
CASES = {
    # P6_3mc away from the ideal structure, isotopes.
    "wurtzite": dict(lattice=hexagonal(3.25, 5.21), symbols=["Zn", "Zn", "O", "O"], positions=[[T, 2 * T, 0.01], [2 * T, T, 0.51], [T, 2 * T, 0.391], [2 * T, T, 0.891]],
                     masses={"Zn": 67.9248, "O": 17.999}, supercell=[3, 3, 2], cutoff=3.3),
    "wurtzite-polar": dict(lattice=hexagonal(3.25, 5.21), symbols=["Zn", "Zn", "O", "O"], positions=[[T, 2 * T, 0.01], [2 * T, T, 0.51], [T, 2 * T, 0.391], [2 * T, T, 0.891]], supercell=[3, 3, 2], cutoff=3.3, **BORN),
    # Im-3m: the primitive cell, and the cubic cell taken as it stands.
    "body-centred": dict(lattice=np.diag([3.16] * 3), symbols=["W"] * 2, positions=BODY, supercell=[3, 3, 3], primitive="I", cutoff=3.3),
    "body-centred-whole": dict(lattice=np.diag([3.16] * 3), symbols=["W"] * 2, positions=BODY, supercell=[3, 3, 3], primitive="P", cutoff=3.3),
    # I4_1/amd, one free parameter.
    "anatase": dict(lattice=np.diag([3.78, 3.78, 9.51]), symbols=["Ti"] * 4 + ["O"] * 8,
                    positions=centred([[0, 0, 0], [0, 0.5, 0.25]], BODY) + centred([[0, 0, 0.208], [0, 0, -0.208], [0, 0.5, 0.458], [0, 0.5, 0.042]], BODY), supercell=[2, 2, 1], primitive="I", cutoff=2.9),
    # R-3m in hexagonal axes.
    "trigonal": dict(lattice=hexagonal(4.38, 30.5), symbols=["Bi"] * 6 + ["Te"] * 9,
                     positions=centred([[0, 0, 0.4], [0, 0, 0.6]], OBVERSE) + centred([[0, 0, 0], [0, 0, 0.79], [0, 0, 0.21]], OBVERSE), supercell=[2, 2, 1], primitive="R", cutoff=3.9),
    # C2/c.
    "monoclinic": dict(lattice=monoclinic(4.68, 3.42, 5.13, 99.5), symbols=["Cu"] * 4 + ["O"] * 4,
                       positions=centred([[0.25, 0.25, 0], [0.75, 0.25, 0.5]], BASE) + centred([[0, 0.418, 0.25], [0, 0.582, 0.75]], BASE), supercell=[2, 2, 2], primitive="C", cutoff=2.9),
    # P6_222, 144 atoms.
    "quartz": dict(lattice=hexagonal(5.0, 5.46), symbols=["Si"] * 3 + ["O"] * 6,
                   positions=[[0.5, 0, 0], [0, 0.5, 2 * T], [0.5, 0.5, T], [X, 2 * X, 0.5], [-X, -2 * X, 0.5], [-2 * X, -X, 0.5 + 2 * T], [2 * X, X, 0.5 + 2 * T], [X, -X, 0.5 + T], [-X, X, 0.5 + T]], supercell=[4, 4, 1], cutoff=2.9),
    "imaginary": dict(lattice=np.diag([3.9] * 3), symbols=["Sr", "Ti", "O", "O", "O"], positions=[[0, 0, 0], [0.5, 0.5, 0.5], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]],
                      supercell=[2, 2, 2], cutoff=3.0, transverse=-0.25, bend=0),
    # The cubic supercell of a rhombohedral cell, and one without any symmetry; atoms far outside the cell, elements not side by side.
    "face-centred": dict(lattice=[[0, 2.85, 2.85], [2.85, 0, 2.85], [2.85, 2.85, 0]], symbols=["Na", "F"], positions=[[0, 0, 0], [0.5, 0.5, 0.5]], supercell=[[-2, 2, 2], [2, -2, 2], [2, 2, -2]], cutoff=3.0),
    "skew": dict(supercell=[[2, 1, 0], [0, 2, -1], [1, 0, 2]], **SKEW),
    # Vectors in the order of a left hand; the cubic cell, its atoms and elements shuffled.
    "left-handed": dict(lattice=[[4.1, 0.2, -0.3], [-0.7, 0.5, 3.8], [0.9, 4.6, 0.1]], **{k: SKEW[k] for k in ("symbols", "positions", "cutoff")}, supercell=[2, 2, 2]),
    "shuffled": dict(lattice=np.diag([5.7] * 3), symbols=["F", "Na", "Na", "F", "F", "Na", "F", "Na"], positions=[[p + shift for p in ROCK[at]] for at, shift in ((6, 1), (0, 0), (3, -2), (4, 0), (7, 0), (1, 3), (5, 0), (2, 0))],
                     supercell=[2, 2, 2], primitive="auto", cutoff=3.0, dielectric=np.diag([1.8] * 3), born={"Na": np.diag([1.0] * 3), "F": np.diag([-1.0] * 3)}),
}


def springs(cell, cutoff, transverse=0.15, bend=0.6):
    """Force constants of pairs and of angles; every image within the cutoff counts."""
    numbers, places, lattice = cell.numbers, cell.scaled_positions, cell.cell
    n = len(numbers)
    fc = np.zeros((n, 3, n, 3))
    limits = [int(np.ceil(cutoff * np.linalg.norm(row))) + 1 for row in np.linalg.inv(lattice).T]
    images = np.array(np.meshgrid(*[np.arange(-m, m + 1) for m in limits], indexing="ij")).reshape(3, -1).T
    for i in range(n):
        bonds = []
        for j in range(n):
            d = places[j] - places[i]
            for bond in np.dot(d - np.rint(d) + images, lattice):
                r = np.linalg.norm(bond)
                if 1e-6 < r < cutoff:
                    bonds.append((j, bond, r))
                    long = 20 * np.exp(-r) * (1 + ((numbers[i] + numbers[j]) % 7) / 10.0)
                    block = long * (1 - transverse) * np.outer(bond, bond) / r**2 + long * transverse * np.eye(3)
                    fc[i, :, j] -= block
                    fc[i, :, i] += block
        for a, (j, first, r) in enumerate(bonds):
            for k, second, s in bonds[:a]:
                # Half k (d(first . second))^2 / (r s).
                rows = np.zeros((3, 3))
                rows[1], rows[2] = second, first
                rows[0] = -(first + second)
                stiff = bend * np.exp(-r - s) / (r * s) * 20
                for p, (at, g) in enumerate(zip((i, j, k), rows)):
                    for at2, g2 in zip((i, j, k), rows):
                        fc[at, :, at2] += stiff * np.outer(g, g2)
    return np.ascontiguousarray(fc.transpose(0, 2, 1, 3))


def properties(phonon, mesh):
    out = {"frequencies": [phonon.get_frequencies(q).tolist() for q in WAVES]}
    phonon.run_mesh(mesh)
    phonon.run_thermal_properties(temperatures=TEMPERATURES, cutoff_frequency=1e-3)
    t = phonon.get_thermal_properties_dict()
    out["free_energy_kJ_per_mol"], out["heat_capacity_J_per_K_mol"] = t["free_energy"].tolist(), t["heat_capacity"].tolist()
    phonon.run_total_dos(freq_min=0.5, freq_max=10.5, freq_pitch=0.5, sigma=0.3, use_tetrahedron_method=False)
    out["gaussian_dos"] = phonon.get_total_dos_dict()["total_dos"].tolist()
    phonon.run_mesh(mesh, is_mesh_symmetry=False, with_eigenvectors=True)
    phonon.run_thermal_displacement_matrices(temperatures=TEMPERATURES, freq_min=1e-3)
    d = phonon.get_thermal_displacement_matrices_dict()
    out["displacement_matrices"], out["displacement_matrices_cif"] = d["thermal_displacement_matrices"].real.tolist(), d["thermal_displacement_matrices_cif"].real.tolist()
    return out


def born_file(path, phonon, case):
    distinct = phonon.primitive_symmetry.get_independent_atoms()
    with open(path, "w") as file:
        for tensor in [None, case["dielectric"]] + [case["born"][phonon.primitive.symbols[i]] for i in distinct]:
            file.write("14.4\n" if tensor is None else " ".join("%.12f" % x for x in np.ravel(tensor)) + "\n")


def main(name, folder):
    case = CASES[name]
    matrix = np.diag(case["supercell"]) if np.ndim(case["supercell"]) == 1 else np.array(case["supercell"])
    unit = PhonopyAtoms(symbols=case["symbols"], cell=case["lattice"], scaled_positions=case["positions"])
    if "masses" in case:
        unit.masses = [case["masses"][s] for s in case["symbols"]]
    primitive = P if case.get("primitive", "P") == "P" else case["primitive"]
    phonon = Phonopy(unit, matrix, primitive_matrix=primitive)
    constants = springs(phonon.supercell, case["cutoff"], case.get("transverse", 0.15), case.get("bend", 0.6))
    phonon.generate_displacements(distance=0.01)
    moved = phonon.supercells_with_displacements
    rest = phonon.supercell.positions
    phonon.forces = [-np.einsum("iajb,jb->ia", constants.transpose(0, 2, 1, 3), cell.positions - rest) for cell in moved]

    def at(*parts):
        path = os.path.join(folder, *parts)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    nac = None
    if "born" in case:
        nac = {"born": np.array([case["born"][s] for s in phonon.primitive.symbols]), "dielectric": np.array(case["dielectric"]), "factor": 14.4}
        phonon.nac_params = nac
    phonon.save(at("params", "phonopy_params.yaml"))
    phonon.produce_force_constants(calculate_full_force_constants=True)
    phonon.save(at("params", "phonopy_constants.yaml"), settings={"force_sets": False, "displacements": False, "force_constants": True})
    phonon.save(at("beside", "phonopy_disp.yaml"), settings={"force_sets": False, "displacements": True, "force_constants": False, "born_effective_charge": False, "dielectric_constant": False})
    write_FORCE_SETS(phonon.dataset, filename=at("beside", "FORCE_SETS"))
    write_vasp(at("poscar", "POSCAR"), phonon.unitcell, direct=True)
    sorted_cell = phonopy.load(unitcell_filename=at("poscar", "POSCAR"), supercell_matrix=matrix, primitive_matrix=primitive, produce_fc=False, is_nac=False, log_level=0)
    expected = {"phonopy": phonopy.__version__, "waves": WAVES, "temperatures": TEMPERATURES, "atoms_primitive": len(phonon.primitive), "atoms_supercell": len(phonon.supercell)}
    expected["masses"] = {s: float(m) for s, m in zip(unit.symbols, unit.masses)}
    expected["supercell"] = ",".join(str(int(x)) for x in matrix.T.ravel())
    expected["primitive"] = ",".join(repr(float(x)) for x in np.array(phonon.primitive_matrix).T.ravel())
    expected["mesh"] = mesh = [4, 4, 3] if "quartz" not in name and "trigonal" not in name else [3, 3, 2]
    if nac:
        born_file(at("beside", "BORN"), phonon, case)

    # phonopy writes atoms of one element together: the forces of the POSCAR are those of its own supercell, in its own order.
    other = Phonopy(sorted_cell.unitcell, matrix, primitive_matrix=primitive)
    fc = springs(other.supercell, case["cutoff"], case.get("transverse", 0.15), case.get("bend", 0.6))
    other.generate_displacements(distance=0.01)
    other.forces = [-np.einsum("iajb,jb->ia", fc.transpose(0, 2, 1, 3), cell.positions - other.supercell.positions) for cell in other.supercells_with_displacements]
    write_FORCE_SETS(other.dataset, filename=at("poscar", "FORCE_SETS"))
    other.produce_force_constants(calculate_full_force_constants=True)
    write_FORCE_CONSTANTS(other.force_constants, filename=at("poscar", "FORCE_CONSTANTS"))
    other.produce_force_constants(calculate_full_force_constants=False)
    write_FORCE_CONSTANTS(other.force_constants, filename=at("poscar", "FORCE_CONSTANTS_compact"), p2s_map=other.primitive.p2s_map)
    if nac:
        born_file(at("poscar", "BORN"), other, case)

    loaded = phonopy.load(at("params", "phonopy_params.yaml"), is_nac=bool(nac), log_level=0)
    for method in ("gonze", "wang") if nac else ("none",):
        if nac:
            loaded.nac_params = dict(nac, method=method)
        expected[method] = properties(loaded, mesh)
    expected["auto"] = None if np.linalg.det(unit.cell) < 0 else automatic(at, case, matrix, mesh)
    with open(at("expected.json"), "w") as file:
        json.dump(expected, file)


def automatic(at, case, matrix, mesh):
    """With the primitive cell that phonopy finds; it knows no left-handed cells."""
    auto = phonopy.load(unitcell_filename=at("poscar", "POSCAR"), supercell_matrix=matrix, primitive_matrix="auto", force_sets_filename=at("poscar", "FORCE_SETS"), is_nac=False, log_level=0)
    if "masses" in case:
        auto.masses = [case["masses"][s] for s in auto.primitive.symbols]
    return {"atoms": len(auto.primitive), "reciprocal": np.linalg.inv(auto.primitive.cell).T.tolist(), **properties(auto, mesh)}


if __name__ == "__main__":
    main(*sys.argv[1:])
