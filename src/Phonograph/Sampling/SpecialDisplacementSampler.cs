using System.Collections.ObjectModel;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;

namespace Phonograph.Sampling;

/// <summary>
/// Special displacements (M. Zacharias and F. Giustino, Phys. Rev. B 94, 075125 (2016); Phys. Rev. Research 2, 013357 (2020)): a few cells that stand for an ensemble, without random numbers. In each cell every mode is displaced
/// by plus or minus its root mean square coordinate σ: u = Σ_k s_k σ_k e_k/√m. Modes are sorted by rising frequency; those of equal frequency by wave vector, band and real before imaginary part. Vectors and their signs within degenerate sets
/// follow a rule that depends on the set alone. The cells of one number of cells belong together: their mean represents the ensemble.
/// </summary>
public sealed class SpecialDisplacementSampler : IDisplacementSampler
{
    internal const string DesignKey = "special_design";
    private readonly Vector3D[][] _displacements;
    private readonly DrawProvenance[] _provenances;
    private readonly bool _isPaired;

    /// <summary>Chooses the signs.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="cells">Number of cells, positive.</param>
    /// <param name="signs">How signs are chosen.</param>
    /// <param name="isPaired">Whether each pattern of signs is followed by its opposite, so that odd orders of the displacements cancel exactly; needs an even number of cells.</param>
    /// <exception cref="InputException">The number of cells does not fit, or nothing moves.</exception>
    public SpecialDisplacementSampler(HarmonicEnsemble ensemble, int cells, SpecialSigns signs = SpecialSigns.Optimised, bool isPaired = false)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cells);
        if (isPaired && cells % 2 != 0)
        {
            throw new InputException($"Special displacements in pairs: found {cells} cells; expected an even number.");
        }

        int patterns = isPaired ? cells / 2 : cells;
        if (signs == SpecialSigns.Orthogonal && !int.IsPow2(patterns))
        {
            throw new InputException($"Special displacements with orthogonal signs: found {patterns} patterns of signs; expected a power of two (with pairs, half the cells). Choose another number of cells, or optimised signs.");
        }

        (Reference, CellCount, _isPaired) = (ensemble.Crystal, cells, isPaired);
        int[] moving = [.. Sorted(ensemble).Where(mode => ensemble.MeanSquareCoordinates[mode] > 0)];
        if (moving.Length == 0)
        {
            throw new InputException("Special displacements: nothing moves in this ensemble. Choose another temperature, statistics or rule for soft modes.");
        }

        int order = 3 * Reference.AtomCount;
        void Write(int place, double[] target)
        {
            ensemble.WriteVector(moving[place], target);
            double sigma = Math.Sqrt(ensemble.MeanSquareCoordinates[moving[place]]);
            for (int index = 0; index < order; index++)
            {
                target[index] *= sigma / Math.Sqrt(Reference.MassesAmu[index / 3]);
            }
        }

        double[] design = SignDesign.Orthogonal(patterns, moving.Length), sums = Sums(design, patterns, order, moving.Length, Write);
        if (signs == SpecialSigns.Optimised)
        {
            // The last number of equal ones keeps the order of frequencies.
            int[] byShare = [.. Enumerable.Range(0, moving.Length).OrderByDescending(place => Math.Round(Math.Log(ensemble.MeanSquareCoordinates[moving[place]]), 6))];
            new SignOptimisation(ensemble, sums, patterns, moving.Length).Run(design, byShare, Write);
            sums = Sums(design, patterns, order, moving.Length, Write);
        }

        _displacements = [.. Enumerable.Range(0, patterns).Select(pattern => Enumerable.Range(0, Reference.AtomCount).Select(atom =>
        {
            int start = (pattern * order) + (3 * atom);
            return new Vector3D(sums[start], sums[start + 1], sums[start + 2]);
        }).ToArray())];
        DrawProvenance shared = ensemble.Provenance("special");
        string name = $"{cells}-{(signs == SpecialSigns.Orthogonal ? "orthogonal" : "optimised")}{(isPaired ? "-pairs" : "")}";
        _provenances = [.. Enumerable.Range(0, patterns).Select(pattern =>
        {
            var details = new Dictionary<string, string>(shared.Details, StringComparer.Ordinal) { [DesignKey] = name };
            if (isPaired)
            {
                // The two cells of a pair must not stand in different parts of a split.
                details["group"] = string.Create(CultureInfo.InvariantCulture, $"special-{ensemble.TemperatureKelvin:R}K-{name}-pair-{pattern:D5}");
            }

            return shared with { Seed = null, Details = new ReadOnlyDictionary<string, string>(details) };
        })];
    }

    /// <inheritdoc/>
    public Crystal Reference { get; }

    /// <summary>Number of cells that belong together.</summary>
    public int CellCount { get; }

    /// <summary>One of the cells.</summary>
    /// <param name="seed">Not used: there are no random numbers.</param>
    /// <param name="index">Number of the cell, from 0; of a pair the opposite cell comes second.</param>
    public Configuration Draw(ulong seed, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, CellCount);
        int pattern = _isPaired ? index / 2 : index;
        double sign = _isPaired && index % 2 == 1 ? -1 : 1;
        return new Configuration(Reference, [.. _displacements[pattern].Select(displacement => sign * displacement)], _provenances[pattern] with { Index = index });
    }

    /// <summary>Modes by rising frequency; those that count as degenerate keep the order of the ensemble, so rounding cannot choose.</summary>
    private static IEnumerable<int> Sorted(HarmonicEnsemble ensemble)
    {
        int[] rising = [.. Enumerable.Range(0, ensemble.FrequenciesTerahertz.Length).OrderBy(mode => ensemble.FrequenciesTerahertz[mode])];
        double[] eigenvalues = [.. rising.Select(mode => ensemble.FrequenciesTerahertz[mode] * Math.Abs(ensemble.FrequenciesTerahertz[mode]))];
        return DegenerateBasis.Sets(eigenvalues).SelectMany(set => rising[set.First..set.End].Order());
    }

    private static double[] Sums(double[] signs, int patterns, int order, int modes, Action<int, double[]> write)
    {
        double[] sums = new double[patterns * order], move = new double[order];
        for (int mode = 0; mode < modes; mode++)
        {
            write(mode, move);
            for (int pattern = 0; pattern < patterns; pattern++)
            {
                double sign = signs[(pattern * modes) + mode];
                for (int index = 0; index < order; index++)
                {
                    sums[(pattern * order) + index] += sign * move[index];
                }
            }
        }

        return sums;
    }
}
