"""Neighbour lists per second with pymatgen, on the cells that 'Phonograph.Benchmarks graphs --write FILE' wrote.

Run: /usr/bin/python3 benchmarks/pymatgen_neighbours.py FILE [SECONDS]
Needs Debian's python3-pymatgen and python3-ase (for reading only; reading is not timed). One thread.
"""
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import ase.io  # noqa: E402
import pymatgen.core as mg  # noqa: E402

CUTOFF = 5.5


def main():
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 5.0
    structures = [
        mg.Structure(mg.Lattice(atoms.cell[:]), atoms.get_chemical_symbols(), atoms.get_scaled_positions(wrap=False))
        for atoms in ase.io.read(sys.argv[1], index=":", format="extxyz")
    ]
    rates, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds or len(rates) < 3:
        edges, start = 0, time.perf_counter()
        for structure in structures:
            edges += len(structure.get_neighbor_list(CUTOFF, exclude_self=True)[0])
        rates.append(len(structures) / (time.perf_counter() - start))
    rates.sort()
    print(f"pymatgen {mg.__version__} get_neighbor_list: {len(structures)} cells, {edges / len(structures):.0f} directed edges each, {edges} in all, one thread")
    print(f"{rates[len(rates) // 2]:.0f} structures/s (median of {len(rates)} windows; {rates[0]:.0f} to {rates[-1]:.0f})")


main()
