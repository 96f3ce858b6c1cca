using Phonograph.Files;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>How a Hamiltonian is learnt.</summary>
public sealed record HamiltonianOptions
{
    /// <summary>Which orbitals.</summary>
    public OrbitalChoice Orbitals { get; init; } = OrbitalChoice.Full;

    /// <summary>Longest bond, Å.</summary>
    public double CutoffAngstrom { get; init; } = 6.5;

    /// <summary>Radial functions of each two-centre integral.</summary>
    public int RadialFunctions { get; init; } = 8;

    /// <summary>Passes over the training cells.</summary>
    public int Passes { get; init; } = 4;

    /// <summary>First passes that are tried, each with another order of the cells; the others follow the best. A first pass can end where states at an edge have the wrong orbitals, and stays there.</summary>
    public int Starts { get; init; } = 3;

    /// <summary>Standard deviation of an edge about the model that is expected in the end, eV.</summary>
    public double NoiseElectronvolt { get; init; } = 0.02;

    /// <summary>Share of the information that each cell forgets in the beginning; falls to zero over three quarters of the passes.</summary>
    public double Forgetting { get; init; } = 0.02;

    /// <summary>Factor of all standard deviations of the prior.</summary>
    public double PriorScale { get; init; } = 1;

    /// <summary>Seed of the order of the cells.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>These options, checked.</summary>
    /// <exception cref="InputException">A number is out of its range.</exception>
    public HamiltonianOptions Validated()
    {
        Check(CutoffAngstrom is > 1 and <= 12, "cutoff", CutoffAngstrom, "more than 1 and at most 12 Å");
        Check(RadialFunctions is >= 2 and <= 40, "radial functions", RadialFunctions, "2 to 40");
        Check(Passes is >= 1 and <= 1000, "passes", Passes, "1 to 1000");
        Check(Starts is >= 1 and <= 100, "starts", Starts, "1 to 100");
        Check(NoiseElectronvolt is > 1e-6 and <= 10, "noise", NoiseElectronvolt, "more than 0.000001 and at most 10 eV");
        Check(Forgetting is >= 0 and < 0.5, "forgetting", Forgetting, "at least 0 and less than 0.5");
        Check(PriorScale is > 1e-3 and <= 100, "prior scale", PriorScale, "more than 0.001 and at most 100");
        return this;
    }

    private static void Check(bool isSound, string name, IFormattable value, string expected)
    {
        if (!isSound)
        {
            throw new InputException($"{name}: found {value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}; expected {expected}.");
        }
    }
}
