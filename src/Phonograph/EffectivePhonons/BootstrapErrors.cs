using System.Collections.Immutable;
using Phonograph.Numerics.Random;
using Phonograph.Sampling;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// Standard errors by resampling the labelled draws of each ensemble with replacement (B. Efron, Ann. Statist. 7, 1 (1979)). Each resample is led to its own fixed point, so the errors
/// hold what the feedback of force constants on their ensemble adds to the scatter of one fit.
/// </summary>
/// <param name="FrequenciesTerahertz">Standard error of each mode of the supercell, THz, in rising order of the frequencies; equal within degenerate sets.</param>
/// <param name="FreeEnergyElectronvolt">Standard error of the variational free energy, eV per supercell.</param>
/// <param name="Coefficients">Resampled coefficients, eV/Å².</param>
/// <param name="RootMeanSquareTerahertz">Root mean square over modes and resamples of the difference from the result, THz, softened near zero frequency as the changes between iterations are.</param>
public sealed record BootstrapErrors(
    ImmutableArray<double> FrequenciesTerahertz, double FreeEnergyElectronvolt, ImmutableArray<ImmutableArray<double>> Coefficients, double RootMeanSquareTerahertz)
{
    internal static BootstrapErrors Of(SelfConsistentFit fit, DrawPool pool, PoolFit normals, double[] centre, Relaxation relaxation, ThermalEnsemble result, EffectiveOptions options, ulong stream)
    {
        ImmutableArray<int> populations = pool.PopulationOf;
        int[][] members = [.. Enumerable.Range(0, populations.Length).GroupBy(draw => populations[draw]).Select(group => group.ToArray())];
        var frequencies = new List<ImmutableArray<double>>();
        var energies = new List<double>();
        var squares = new List<double>();
        var coefficients = ImmutableArray.CreateBuilder<ImmutableArray<double>>();
        for (int resample = 0; resample < options.Resamples; resample++)
        {
            Fixpoint found = fit.Solve(pool, normals, centre, relaxation.Copy(), Multiplicities(members, populations.Length, new Philox(options.Seed ^ 0x626F6F74, (stream << 32) | (uint)resample)));
            if (found.IsDetermined)
            {
                frequencies.Add(found.Ensemble.Modes.FrequenciesTerahertz);
                squares.Add(Math.Pow(SelfConsistentFit.Distance(found.Ensemble, result), 2));
                energies.Add(VariationalFreeEnergy.Of(found.Ensemble, pool, found.Weights).TotalElectronvolt);
                coefficients.Add([.. found.Coefficients]);
            }
        }

        return new BootstrapErrors(Deviations(frequencies, pool.Draws[0].Snapshot.ForcesCartesian.Length * 3 - 3), energies.Count < 2 ? double.NaN : Deviation(energies), coefficients.ToImmutable(), squares.Count < 2 ? double.NaN : Math.Sqrt(squares.Average()));
    }

    /// <summary>Standard deviation of each of a number of values over their resamples; NaN for fewer than two.</summary>
    internal static ImmutableArray<double> Deviations(IReadOnlyCollection<ImmutableArray<double>> rows, int count) => rows.Count < 2
        ? [.. Enumerable.Repeat(double.NaN, count)]
        : [.. Enumerable.Range(0, count).Select(index => Deviation([.. rows.Select(row => row[index])]))];

    /// <summary>How often each draw was drawn again.</summary>
    private static int[] Multiplicities(int[][] members, int draws, Philox random)
    {
        var counts = new int[draws];
        foreach (int[] population in members)
        {
            for (int draw = 0; draw < population.Length; draw++)
            {
                counts[population[random.NextInt32(population.Length)]]++;
            }
        }

        return counts;
    }

    private static double Deviation(List<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
