using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Numerics.Memory;

namespace Phonograph.Studies;

/// <summary>
/// The choice of settings of the learned Hamiltonian that goes before a study, with as many candidates as <see cref="StudySelection"/> has networks, judged like them: by the band gaps of the validation cells of the study's own
/// training draws, cells of both kinds. The study's test cells take no part.
/// </summary>
public static class HamiltonianSelection
{
    /// <summary>Candidates: orbitals, cutoffs, numbers of radial functions, expected noise and widths of the prior.</summary>
    /// <param name="settings">What all candidates share.</param>
    public static ImmutableArray<HamiltonianOptions> Candidates(HamiltonianOptions settings) =>
    [
        .. from orbitals in Enum.GetValues<OrbitalChoice>()
           from cutoff in new[] { 4.5, 5.5, 6.5 }
           from functions in new[] { 6, 8, 10 }
           from noise in new[] { 0.02, 0.05 }
           from scale in new[] { 0.5, 1 }
           select settings with { Orbitals = orbitals, CutoffAngstrom = cutoff, RadialFunctions = functions, NoiseElectronvolt = noise, PriorScale = scale },
    ];

    /// <summary>Learns all candidates; what an earlier run learnt is read.</summary>
    /// <param name="options">Data, seeds, draws and cache of the study.</param>
    /// <param name="candidates">Settings to compare.</param>
    /// <param name="progress">Told about fits.</param>
    /// <param name="cancellation">Stops the work; the same call continues.</param>
    /// <returns>The candidates, the lowest validation error first; a candidate that diverged has an infinite error.</returns>
    public static ImmutableArray<HamiltonianTrial> Run(
        StudyOptions options, IReadOnlyList<HamiltonianOptions> candidates, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(candidates);
        options.Validated();
        Dataset data = Dataset.Read(options.DataFiles);
        var draws = TrainingDraws.Create(data, options.Seed);
        var cache = new HamiltonianCache(options.CacheFolder);
        var graphs = candidates.Select(candidate => candidate.CutoffAngstrom).Distinct()
            .ToDictionary(cutoff => cutoff, cutoff => GraphLibrary.Build(data.Configurations, new GraphOptions { CutoffAngstrom = cutoff }, cancellation: cancellation));
        var errors = new double[candidates.Count * options.Draws];
        int done = 0;
        using var pool = new WorkerPool(Math.Min(errors.Length, options.SideBySide ?? Environment.ProcessorCount));
        pool.Run(errors.Length, (place, _) =>
        {
            HamiltonianOptions candidate = candidates[place / options.Draws];
            int draw = place % options.Draws;
            Split split = draws.Of(draws.Kinds[^1], draw, draws.FullSize);
            errors[place] = Error(cache, HamiltonianData.Of(split, graphs[candidate.CutoffAngstrom], data), candidate with { Seed = draws.DrawSeed(draw) }, cancellation);
            progress?.Report(new WorkProgress("settings", Interlocked.Increment(ref done), errors.Length));
        });
        return [.. candidates.Select((candidate, place) => new HamiltonianTrial(candidate, [.. errors.AsSpan(place * options.Draws, options.Draws)])).OrderBy(trial => trial.MeanError)];
    }

    private static double Error(HamiltonianCache cache, HamiltonianData data, HamiltonianOptions candidate, CancellationToken cancellation)
    {
        try
        {
            HamiltonianProvenance learnt = cache.Get(data, candidate, cancellation: cancellation).Provenance;
            return learnt.Passes[learnt.BestPass - 1].ValidationGapError;
        }
        catch (InputException)
        {
            return double.PositiveInfinity;
        }
    }
}

/// <summary>Validation errors of one candidate.</summary>
/// <param name="Settings">Its settings.</param>
/// <param name="ValidationMeanAbsoluteErrors">Mean absolute error of the gap on the validation cells of each draw, eV.</param>
public sealed record HamiltonianTrial(HamiltonianOptions Settings, ImmutableArray<double> ValidationMeanAbsoluteErrors)
{
    /// <summary>Mean over the draws, eV.</summary>
    public double MeanError => ValidationMeanAbsoluteErrors.Average();
}
