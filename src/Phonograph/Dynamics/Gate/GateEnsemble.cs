using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;

namespace Phonograph.Dynamics.Gate;

/// <summary>The phonon ensemble a campaign would draw from, beside what moves classically.</summary>
public sealed class GateEnsemble
{
    /// <summary>Prepares both ensembles.</summary>
    /// <param name="modes">Vibrations of the supercell.</param>
    /// <param name="temperatureKelvin">Temperature, K.</param>
    /// <param name="statistics">Statistics of the campaign.</param>
    /// <param name="policy">Its rule for soft modes.</param>
    /// <exception cref="Files.InputException">The rule refuses a mode.</exception>
    public GateEnsemble(PhononModes modes, double temperatureKelvin, ThermalStatistics statistics, SoftModePolicy policy)
    {
        Classical = new ThermalEnsemble(modes, temperatureKelvin, ThermalStatistics.Classical, policy);
        Chosen = new ThermalEnsemble(modes, temperatureKelvin, statistics, policy);
        double[] drawn = [.. modes.FrequenciesTerahertz.Select(frequency => policy.EffectiveFrequency(frequency) ?? 0).Where(frequency => frequency > 0)];
        SlowestTerahertz = drawn.Length == 0 ? null : drawn.Min();
    }

    /// <summary>Classical statistics.</summary>
    public ThermalEnsemble Classical { get; }

    /// <summary>Statistics of the campaign.</summary>
    public ThermalEnsemble Chosen { get; }

    /// <summary>Lowest frequency that is drawn, THz; null when none is.</summary>
    public double? SlowestTerahertz { get; }

    /// <summary>Root mean square displacement of some atoms, Å.</summary>
    internal static double RootMeanSquare(ThermalEnsemble ensemble, IEnumerable<int> atoms)
    {
        ImmutableArray<Vector3D> squares = ensemble.MeanSquareDisplacements();
        return Math.Sqrt(atoms.Average(atom => squares[atom].X + squares[atom].Y + squares[atom].Z));
    }
}
