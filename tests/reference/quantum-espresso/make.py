"""Runs pw.x on two small crystals, keeps its result files, and writes what ASE and finite differences of the energy say about the same runs.

    /usr/bin/python3 make.py        needs pw.x on the search path, /usr/share/espresso/pseudo, and python3-ase
"""
import gzip
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

import numpy
from ase.io import read
from ase.units import GPa

HERE = pathlib.Path(__file__).parent
RYDBERG = 13.605693122990  # eV, CODATA 2022
STEP, STRAIN = 0.003, 0.002  # Angstrom, none

CASES = {
    "silicon": dict(
        species=[("Si", 28.085, "Si.pz-vbc.UPF")],
        atoms=[("Si", (0, 0, 0)), ("Si", (0.256, 0.248, 0.252))],
        cell=[[0.02, 2.68, 2.70], [2.69, 0.0, 2.71], [2.70, 2.68, -0.01]],
        mesh=(2, 2, 2),
    ),
    "aluminium": dict(
        species=[("Al", 26.982, "Al.pz-vbc.UPF")],
        atoms=[("Al", (0, 0, 0)), ("Al", (0.53, 0.48, 0.51))],
        cell=[[2.8, 0.1, 0.0], [0.0, 2.9, 0.1], [0.05, 0.0, 4.0]],
        mesh=(3, 3, 2),
    ),
}


def text(case, cell, positions):
    rows = "\n".join(" ".join(f"{x:.12f}" for x in row) for row in cell)
    atoms = "\n".join(f"{symbol} " + " ".join(f"{x:.12f}" for x in place) for (symbol, _), place in zip(case["atoms"], positions))
    species = "\n".join(f"{symbol} {mass} {file}" for symbol, mass, file in case["species"])
    mesh = " ".join(map(str, case["mesh"]))
    return f"""&CONTROL
  calculation = 'scf'
  prefix = 'job'
  outdir = './'
  pseudo_dir = '/usr/share/espresso/pseudo'
  tprnfor = .true.
  tstress = .true.
/
&SYSTEM
  ibrav = 0
  nat = {len(positions)}
  ntyp = {len(case["species"])}
  ecutwfc = 30
  occupations = 'smearing'
  smearing = 'gaussian'
  degauss = 0.002
  nosym = .true.
/
&ELECTRONS
  conv_thr = 1.0d-10
  electron_maxstep = 300
  mixing_beta = 0.3
/
ATOMIC_SPECIES
{species}
CELL_PARAMETERS angstrom
{rows}
ATOMIC_POSITIONS angstrom
{atoms}
K_POINTS automatic
{mesh} 0 0 0
"""


def run(case, cell, positions, keep=None):
    """Energy in eV from the line that begins with '!'."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "job.in").write_text(text(case, cell, positions))
        environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", OMPI_MCA_ess_singleton_isolated="1", OMPI_MCA_orte_create_session_dirs="0")
        output = subprocess.run(["pw.x", "-in", "job.in"], cwd=folder, env=environment, capture_output=True, text=True).stdout
        (folder / "job.out").write_text(output)
        if keep is not None:
            with gzip.GzipFile(keep.with_suffix(".xml.gz"), "wb", mtime=0) as file:
                file.write((folder / "job.save" / "data-file-schema.xml").read_bytes())
            keep.with_suffix(".in").write_text(text(case, cell, positions))
            return read(folder / "job.out", format="espresso-out")
        return RYDBERG * float(next(line for line in output.splitlines() if line.startswith("!")).split("=")[1].split()[0])


for name, case in CASES.items():
    cell = numpy.array(case["cell"])
    positions = numpy.array([place for _, place in case["atoms"]]) @ cell
    found = run(case, cell, positions, keep=HERE / name)
    volume = abs(numpy.linalg.det(cell))
    forces, stress = {}, {}
    for atom, axis in [(1, 0), (1, 1), (1, 2)]:
        move = numpy.zeros_like(positions)
        move[atom, axis] = STEP
        forces[f"{atom}{axis}"] = -(run(case, cell, positions + move) - run(case, cell, positions - move)) / (2 * STEP)
    for row, column in [(0, 0), (1, 2)]:
        strain = numpy.zeros((3, 3))
        strain[row, column] = strain[column, row] = STRAIN
        plus, minus = numpy.eye(3) + strain, numpy.eye(3) - strain
        slope = (run(case, cell @ plus, positions @ plus) - run(case, cell @ minus, positions @ minus)) / (2 * STRAIN)
        stress[f"{row}{column}"] = slope / volume / (1 if row == column else 2)
    answer = dict(
        cell=case["cell"],
        elements=[symbol for symbol, _ in case["atoms"]],
        fractional=[place for _, place in case["atoms"]],
        ase_energy_eV=found.get_potential_energy(),
        ase_forces_eV_A=found.get_forces().tolist(),
        ase_stress_eV_A3=found.get_stress(voigt=False).tolist(),
        slope_forces_eV_A=forces,
        slope_stress_eV_A3=stress,
    )
    (HERE / f"{name}.json").write_text(json.dumps(answer, indent=1) + "\n")
    print(name, answer["ase_forces_eV_A"][1], forces, answer["ase_stress_eV_A3"][0][0], answer["ase_stress_eV_A3"][1][2], stress)
