"""Writes covariance.json into a folder with POSCAR and FORCE_SETS.gz of a 2x2x2 supercell: covariances of thermal displacements from phonopy.

Run: /usr/bin/python3 covariance.py ag3sbr-gfn1-xtb   (Debian's python3-phonopy)
"blocks_A2": covariance (A^2, 3x3) of the first atom of three unit-cell atoms with every atom of the 2x2x2 supercell at 300 K, quantum statistics, imaginary modes at the
absolute value of their frequency, modes below 0.01 THz left out (RandomDisplacements).
"tensors_A2": displacement tensors (A^2, 3x3, one for each atom of the unit cell) at 300 K over the wave vectors of the 10x10x2 and of the 3x2x1 supercell, imaginary modes and modes below
0.01 THz left out (thermal displacement matrices on a mesh). Masses are those of our table.
"""
import gzip
import json
import os
import sys
import tempfile

import numpy as np
import phonopy
from phonopy import Phonopy
from phonopy.file_IO import parse_FORCE_SETS
from phonopy.interface.vasp import read_vasp
from phonopy.phonon.random_displacements import RandomDisplacements

MASSES = {"Ag": 107.8682, "S": 32.06, "Br": 79.904}
folder = sys.argv[1]
cell = read_vasp(os.path.join(folder, "POSCAR"))
cell.masses = [MASSES[symbol] for symbol in cell.symbols]
phonon = Phonopy(cell, np.diag([2, 2, 2]), primitive_matrix=np.eye(3))
with tempfile.NamedTemporaryFile("w") as plain:
    plain.write(gzip.open(os.path.join(folder, "FORCE_SETS.gz"), "rt").read())
    plain.flush()
    phonon.dataset = parse_FORCE_SETS(filename=plain.name)
phonon.produce_force_constants()
phonon.symmetrize_force_constants()
draws = RandomDisplacements(phonon.supercell, phonon.primitive, phonon.force_constants, cutoff_frequency=0.01)
draws.run_correlation_matrix(300)
rows = [0, 24, 32]
tensors = {}
for mesh in ([10, 10, 2], [3, 2, 1]):
    phonon.run_mesh(mesh, with_eigenvectors=True, is_mesh_symmetry=False, is_gamma_center=True)
    phonon.run_thermal_displacement_matrices(temperatures=[300], freq_min=0.01)
    found = phonon.get_thermal_displacement_matrices_dict()["thermal_displacement_matrices"][0]
    tensors[",".join(str(n) for n in mesh)] = np.asarray(found).real.tolist()
reference = {
    "program": "phonopy " + phonopy.__version__,
    "positions_fractional": phonon.supercell.scaled_positions.tolist(),
    "rows": rows,
    "blocks_A2": [[np.round(draws.uu[row, atom], 10).tolist() for atom in range(40)] for row in rows],
    "tensors_A2": tensors,
}
with open(os.path.join(folder, "covariance.json"), "w") as out:
    json.dump(reference, out)
    out.write("\n")
