"""Prints masses, electronegativities and covalent radii of H to Cm as ASE and pymatgen have them, as elements.csv.

Run: /usr/bin/python3 compare.py > elements.csv   (Debian packages python3-ase 3.22.1, python3-pymatgen 2022.11.7)
An empty field means that the program tabulates nothing (ASE: radius 0.2 A is its mark for missing; pymatgen: nan).
"""
import math
import warnings

warnings.filterwarnings("ignore")
from ase.data import atomic_masses, chemical_symbols, covalent_radii  # noqa: E402
from pymatgen.core import Element  # noqa: E402

print("atomic_number,symbol,ase_mass_amu,pymatgen_mass_amu,pymatgen_pauling_electronegativity,ase_covalent_radius_pm")
for number in range(1, 97):
    element = Element.from_Z(number)
    pauling = element.X
    radius = covalent_radii[number]
    print(number, chemical_symbols[number], f"{atomic_masses[number]:.10g}", f"{float(element.atomic_mass):.10g}",
          "" if math.isnan(pauling) else f"{pauling:g}", "" if abs(radius - 0.2) < 1e-9 else f"{100 * radius:.0f}", sep=",")
