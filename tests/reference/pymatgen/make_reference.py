"""Neighbour lists of a few crystals by pymatgen, and the edges of the published graph builder on pymatgen's supercells.

Run: /usr/bin/python3 make_reference.py   (Debian package python3-pymatgen 2022.11.7, python3-numpy)
Writes neighbours.json (of the ideal cells the counts only: the order within a shell is rounding). Cells are made here from a fixed seed, so the file can be made again on any machine.

"published" follows the description of the builder in polbeni/GNN-materials, create-graphs.py: images from make_supercell of an n x n x n
block, looked at from image number trunc(n^3/2)+1, pairs of atoms i <= j, both directions added when i != j.
"""
import itertools
import json
import math

import numpy as np
import pymatgen.core as mg

CUTOFF = 5.5


def exact(structure):
    centre, point, image, distance = structure.get_neighbor_list(CUTOFF, exclude_self=True)
    rows = [[int(i), int(j), *map(int, n), round(float(d), 7)] for i, j, n, d in zip(centre, point, image, distance)]
    return sorted(rows)


def published(structure):
    shortest = min(structure.lattice.abc)
    n = next(k for k in itertools.count(3, 2) if not shortest * (max(k - 2, 1)) < CUTOFF)
    lookout = math.trunc(n**3 / 2) + 1
    count = len(structure)
    block = structure.copy()
    block.make_supercell([n, n, n])
    positions = np.array([site.coords for site in block]).reshape(count, n**3, 3)
    rows = []
    for i in range(count):
        for j in range(i, count):
            distances = np.linalg.norm(positions[j] - positions[i, lookout], axis=1)
            for distance in distances[(distances <= CUTOFF) & (distances > 1e-5)]:
                rows.append([i, j, round(float(distance), 7)])
                if i != j:
                    rows.append([j, i, round(float(distance), 7)])
    return sorted(rows)


def shaken(structure, width, random):
    coords = structure.cart_coords + random.uniform(-width / 2, width / 2, (len(structure), 3))
    return mg.Structure(structure.lattice, structure.species, coords, coords_are_cartesian=True)


def main():
    random = np.random.RandomState(20250101)
    a = 4.793
    unit = mg.Structure(mg.Lattice.cubic(a), ["Ag", "Ag", "Ag", "S", "Br"],
                        [[.5, .5, 0], [.5, 0, .5], [0, .5, .5], [.5, .5, .5], [0, 0, 0]])
    by_species = unit.copy()
    by_species.make_supercell([2, 2, 2])
    sites = sorted(range(40), key=lambda k: k // 8)
    cell_by_cell = mg.Structure.from_sites([by_species[k * 8 + c] for c in range(8) for k in range(5)])
    triclinic = mg.Structure(mg.Lattice([[3.1, 0.2, 0.1], [1.4, 3.3, -0.4], [-2.2, 1.1, 4.7]]), ["Ag", "S", "Br"],
                             [[0.11, 0.23, 0.37], [0.61, 0.72, 0.91], [0.35, 0.05, 0.58]])
    cases = {
        "ideal-unit": unit,
        "ideal-by-species": mg.Structure.from_sites([by_species[k] for k in sites]),
        "ideal-cell-by-cell": cell_by_cell,
        "displaced-0.3": shaken(by_species, 0.3, random),
        "displaced-0.8": shaken(by_species, 0.8, random),
        "triclinic": triclinic,
    }
    result = {"made_by": "pymatgen 2022.11.7, tests/reference/pymatgen/make_reference.py", "cutoff_A": CUTOFF, "cases": []}
    for name, structure in cases.items():
        result["cases"].append({
            "name": name,
            "lattice_A": [[float(x) for x in row] for row in structure.lattice.matrix],
            "elements": [str(s) for s in structure.species],
            "positions_fractional": [[round(float(x), 12) for x in row] for row in structure.frac_coords],
            "exact_count": len(exact(structure)),
            "published_count": len(published(structure)),
            "exact": [] if name.startswith("ideal") else exact(structure),
            "published": [] if name.startswith("ideal") else published(structure),
        })
        print(name, len(exact(structure)), len(published(structure)))
    with open("neighbours.json", "w") as out:
        json.dump(result, out, separators=(",", ":"))
        out.write("\n")


main()
