using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.QuantumEspresso;

/// <summary>How well pw.x 6.7 keeps to its own energy at 30 Ry; tests/reference/quantum-espresso says where the numbers come from.</summary>
internal static class PwTolerance
{
    /// <summary>eV/Å; measured 2.2e-4: the exchange-correlation energy is summed on a grid that stays where it is when an atom moves.</summary>
    internal const double Force = 5e-4;

    /// <summary>eV/Å³; measured 1.0e-3: the number of plane waves follows the cell.</summary>
    internal const double Stress = 1.5e-3;

    /// <summary>eV per atom, after a shift of the origin against that grid.</summary>
    internal const double OriginEnergy = 1e-4;

    /// <summary>Forces (eV/Å), stress (eV/Å³) and eigenvalues (eV) after such a shift.</summary>
    internal const double Origin = 1e-3;

    internal static readonly EngineTolerance Lda = new(0.003, Force, 0.002, Stress, OriginEnergy, Origin);
}
