using System.Collections.Immutable;
using Phonograph.Crystals.Formats;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Sampling;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// Self-consistent phonons at a temperature: draw from the current force constants, label, lead the constants to their fixed point by re-weighting all labels so far, draw again, until
/// frequencies and free energy stand still within their errors.
/// </summary>
public sealed class SelfConsistentRun
{
    private const double StartAmplitudeAngstrom = 0.03;
    private readonly ForceConstantsBasis _basis;
    private readonly EffectiveOptions _options;
    private readonly EffectiveRunFolder _folder;
    private readonly SelfConsistentFit _fit;

    private SelfConsistentRun(ForceConstantsBasis basis, EffectiveOptions options, EffectiveRunFolder folder)
    {
        (_basis, _options, _folder) = (basis, options, folder);
        _fit = new SelfConsistentFit(basis, options);
    }

    /// <summary>Runs until converged or out of iterations; the same call continues after any interruption.</summary>
    /// <param name="folder">Folder of the run; made when missing.</param>
    /// <param name="symmetry">Supercell and its symmetry.</param>
    /// <param name="start">Force constants to begin with; null for harmonic ones, which the engine computes first.</param>
    /// <param name="options">Temperature, soft-mode rule, cells, tolerances.</param>
    /// <param name="engine">Engine, level and workers.</param>
    /// <param name="progress">Told about labels.</param>
    /// <param name="iterated">Told about each iteration.</param>
    /// <param name="cancellation">Ends the engine's processes at once.</param>
    /// <exception cref="InputException">Wrong choices, another run in the folder, or labels that do not determine the constants.</exception>
    public static async Task<EffectiveResult> RunAsync(
        string folder, SupercellSymmetry symmetry, CompactForceConstants? start, EffectiveOptions options, CampaignOptions engine,
        IProgress<WorkProgress>? progress, IProgress<EffectiveIteration>? iterated, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(symmetry);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(engine);
        var basis = ForceConstantsBasis.Of(symmetry);
        var place = new EffectiveRunFolder(folder, basis, options.Checked(), engine, progress);
        using (ExclusiveLock.Take(place.LockFile, $"{folder}: another 'phonograph phonons effective' works in this folder. Wait for it, end it, or choose another --work folder."))
        {
            return await new SelfConsistentRun(basis, options, place).IterateAsync(start, iterated, cancellation);
        }
    }

    /// <summary>Writes the labelled cells of a run as extended XYZ: the crystal at rest, the displacements of the start, the draws of each iteration.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="engine">Engine of its labels.</param>
    /// <param name="result">What the run found; labels of later iterations, which an earlier command may have left, are no part of it.</param>
    /// <param name="path">File to write; <c>.gz</c> compresses. Cells without a label are listed in <c>failures.csv</c> beside it.</param>
    public static void Export(string folder, IElectronicStructureEngine engine, EffectiveResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        string[] files = [.. Enumerable.Range(0, result.Iterations.Length).Select(EffectiveRunFolder.Name).Prepend("displacements").Prepend("at-rest").Select(name => Path.Combine(folder, name + ".xyz.gz"))];
        var ids = files.Where(File.Exists).SelectMany(ExtendedXyz.Read).Select(frame => frame.Info["id"]).ToHashSet(StringComparer.Ordinal);
        CampaignExport.Write(CampaignFolder.Open(Path.Combine(folder, "campaign")), engine, path);
        ExtendedXyzFrame[] kept = [.. ExtendedXyz.Read(path).Where(frame => ids.Contains(frame.Info["id"]))];
        ExtendedXyz.Write(path, kept);
    }

    private async Task<EffectiveResult> IterateAsync(CompactForceConstants? start, IProgress<EffectiveIteration>? iterated, CancellationToken cancellation)
    {
        (ExtendedXyzFrame rest, Label? atRest) = (await _folder.LabelAsync("at-rest", [EffectiveRunFolder.AtRest(_basis.Symmetry.Supercell.Crystal)], cancellation))[0];
        double energyAtRest = atRest?.EnergyElectronvolt ?? throw new InputException($"The crystal at rest ({rest.Info["id"]}) has no label: the engine failed on every rung. Look into the campaign's failed attempts.");
        int other = 1;
        double[] coefficients = await _folder.CoefficientsAsync("start", async () => _basis.Coefficients(start ?? await HarmonicAsync(cancellation)));
        other += start is null ? SymmetryDistinctDisplacements.Of(_basis.Symmetry, StartAmplitudeAngstrom, OppositeDisplacements.WhereDistinct).Length : 0;
        var pool = new DrawPool();
        var normals = new PoolFit(_basis, []);
        var iterations = ImmutableArray.CreateBuilder<EffectiveIteration>();
        var relaxation = new Relaxation(_options.Mixing);
        (int failures, int still) = (0, 0);
        for (int iteration = 0; ; iteration++)
        {
            ThermalEnsemble ensemble = _fit.Ensemble(coefficients);
            string cells = _folder.Cells(iteration, () => ((IDisplacementSampler)new PhononSampler(ensemble)).Draw(SeedOf(iteration), 0, _options.CellsPerIteration));
            ImmutableArray<(ExtendedXyzFrame Frame, Label? Label)> labelled = await _folder.LabelAsync(cells, cancellation);
            LabelledDraw[] draws = [.. labelled.Select(cell => EffectiveRunFolder.Draw(cell.Frame, cell.Label, energyAtRest)).OfType<LabelledDraw>()];
            failures += labelled.Length - draws.Length;
            pool.Add(ensemble, draws);
            normals = normals.With(_basis, draws);
            Relaxation before = relaxation.Copy();
            Fixpoint found = pool.Draws.Count > 0 ? _fit.Solve(pool, normals, coefficients, relaxation) : throw NothingLearnt(iteration);
            if (!found.IsDetermined)
            {
                throw NothingLearnt(iteration);
            }

            BootstrapErrors errors = BootstrapErrors.Of(_fit, pool, normals, coefficients, before, found.Ensemble, _options, (ulong)iteration);
            EffectiveIteration report = Report(iteration, labelled.Length, draws.Length, ensemble, pool, found, errors, iterations.LastOrDefault());
            iterations.Add(report);
            iterated?.Report(report);
            still = report.StandsStill ? still + 1 : 0;
            if (found.IsFixed)
            {
                relaxation.Restart();
            }

            coefficients = await _folder.CoefficientsAsync(EffectiveRunFolder.Name(iteration), () => Task.FromResult(found.Coefficients));
            bool isConverged = still >= EffectiveOptions.Patience && report.ErrorTerahertz <= _options.PrecisionTerahertz;
            if (isConverged || iteration + 1 >= _options.MostIterations)
            {
                return Result(pool, found, errors, iterations.ToImmutable(), isConverged, failures, other);
            }
        }

        InputException NothingLearnt(int iteration) => new(
            $"Iteration {iteration}: {pool.Draws.Count} labelled cells do not determine the {_basis.Count} force constants. Draw more cells in each iteration (--cells); where many labels fail, raise the floor of --soft-modes.");
    }

    private EffectiveIteration Report(int iteration, int drawn, int labelled, ThermalEnsemble before, DrawPool pool, Fixpoint found, BootstrapErrors errors, EffectiveIteration? last)
    {
        int atoms = _basis.Symmetry.Supercell.Crystal.AtomCount;
        double shift = SelfConsistentFit.Distance(before, found.Ensemble), error = errors.RootMeanSquareTerahertz;
        double energy = VariationalFreeEnergy.Of(before, pool, pool.Weigh(before)).TotalElectronvolt / atoms, energyError = errors.FreeEnergyElectronvolt / atoms;
        bool isStill = found.IsFixed && last is not null
            && shift <= Math.Max(_options.FrequencyToleranceTerahertz, EffectiveOptions.StandingErrors * error)
            && Math.Abs(energy - last.FreeEnergyElectronvoltPerAtom) <= Math.Max(_options.FreeEnergyToleranceElectronvolt, EffectiveOptions.StandingErrors * energyError);
        return new EffectiveIteration(
            iteration, drawn, labelled, pool.Draws.Count, found.Weights.EffectiveDraws, found.Steps, shift, error, energy, energyError,
            found.Ensemble.Modes.FrequenciesTerahertz[0], found.Ensemble.Modes.ImaginaryCount, found.IsFixed, isStill);
    }

    private EffectiveResult Result(DrawPool pool, Fixpoint found, BootstrapErrors errors, ImmutableArray<EffectiveIteration> iterations, bool isConverged, int failures, int other) => new(
        _options,
        _basis,
        [.. found.Coefficients],
        found.Ensemble,
        errors,
        VariationalFreeEnergy.Of(found.Ensemble, pool, found.Weights),
        SnapshotFit.Fit(_basis, [.. pool.Draws.Select(draw => draw.Snapshot)], found.Weights.Shares.AsSpan()),
        found.Weights.EffectiveDraws,
        iterations,
        isConverged)
    {
        Labels = pool.Draws.Count,
        Failures = failures,
        OtherLabels = other,
        MeanForceElectronvoltPerAngstrom = EffectiveResult.MeanForce(_basis, pool, found.Weights),
    };

    /// <summary>Harmonic force constants from the fewest displacements.</summary>
    private async Task<CompactForceConstants> HarmonicAsync(CancellationToken cancellation)
    {
        ImmutableArray<AtomDisplacement> displacements = SymmetryDistinctDisplacements.Of(_basis.Symmetry, StartAmplitudeAngstrom, OppositeDisplacements.WhereDistinct);
        ImmutableArray<(ExtendedXyzFrame Frame, Label? Label)> labelled = await _folder.LabelAsync("displacements", DisplacedFrames.Write(_basis.Symmetry.Supercell, displacements), cancellation);
        ForceSet[] sets = [.. labelled.Zip(displacements, (cell, displacement) => cell.Label is { } label ? new ForceSet(displacement, label.Forces) : throw new InputException(
            $"The displaced cell '{cell.Frame.Info["id"]}' of the harmonic start has no label: the engine failed on every rung. Give force constants to start with (--start)."))];
        return CompactForceConstants.Of(ForceConstantsFit.Fit(_basis.Symmetry, sets).Symmetrised(), _basis.Symmetry);
    }

    /// <summary>A seed for each iteration, so that no cell of one is a scaled copy of one of another.</summary>
    private ulong SeedOf(int iteration) => (_options.Seed * 1000) + (ulong)iteration;
}
