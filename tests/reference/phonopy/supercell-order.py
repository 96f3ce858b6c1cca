"""Writes supercell-order.json: the lattice point of every supercell atom in phonopy's order, for cells of three atoms and several matrices.

Run: /usr/bin/python3 supercell-order.py   (Debian's python3-phonopy)
A lattice point is given by its coordinates in the supercell, modulo one, times the number of cells: integers without rounding.
Matrices are written as rows (supercell vectors in units of the cell's), the transpose of phonopy's convention.
"""
import json
import os

import numpy as np
import phonopy
from phonopy.structure.atoms import PhonopyAtoms
from phonopy.structure.cells import get_supercell

cell = PhonopyAtoms(
    symbols=["Na", "Cl", "S"],
    cell=np.array([[4.1, 0.2, -0.3], [0.9, 4.6, 0.1], [-0.7, 0.5, 3.8]]),
    scaled_positions=[[0.01, 0.02, 0.03], [0.52, 0.45, 0.41], [0.31, 0.96, 1.22]],
)
matrices = [
    np.diag([1, 1, 1]),
    np.diag([2, 3, 1]),
    np.diag([2, 2, 2]),
    np.diag([1, 2, 4]),
    np.array([[-1, 1, 1], [1, -1, 1], [1, 1, -1]]),
    np.array([[2, 1, 0], [0, 2, 0], [0, 0, 1]]),
    np.array([[1, 1, 0], [-1, 1, 0], [0, 0, 2]]),
    np.array([[2, -1, 0], [0, 3, 1], [1, 0, 2]]),
    np.array([[0, 2, 1], [1, 0, 2], [3, 1, 0]]),
]
cases = []
for rows in matrices:
    supercell = get_supercell(cell, rows.T)
    count = abs(round(np.linalg.det(rows)))
    unit = np.repeat(np.arange(3), count)
    points = supercell.scaled_positions - (cell.scaled_positions @ np.linalg.inv(rows))[unit]
    scaled = np.rint(points * count).astype(int) % count
    assert abs(points * count - np.rint(points * count)).max() < 1e-8
    cases.append({"rows": rows.tolist(), "unit_atom": unit.tolist(), "point_times_count": scaled.tolist()})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "supercell-order.json"), "w") as out:
    out.write('{"phonopy": "%s", "cases": [\n' % phonopy.__version__)
    out.write(",\n".join(json.dumps(case) for case in cases))
    out.write("\n]}\n")
