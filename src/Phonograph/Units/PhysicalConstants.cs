namespace Phonograph.Units;

/// <summary>
/// Physical constants in the project's units (Å, eV, amu, K, THz, GPa), CODATA 2022
/// (P. Mohr et al., https://physics.nist.gov/constants). Nothing else in the project states a constant.
/// </summary>
public static class PhysicalConstants
{
    /// <summary>Boltzmann constant, eV/K (exact in the SI of 2019).</summary>
    public const double BoltzmannElectronvoltPerKelvin = 8.617333262145179e-5;

    /// <summary>Planck constant, eV/THz, that is h in eV s times 1e12 (exact in the SI of 2019).</summary>
    public const double PlanckElectronvoltPerTerahertz = 4.135667696923859e-3;

    /// <summary>Elementary charge, C (exact).</summary>
    public const double ElementaryChargeCoulomb = 1.602176634e-19;

    /// <summary>Atomic mass constant, kg.</summary>
    public const double AtomicMassKilogram = 1.66053906892e-27;

    /// <summary>Bohr radius, Å.</summary>
    public const double BohrAngstrom = 0.529177210544;

    /// <summary>Hartree energy, eV.</summary>
    public const double HartreeElectronvolt = 27.211386245981;

    /// <summary>Avogadro constant, 1/mol (exact).</summary>
    public const double AvogadroPerMole = 6.02214076e23;

    /// <summary>Pressure of 1 eV/Å³, GPa.</summary>
    public const double ElectronvoltPerCubicAngstromGigapascal = 160.2176634;

    /// <summary>
    /// Ordinary frequency, THz, of a mode whose mass-weighted force constant is 1 eV/(Å² amu):
    /// sqrt(e / (1e-20 m² · m_u)) / (2π · 1e12).
    /// </summary>
    public static readonly double TerahertzPerRootForceConstant =
        Math.Sqrt(ElementaryChargeCoulomb / (1e-20 * AtomicMassKilogram)) / (2 * Math.PI * 1e12);

    /// <summary>Acceleration, Å/fs², of a mass of 1 amu under a force of 1 eV/Å: (e / m_u) · 1e-10.</summary>
    public const double AccelerationOfUnitForce = ElementaryChargeCoulomb / AtomicMassKilogram * 1e-10;

    /// <summary>Atomic unit of time, fs: the Planck constant over 2π hartree.</summary>
    public const double AtomicTimeFemtosecond = PlanckElectronvoltPerTerahertz * 1000 / (2 * Math.PI * HartreeElectronvolt);
}
