"""What 'Phonograph.Benchmarks phonons' does, in phonopy: files to force constants, a 20x20x20 mesh, 10,000 draws of the supercell at 300 K.

Run: /usr/bin/python3 benchmarks/phonopy_phonons.py [SECONDS] [FOLDER]
Needs Debian's python3-phonopy. FOLDER holds the quartz that 'Phonograph.Benchmarks phonons --write FOLDER' makes. NaCl and SnO2 are measured when PHONOGRAPH_REFERENCE names a folder with phonopy's examples.
"""
import os
import sys
import time

import numpy as np
import phonopy
from phonopy.phonon.random_displacements import RandomDisplacements

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
MESH, DRAWS = [20, 20, 20], 10000


def cases():
    data = os.path.join(ROOT, "data", "ag3sbr-xtb")
    yield "Ag3SBr", lambda: phonopy.load(
        supercell_matrix=[2, 2, 2], primitive_matrix=np.eye(3), unitcell_filename=data + "/POSCAR", force_sets_filename=data + "/FORCE_SETS", is_nac=False, log_level=0)
    if len(sys.argv) > 2:
        yield "quartz", lambda: phonopy.load(sys.argv[2] + "/phonopy_disp.yaml", force_sets_filename=sys.argv[2] + "/FORCE_SETS", is_nac=False, log_level=0)
    outside = os.environ.get("PHONOGRAPH_REFERENCE")
    if outside:
        for name in ["NaCl", "SnO2"]:
            folder = os.path.join(outside, "phonopy", name)
            yield name, lambda folder=folder: phonopy.load(folder + "/phonopy_disp.yaml", force_sets_filename=folder + "/FORCE_SETS", is_nac=False, log_level=0)


def report(name, what, seconds, work):
    times, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds or len(times) < 4:
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    times = sorted(times[len(times) // 2:])
    print(f"{name:7} {what:40} {times[len(times) // 2]:9.2f} ms (median of {len(times)}; {times[0]:.2f} to {times[-1]:.2f})", flush=True)


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    print(f"phonopy {phonopy.__version__}")
    for name, load in cases():
        phonon = load()
        report(name, "files to force constants", seconds, load)

        def mesh():
            phonon.run_mesh(MESH, is_gamma_center=True)

        mesh()
        report(name, f"mesh 20x20x20, {len(phonon.get_mesh_dict()['weights'])} wave vectors", seconds, mesh)

        def draw():
            draws = RandomDisplacements(phonon.supercell, phonon.primitive, phonon.force_constants, cutoff_frequency=0.01)
            draws.run(300.0, number_of_snapshots=DRAWS, random_seed=1)

        report(name, f"{DRAWS} draws", seconds, draw)


main()
