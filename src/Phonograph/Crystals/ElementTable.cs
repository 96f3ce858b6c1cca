namespace Phonograph.Crystals;

/// <summary>
/// Numbers of the elements from hydrogen to curium, one line each: atomic number, symbol, name, mass (amu), Pauling
/// electronegativity (empty where none is tabulated), covalent radius (pm). Masses: IUPAC standard atomic weights, J. Meija et al.,
/// Pure Appl. Chem. 88, 265 (2016), the mass number of the longest-lived isotope where there is no standard weight;
/// electronegativity: Pauling's scale as in the CRC Handbook; radii: B. Cordero et al., Dalton Trans. 2832 (2008).
/// Compared with ASE 3.22 and pymatgen 2022 by tests/reference/elements.
/// </summary>
internal static class ElementTable
{
    internal const string Rows = """
        1,H,Hydrogen,1.008,2.2,31
        2,He,Helium,4.002602,,28
        3,Li,Lithium,6.94,0.98,128
        4,Be,Beryllium,9.0121831,1.57,96
        5,B,Boron,10.81,2.04,84
        6,C,Carbon,12.011,2.55,76
        7,N,Nitrogen,14.007,3.04,71
        8,O,Oxygen,15.999,3.44,66
        9,F,Fluorine,18.99840316,3.98,57
        10,Ne,Neon,20.1797,,58
        11,Na,Sodium,22.98976928,0.93,166
        12,Mg,Magnesium,24.305,1.31,141
        13,Al,Aluminium,26.9815385,1.61,121
        14,Si,Silicon,28.085,1.9,111
        15,P,Phosphorus,30.973762,2.19,107
        16,S,Sulfur,32.06,2.58,105
        17,Cl,Chlorine,35.45,3.16,102
        18,Ar,Argon,39.948,,106
        19,K,Potassium,39.0983,0.82,203
        20,Ca,Calcium,40.078,1,176
        21,Sc,Scandium,44.955908,1.36,170
        22,Ti,Titanium,47.867,1.54,160
        23,V,Vanadium,50.9415,1.63,153
        24,Cr,Chromium,51.9961,1.66,139
        25,Mn,Manganese,54.938044,1.55,139
        26,Fe,Iron,55.845,1.83,132
        27,Co,Cobalt,58.933194,1.88,126
        28,Ni,Nickel,58.6934,1.91,124
        29,Cu,Copper,63.546,1.9,132
        30,Zn,Zinc,65.38,1.65,122
        31,Ga,Gallium,69.723,1.81,122
        32,Ge,Germanium,72.63,2.01,120
        33,As,Arsenic,74.921595,2.18,119
        34,Se,Selenium,78.971,2.55,120
        35,Br,Bromine,79.904,2.96,120
        36,Kr,Krypton,83.798,3,116
        37,Rb,Rubidium,85.4678,0.82,220
        38,Sr,Strontium,87.62,0.95,195
        39,Y,Yttrium,88.90584,1.22,190
        40,Zr,Zirconium,91.224,1.33,175
        41,Nb,Niobium,92.90637,1.6,164
        42,Mo,Molybdenum,95.95,2.16,154
        43,Tc,Technetium,97.90721,1.9,147
        44,Ru,Ruthenium,101.07,2.2,146
        45,Rh,Rhodium,102.9055,2.28,142
        46,Pd,Palladium,106.42,2.2,139
        47,Ag,Silver,107.8682,1.93,145
        48,Cd,Cadmium,112.414,1.69,144
        49,In,Indium,114.818,1.78,142
        50,Sn,Tin,118.71,1.96,139
        51,Sb,Antimony,121.76,2.05,139
        52,Te,Tellurium,127.6,2.1,138
        53,I,Iodine,126.90447,2.66,139
        54,Xe,Xenon,131.293,2.6,140
        55,Cs,Caesium,132.905452,0.79,244
        56,Ba,Barium,137.327,0.89,215
        57,La,Lanthanum,138.90547,1.1,207
        58,Ce,Cerium,140.116,1.12,204
        59,Pr,Praseodymium,140.90766,1.13,203
        60,Nd,Neodymium,144.242,1.14,201
        61,Pm,Promethium,144.91276,1.13,199
        62,Sm,Samarium,150.36,1.17,198
        63,Eu,Europium,151.964,1.2,198
        64,Gd,Gadolinium,157.25,1.2,196
        65,Tb,Terbium,158.92535,1.1,194
        66,Dy,Dysprosium,162.5,1.22,192
        67,Ho,Holmium,164.93033,1.23,192
        68,Er,Erbium,167.259,1.24,189
        69,Tm,Thulium,168.93422,1.25,190
        70,Yb,Ytterbium,173.054,1.1,187
        71,Lu,Lutetium,174.9668,1.27,187
        72,Hf,Hafnium,178.49,1.3,175
        73,Ta,Tantalum,180.94788,1.5,170
        74,W,Tungsten,183.84,2.36,162
        75,Re,Rhenium,186.207,1.9,151
        76,Os,Osmium,190.23,2.2,144
        77,Ir,Iridium,192.217,2.2,141
        78,Pt,Platinum,195.084,2.28,136
        79,Au,Gold,196.966569,2.54,136
        80,Hg,Mercury,200.592,2,132
        81,Tl,Thallium,204.38,1.62,145
        82,Pb,Lead,207.2,2.33,146
        83,Bi,Bismuth,208.9804,2.02,148
        84,Po,Polonium,208.98243,2,140
        85,At,Astatine,209.98715,2.2,150
        86,Rn,Radon,222.01758,2.2,150
        87,Fr,Francium,223.01974,0.7,260
        88,Ra,Radium,226.02541,0.9,221
        89,Ac,Actinium,227.02775,1.1,215
        90,Th,Thorium,232.0377,1.3,206
        91,Pa,Protactinium,231.03588,1.5,200
        92,U,Uranium,238.02891,1.38,196
        93,Np,Neptunium,237.04817,1.36,190
        94,Pu,Plutonium,244.06421,1.28,187
        95,Am,Americium,243.06138,1.3,180
        96,Cm,Curium,247.07035,1.3,169
        """;
}
