"""Energy, forces, stress and band edges of the tight-binding model, written a second time.

Independent of the C# code: images by brute force, the whole complex matrix at every k-point (no time reversal), forces and stress by
automatic differentiation. Parameters are computed here from the rules stated in src/Phonograph/Labelling/TightBinding/HarrisonRules.cs.
Run: python3 make.py > reference.json        (needs torch and numpy; Debian: apt-get install python3-torch)
"""
import itertools
import json
import math

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
LEVELS = {"Na": (-5.13, None, 1), "S": (-20.80, -10.27, 6), "Cl": (-24.63, -12.31, 7), "Cu": (-6.92, None, 1), "Zn": (-8.40, None, 2),
          "Se": (-20.32, -9.53, 6), "Br": (-23.35, -11.20, 7), "Ag": (-6.85, None, 1), "I": (-19.42, -9.97, 7)}
RADIUS = {"Na": 1.66, "S": 1.05, "Cl": 1.02, "Cu": 1.32, "Zn": 1.22, "Se": 1.20, "Br": 1.20, "Ag": 1.45, "I": 1.39}
SS, SP, PPS, PPP, HBAR2_M = -0.84, 0.55, 1.94, -0.49, 7.62
REPULSION, POWER, START, END = 0.1433, 9, 1.2, 1.7


def images(cell, positions, reach):
    spacing = 1 / np.linalg.norm(np.linalg.inv(cell), axis=0)
    ranges = [range(-int(math.ceil(reach / s)) - 2, int(math.ceil(reach / s)) + 3) for s in spacing]
    for n in itertools.product(*ranges):
        for i in range(len(positions)):
            for j in range(len(positions)):
                d = np.linalg.norm(positions[j] + np.array(n) @ cell - positions[i])
                if 1e-6 < d < reach:
                    yield i, j, n


def solve(cell, symbols, fractional, mesh):
    strain = torch.zeros(3, 3, requires_grad=True)
    move = torch.zeros(len(symbols), 3, requires_grad=True)
    deform = torch.eye(3) + strain
    cell_t = torch.as_tensor(cell) @ deform
    positions = (torch.as_tensor(fractional) @ torch.as_tensor(cell) + move) @ deform
    reach = END * max(RADIUS[a] + RADIUS[b] for a in symbols for b in symbols)
    first, count = [], 0
    for s in symbols:
        first.append(count)
        count += 1 if LEVELS[s][1] is None else 4
    onsite = torch.zeros(count)
    for a, s in enumerate(symbols):
        onsite[first[a]] = LEVELS[s][0]
        if LEVELS[s][1] is not None:
            onsite[first[a] + 1:first[a] + 4] = LEVELS[s][1]
    elements, repulsion = [], 0.0
    for i, j, n in images(np.array(cell), positions.detach().numpy(), reach):
        vector = positions[j] + torch.tensor(n, dtype=torch.float64) @ cell_t - positions[i]
        d = vector.norm()
        r0 = RADIUS[symbols[i]] + RADIUS[symbols[j]]
        t = ((d / r0 - START) / (END - START)).clamp(0, 1)
        f = 1 - 10 * t**3 + 15 * t**4 - 6 * t**5
        repulsion = repulsion + 0.5 * REPULSION * (r0 / d)**POWER * f
        v, u = HBAR2_M / d**2 * f, vector / d
        pi, pj = LEVELS[symbols[i]][1] is not None, LEVELS[symbols[j]][1] is not None
        elements.append((first[i], first[j], n, SS * v))
        for k in range(3):
            if pj:
                elements.append((first[i], first[j] + 1 + k, n, SP * v * u[k]))
            if pi:
                elements.append((first[i] + 1 + k, first[j], n, -SP * v * u[k]))
            for l in range(3):
                if pi and pj:
                    elements.append((first[i] + 1 + k, first[j] + 1 + l, n, v * ((PPS - PPP) * u[k] * u[l] + (PPP if k == l else 0))))
    rows = torch.tensor([e[0] for e in elements])
    columns = torch.tensor([e[1] for e in elements])
    n = torch.tensor([e[2] for e in elements], dtype=torch.float64)
    values = torch.stack([e[3] for e in elements]).to(torch.complex128)
    eigenvalues = []
    for k in itertools.product(*[range(m) for m in mesh]):
        phase = 2 * math.pi * (n @ torch.tensor([k[a] / mesh[a] for a in range(3)]))
        h = torch.diag(onsite).to(torch.complex128).index_put((rows, columns), values * torch.exp(1j * phase), accumulate=True)
        eigenvalues.append(torch.linalg.eigvalsh(h))
    e = torch.stack(eigenvalues)
    electrons = sum(LEVELS[s][2] for s in symbols)
    assert electrons % 2 == 0
    occupied = electrons // 2
    vbm, cbm = e[:, occupied - 1].max(), e[:, occupied].min()
    assert cbm > vbm, "an insulator is expected"
    energy = 2 * e[:, :occupied].sum() / len(eigenvalues) + repulsion
    g_move, g_strain = torch.autograd.grad(energy, [move, strain])
    volume = abs(np.linalg.det(np.array(cell)))
    stress = (g_strain + g_strain.T) / 2 / volume
    return dict(energy_eV=energy.item(), forces_eV_per_A=(-g_move).tolist(), stress_eV_per_A3=stress.tolist(), vbm_eV=vbm.item(), cbm_eV=cbm.item())


def shaken(rows, seed, amplitude):
    return (np.array(rows) + np.random.default_rng(seed).uniform(-amplitude, amplitude, np.shape(rows))).round(4).tolist()


PEROVSKITE = [[.5, .5, 0], [.5, 0, .5], [0, .5, .5], [.5, .5, .5], [0, 0, 0]]
FCC = np.array([[0, .5, .5], [.5, 0, .5], [.5, .5, 0]])
CASES = [
    ("cubic Ag3SBr", (4.793 * np.eye(3)).tolist(), ["Ag", "Ag", "Ag", "S", "Br"], PEROVSKITE, (2, 2, 2)),
    ("triclinic Ag3SBr", shaken(4.793 * np.eye(3), 1, 0.3), ["Ag", "Ag", "Ag", "S", "Br"], shaken(PEROVSKITE, 2, 0.03), (3, 2, 1)),
    ("triclinic Ag3SeI", shaken(4.95 * np.eye(3), 3, 0.3), ["Ag", "I", "Ag", "Se", "Ag"],
     shaken([PEROVSKITE[i] for i in (0, 4, 1, 3, 2)], 4, 0.03), (1, 1, 1)),
    ("zinc blende ZnS", (5.41 * FCC).tolist(), ["Zn", "S"], shaken([[0, 0, 0], [.25, .25, .25]], 5, 0.02), (3, 3, 3)),
    ("zinc blende CuCl", (5.42 * FCC).tolist(), ["Cu", "Cl"], [[0, 0, 0], [.25, .25, .25]], (3, 3, 3)),
    ("rock salt NaCl", shaken(5.64 * FCC, 6, 0.2), ["Na", "Cl"], [[0, 0, 0], [.48, .51, .5]], (2, 3, 4)),
]

def edge_frequencies():
    """Lowest and highest frequency (THz) of the vibrations of the 2x2x2 supercell of cubic Ag3SBr, by central differences of the forces."""
    mass = {"Ag": 107.8682, "S": 32.06, "Br": 79.904}
    points = list(itertools.product(range(2), repeat=3))
    cell, symbols, step = 2 * 4.793 * np.eye(3), CASES[0][2], 0.005
    names = [s for s in symbols for _ in points]
    rest = np.array([(np.array(site) + p) / 2 for site in PEROVSKITE for p in points])
    phi = np.zeros((40, 3, 40, 3))
    for atom in range(5):
        for axis in range(3):
            column = np.zeros((40, 3))
            for sign in (1, -1):
                moved = rest @ cell
                moved[8 * atom, axis] += sign * step
                forces = solve(cell.tolist(), names, (moved @ np.linalg.inv(cell)).tolist(), (1, 1, 1))["forces_eV_per_A"]
                column -= sign * np.array(forces) / (2 * step)
            for p in points:  # every lattice translation of the displaced atom
                for other in range(40):
                    b, q = divmod(other, 8)
                    image = tuple((np.array(points[q]) + p) % 2)
                    phi[8 * atom + points.index(p), axis, 8 * b + points.index(image)] = column[other]
    m = np.repeat([mass[n] for n in names], 3)
    phi = phi.reshape(120, 120)
    values = np.linalg.eigvalsh((phi + phi.T) / 2 / np.sqrt(np.outer(m, m)))
    frequencies = np.sign(values) * np.sqrt(np.abs(values)) * math.sqrt(1.602176634e-19 / (1e-20 * 1.66053906892e-27)) / (2 * math.pi * 1e12)
    frequencies = frequencies[np.argsort(np.abs(frequencies))][3:]  # without the three translations
    return dict(supercell=[2, 2, 2], lowest_THz=frequencies.min(), highest_THz=frequencies.max(), displacement_A=step)


if __name__ == "__main__":
    cases = []
    for name, cell, symbols, fractional, mesh in CASES:
        cases.append(dict(name=name, cell_A=cell, symbols=symbols, positions_fractional=fractional, mesh=mesh, **solve(cell, symbols, fractional, mesh)))
    versions = dict(torch=torch.__version__, numpy=np.__version__)
    print(json.dumps(dict(made_with=versions, cases=cases, modes_of_cubic_Ag3SBr=edge_frequencies()), indent=1))
