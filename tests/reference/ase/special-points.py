"""Special points and band paths of each kind of lattice, from ASE's tables, for cells in odd settings and orientations.

/usr/bin/python3 special-points.py > special-points.json
"""
import json
import sys

import ase
import numpy as np
from ase.dft.kpoints import parse_path_string
from ase.lattice import BCC, BCT, CUB, FCC, HEX, MCL, MCLC, ORC, ORCC, ORCF, ORCI, RHL, TET, TRI

CASES = [
    ("Cub", CUB(4.1)),
    ("Fcc", FCC(5.6)),
    ("Bcc", BCC(3.3)),
    ("Tet", TET(3.9, 5.2)),
    ("Bct1", BCT(4.7, 3.1)),
    ("Bct2", BCT(3.2, 6.1)),
    ("Orc", ORC(3.1, 4.2, 5.3)),
    ("Orcf1", ORCF(3.0, 5.4, 6.5)),
    ("Orcf2", ORCF(4.6, 5.1, 5.9)),
    ("Orci", ORCI(3.3, 4.4, 5.5)),
    ("Orcc", ORCC(3.4, 5.1, 4.3)),
    ("Hex", HEX(3.2, 5.1)),
    ("Rhl1", RHL(4.4, 55.0)),
    ("Rhl2", RHL(4.4, 103.0)),
]
# Another basis of the same lattice, and another orientation.
BASES = [np.eye(3, dtype=int), np.array([[1, 1, 0], [0, 1, -1], [1, 1, 1]]), np.array([[-1, 0, 2], [1, 1, -1], [0, 0, -1]])]
q, _ = np.linalg.qr(np.random.default_rng(5).normal(size=(3, 3)))

out = {"ase": ase.__version__, "cases": []}
for kind, lattice in CASES:
    points = {name: place.tolist() for name, place in lattice.get_special_points().items()}
    standard = lattice.tocell().array
    reciprocal = np.linalg.inv(standard).T
    lengths = {name: float(np.linalg.norm(np.dot(place, reciprocal))) for name, place in points.items()}
    path = lattice.special_path
    steps = []
    for piece in parse_path_string(path):
        places = [np.dot(points[name], reciprocal) for name in piece]
        steps.append([float(np.linalg.norm(b - a)) for a, b in zip(places, places[1:])])
    cells = [np.dot(np.dot(basis, standard), q).tolist() for basis in BASES]
    out["cases"].append({"type": kind, "cells": cells, "lengths": lengths, "path": path, "steps": steps})
json.dump(out, sys.stdout, indent=1)
print()
