"""Phonons of crystals of springs, computed by phonopy: frequencies, meshes, densities of states, thermal properties, displacements, velocities.

/usr/bin/python3 properties.py > properties.json

The springs are those of tests/Phonograph.Testing/SpringModel.cs: longitudinal 20 exp(-r) (1 + (Z1 + Z2 mod 7)/10), transverse a share of it.
"""
import json
import sys
import warnings

import numpy as np
import phonopy
from phonopy import Phonopy
from phonopy.structure.atoms import PhonopyAtoms, atom_data, symbol_map
from phonopy.structure.cells import get_supercell

warnings.filterwarnings("ignore")

F = [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]
I = [[-0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0.5, 0.5, -0.5]]
P = np.eye(3).tolist()
ROOT3 = 3**0.5
CASES = {
    # Wurtzite: hexagonal, four atoms, 72 in the supercell.
    "hexagonal": dict(
        lattice=[[3.25, 0, 0], [-1.625, 1.625 * ROOT3, 0], [0, 0, 5.2]], symbols=["Zn", "Zn", "O", "O"],
        positions=[[1 / 3, 2 / 3, 0], [2 / 3, 1 / 3, 0.5], [1 / 3, 2 / 3, 0.382], [2 / 3, 1 / 3, 0.882]],
        masses=[65.38, 65.38, 15.999, 15.999], supercell=[[3, 0, 0], [0, 3, 0], [0, 0, 2]], primitive=P, cutoff=3.6, transverse=0.2),
    # Body-centred cubic in its cubic cell.
    "body-centred": dict(
        lattice=[[3.1, 0, 0], [0, 3.1, 0], [0, 0, 3.1]], symbols=["Fe", "Fe"], positions=[[0, 0, 0], [0.5, 0.5, 0.5]],
        masses=[55.845, 55.845], supercell=[[3, 0, 0], [0, 3, 0], [0, 0, 3]], primitive=I, cutoff=4.5, transverse=0.1),
    # Rock salt, 216 atoms in the supercell.
    "large": dict(
        lattice=[[5.6, 0, 0], [0, 5.6, 0], [0, 0, 5.6]], symbols=["Na"] * 4 + ["Cl"] * 4,
        positions=[[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0], [0.5, 0.5, 0.5], [0.5, 0, 0], [0, 0.5, 0], [0, 0, 0.5]],
        masses=[22.98976928] * 4 + [35.453] * 4, supercell=[[3, 0, 0], [0, 3, 0], [0, 0, 3]], primitive=F, cutoff=6.5, transverse=0.1),
    # Perovskite with a negative transverse spring: imaginary modes.
    "imaginary": dict(
        lattice=[[3.9, 0, 0], [0, 3.9, 0], [0, 0, 3.9]], symbols=["Sr", "Ti", "O", "O", "O"],
        positions=[[0, 0, 0], [0.5, 0.5, 0.5], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]],
        masses=[87.62, 47.867, 15.999, 15.999, 15.999], supercell=[[2, 0, 0], [0, 2, 0], [0, 0, 2]], primitive=P, cutoff=3.5, transverse=-0.2),
    # Triclinic, a supercell that is not diagonal (phonopy's matrix acts on columns).
    "skew": dict(
        lattice=[[4.1, 0.2, -0.3], [0.9, 4.6, 0.1], [-0.7, 0.5, 3.8]], symbols=["Na", "Cl", "S"],
        positions=[[0.01, 0.02, 0.03], [0.52, 0.45, 0.41], [0.31, 0.96, 1.22]],
        masses=[22.98976928, 35.453, 32.065], supercell=[[2, 1, 0], [0, 2, -1], [1, 0, 2]], primitive=P, cutoff=4.4, transverse=0.2),
    # Tetragonal, polar, charges that are neither isotropic nor symmetric nor neutral as given.
    "polar": dict(
        lattice=[[4.0, 0, 0], [0, 4.0, 0], [0, 0, 4.3]], symbols=["Ba", "Ti", "O", "O", "O"],
        positions=[[0, 0, 0], [0.5, 0.5, 0.52], [0.5, 0.5, 0.02], [0.5, 0, 0.49], [0, 0.5, 0.49]],
        masses=[137.327, 47.867, 15.999, 15.999, 15.999], supercell=[[2, 0, 0], [0, 2, 0], [0, 0, 2]], primitive=P, cutoff=3.5, transverse=0.2,
        dielectric=np.diag([5.6, 5.6, 4.7]).tolist(),
        born=[np.diag([2.7, 2.7, 2.8]).tolist(), np.diag([6.1, 6.1, 5.2]).tolist(), np.diag([-1.9, -1.9, -4.3]).tolist(),
              np.diag([-2.0, -4.8, -1.8]).tolist(), np.diag([-4.8, -2.0, -1.8]).tolist()]),
    # The triclinic cell with charge tensors without any symmetry.
    "polar-skew": dict(
        lattice=[[4.1, 0.2, -0.3], [0.9, 4.6, 0.1], [-0.7, 0.5, 3.8]], symbols=["Na", "Cl", "S"],
        positions=[[0.01, 0.02, 0.03], [0.52, 0.45, 0.41], [0.31, 0.96, 1.22]],
        masses=[22.98976928, 35.453, 32.065], supercell=[[2, 1, 0], [0, 2, -1], [1, 0, 2]], primitive=P, cutoff=4.4, transverse=0.2,
        dielectric=[[3.1, 0.2, -0.1], [0.2, 2.7, 0.3], [-0.1, 0.3, 3.4]],
        born=[[[1.1, 0.2, -0.1], [0.3, 0.9, 0.05], [-0.2, 0.1, 1.2]], [[-0.8, 0.1, 0.2], [-0.1, -1.0, 0.0], [0.1, 0.2, -0.7]], [[-0.3, -0.3, -0.1], [-0.2, 0.1, -0.05], [0.1, -0.3, -0.5]]]),
}
QPOINTS = [[0, 0, 0], [0.5, 0, 0], [0.5, 0.5, 0.5], [0.1, 0.2, 0.3], [-0.25, 0.37, 0.11], [1 / 3, 1 / 3, 0], [0.02, 0, 0]]
TEMPERATURES = [0, 100, 300, 1000]


def springs(cell, cutoff, transverse):
    numbers, positions, lattice = cell.numbers, cell.scaled_positions, cell.cell
    n = len(numbers)
    fc = np.zeros((n, n, 3, 3))
    limits = [int(np.ceil(cutoff * np.linalg.norm(row))) + 1 for row in np.linalg.inv(lattice).T]
    images = np.array(np.meshgrid(*[np.arange(-m, m + 1) for m in limits], indexing="ij")).reshape(3, -1).T
    for i in range(n):
        for j in range(n):
            d = positions[j] - positions[i]
            bonds = np.dot(d - np.rint(d) + images, lattice)
            lengths = np.linalg.norm(bonds, axis=1)
            for bond, r in zip(bonds[(lengths > 1e-6) & (lengths < cutoff)], lengths[(lengths > 1e-6) & (lengths < cutoff)]):
                long = 20 * np.exp(-r) * (1 + ((numbers[i] + numbers[j]) % 7) / 10.0)
                block = long * (1 - transverse) * np.outer(bond, bond) / r**2 + long * transverse * np.eye(3)
                fc[i, j] -= block
                fc[i, i] += block
    return fc


def reference(case):
    unit = PhonopyAtoms(symbols=case["symbols"], cell=case["lattice"], scaled_positions=case["positions"], masses=case["masses"])
    phonon = Phonopy(unit, case["supercell"], primitive_matrix=case["primitive"])
    phonon.force_constants = springs(phonon.supercell, case["cutoff"], case["transverse"])
    out = {k: case[k] for k in ("lattice", "symbols", "positions", "masses", "supercell", "primitive", "cutoff", "transverse")}
    out["atoms_supercell"] = len(phonon.supercell)
    out["primitive_positions"] = phonon.primitive.scaled_positions.tolist()
    out["qpoints"] = QPOINTS
    if "born" in case:
        out["dielectric"], out["born"] = case["dielectric"], case["born"]
        for method in ("gonze", "wang"):
            phonon.nac_params = {"born": np.array(case["born"]), "dielectric": np.array(case["dielectric"]), "factor": 14.4, "method": method}
            out["frequencies_" + method] = [phonon.get_frequencies(q).tolist() for q in QPOINTS]
            phonon.run_band_structure([np.array([[0, 0, 0], [0.2, 0.1, 0]]), np.array([[0, 0, 0.4], [0, 0, 0]])], is_legacy_plot=False)
            f = phonon.get_band_structure_dict()["frequencies"]
            out["gamma_" + method] = [f[0][0].tolist(), f[1][1].tolist()]
            phonon.run_qpoints([[0.1, 0.2, 0.3]], with_group_velocities=True)
            out["group_velocities_" + method] = phonon.get_qpoints_dict()["group_velocities"][0].tolist()
        return out
    out["frequencies"] = [phonon.get_frequencies(q).tolist() for q in QPOINTS]
    phonon.run_qpoints([[0.1, 0.2, 0.3]], with_group_velocities=True)
    out["group_velocities"] = phonon.get_qpoints_dict()["group_velocities"][0].tolist()
    out["meshes"] = []
    for numbers, gamma in ((case.get("mesh", [4, 4, 4]), False), ([5, 4, 3], True)):
        phonon.run_mesh(numbers, is_gamma_center=gamma)
        mesh = {"numbers": numbers, "gamma_centre": gamma, "irreducible": len(phonon.mesh.weights)}
        phonon.run_thermal_properties(temperatures=TEMPERATURES, cutoff_frequency=1e-3)
        t = phonon.get_thermal_properties_dict()
        mesh["thermal"] = {k: np.array(t[k]).tolist() for k in ("free_energy", "entropy", "heat_capacity")}
        phonon.run_thermal_properties(temperatures=TEMPERATURES, cutoff_frequency=1e-3, pretend_real=True)
        mesh["free_energy_pretend_real"] = np.array(phonon.get_thermal_properties_dict()["free_energy"]).tolist()
        phonon.run_total_dos(sigma=0.2, freq_min=-2, freq_max=12, freq_pitch=1.0, use_tetrahedron_method=False)
        mesh["gaussian_dos"] = phonon.get_total_dos_dict()["total_dos"].tolist()
        phonon.run_mesh(numbers, is_gamma_center=gamma, is_mesh_symmetry=False, with_eigenvectors=True)
        phonon.run_total_dos(freq_min=0.5, freq_max=9.5, freq_pitch=1.0, use_tetrahedron_method=True)
        mesh["tetrahedron_dos"] = phonon.get_total_dos_dict()["total_dos"].tolist()
        phonon.run_projected_dos(freq_min=0.5, freq_max=9.5, freq_pitch=1.0, use_tetrahedron_method=True)
        mesh["tetrahedron_dos_atoms"] = phonon.get_projected_dos_dict()["projected_dos"].tolist()
        phonon.run_projected_dos(sigma=0.2, freq_min=-2, freq_max=12, freq_pitch=1.0, use_tetrahedron_method=False)
        mesh["gaussian_dos_atoms"] = phonon.get_projected_dos_dict()["projected_dos"].tolist()
        phonon.run_thermal_displacement_matrices(temperatures=[0, 300], freq_min=0.1)
        d = phonon.get_thermal_displacement_matrices_dict()
        mesh["displacement_matrices"] = d["thermal_displacement_matrices"].real.tolist()
        mesh["displacement_matrices_cif"] = d["thermal_displacement_matrices_cif"].real.tolist()
        out["meshes"].append(mesh)
    return out


def rounded(value):
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return float("%.13g" % value) if isinstance(value, float) else value


json.dump({"phonopy": phonopy.__version__, "temperatures": TEMPERATURES, "cases": {name: rounded(reference(case)) for name, case in CASES.items()}}, sys.stdout, separators=(",", ":"))
print()
