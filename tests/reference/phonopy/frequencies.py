"""Writes reference.json into a folder with POSCAR and FORCE_SETS.gz of a 2x2x2 supercell: what phonopy makes of the same forces.

Run: /usr/bin/python3 frequencies.py ag3sbr-gfn1-xtb   (Debian's python3-phonopy)
Frequencies (THz, imaginary negative) at six wave vectors, and mean square displacements (A^2, x y z, one row per atom of the unit cell) with
phonopy's rule for imaginary modes (absolute values, modes below 0.01 THz left out), quantum statistics. Masses are those of our table.
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
waves = [[0, 0, 0], [0.5, 0, 0], [0.5, 0.5, 0], [0.5, 0.5, 0.5], [0.1, 0.2, 0.3], [-0.25, 0.37, 0.11]]
draws = RandomDisplacements(phonon.supercell, phonon.primitive, phonon.force_constants, cutoff_frequency=0.01)
squares = {}
for temperature in (150, 300, 600):
    draws.run_correlation_matrix(temperature)
    squares[str(temperature)] = [np.diag(draws.uu[8 * atom, 8 * atom]).tolist() for atom in range(5)]
reference = {
    "program": "phonopy " + phonopy.__version__,
    "masses_amu": MASSES,
    "wave_vectors_fractional": waves,
    "frequencies_THz": [phonon.get_frequencies(q).tolist() for q in waves],
    "mean_square_displacement_A2": squares,
}
with open(os.path.join(folder, "reference.json"), "w") as out:
    json.dump(reference, out, indent=1)
    out.write("\n")
