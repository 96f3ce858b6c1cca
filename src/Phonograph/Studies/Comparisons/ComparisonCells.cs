using System.Collections.Immutable;
using System.Security.Cryptography;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Files;
using Phonograph.Labelling.TightBinding;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Studies.Comparisons;

/// <summary>The cells of a comparison: read, divided, in pools by scheme and in test sets. Made before any training, so that a wrong file costs no time.</summary>
internal sealed class ComparisonCells
{
    private readonly ComparisonOptions _options;
    private readonly ImmutableDictionary<string, SchemePool> _pools;

    private ComparisonCells(ComparisonOptions options, Dataset data, Division division)
    {
        (_options, Data, Division) = (options, data, division);
        Schemes = options.Schemes.IsEmpty ? division.Schemes : options.Schemes;
        if (Schemes.FirstOrDefault(scheme => !division.Schemes.Contains(scheme)) is { } unknown)
        {
            throw new InputException($"--schemes: found '{unknown}'; expected some of {string.Join(", ", division.Schemes)}, which have cells to train on.");
        }

        _pools = Schemes.ToImmutableDictionary(scheme => scheme, scheme => division.PoolOf(scheme, options.ValidationShare), StringComparer.Ordinal);
        TestSets = [.. Sets()];
        Pairs = options.Pairs.IsEmpty ? SchemePair.Registered(Schemes) : options.Pairs;
        if (Pairs.SelectMany(pair => new[] { pair.First, pair.Second }).FirstOrDefault(scheme => !Schemes.Contains(scheme)) is { } missing)
        {
            throw new InputException($"--pairs: found '{missing}'; expected schemes that are compared: {string.Join(", ", Schemes)}.");
        }

        foreach (string scheme in Schemes)
        {
            for (int draw = 0; draw < options.Draws; draw++)
            {
                _ = Draw(scheme, draw, options.TrainingSize);
            }
        }
    }

    /// <summary>All cells.</summary>
    internal Dataset Data { get; }

    internal Division Division { get; }

    internal ImmutableArray<string> Schemes { get; }

    internal ImmutableArray<SchemePair> Pairs { get; }

    internal ImmutableArray<TestSet> TestSets { get; }

    internal static ComparisonCells Read(ComparisonOptions options, CancellationToken cancellation)
    {
        Dataset data = Dataset.Read(options.DataFiles);
        // The range filter is about gaps, not about their shifts: it comes first.
        var division = Division.Create(data.Configurations, options.Division, cancellation);
        if (options.AtRestFiles.IsEmpty)
        {
            return new ComparisonCells(options, data, division);
        }

        ImmutableArray<LabelledConfiguration> shifted = ShiftedLabels.Of(data.Configurations, ShiftedLabels.ReadAtRest(options.AtRestFiles));
        return new ComparisonCells(options, data with { Configurations = shifted }, division.With(shifted));
    }

    /// <summary>Training and validation cells of a scheme, and all test cells.</summary>
    internal Split Draw(string scheme, int draw, int size) => _pools[scheme].Draw(draw, size, _options.ValidationOf(size));

    internal ulong Seed(int draw) => _options.Division.Seed + 1 + (ulong)draw;

    /// <summary>Cells of the first draw of every scheme in equal parts, as many as one scheme has: what settings are tuned on.</summary>
    internal Split Mixed()
    {
        Split[] draws = [.. Schemes.Select(scheme => Draw(scheme, 0, _options.TrainingSize))];
        return new Split([.. Shared(draws, split => split.Training, _options.TrainingSize)], [.. Shared(draws, split => split.Validation, _options.ValidationSize)], []);
    }

    internal ComparisonDesign Design()
    {
        (LabelledConfiguration Cell, DivisionPart Part)[] parts = [.. Division.Parts];
        return new ComparisonDesign(
            string.Join(", ", Data.Configurations.Select(cell => ChemicalFormula.Reduced(cell.Crystal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            Data.Engine, Data.Level, Data.Engine == TightBindingEngine.EngineName, Schemes, _options.TrainingSize, _options.ValidationSize, _options.Draws, _options.Division.Seed, _options.Resamples,
            Rule(), _options.Division.GapAboveElectronvolt, parts.Count(each => each.Part == DivisionPart.Filtered), !_options.AtRestFiles.IsEmpty,
            [
                .. from part in parts
                   group part by (part.Cell.Scheme, part.Part) into cells
                   orderby cells.Key.Scheme, cells.Key.Part
                   select new SplitCount(cells.Key.Scheme, Name(cells.Key.Part), cells.Count()),
            ],
            Leakage(), Execution.ProgramVersion.Current, _options.Command,
            [.. _options.DataFiles.Concat(_options.AtRestFiles).Concat(_options.StartFiles).Select(file => new DataFileHash(Path.GetFileName(file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))))]);
    }

    private static string Name(DivisionPart part) => part switch
    {
        DivisionPart.KinOfTest => "kin of test",
        _ => part.ToString().ToLowerInvariant(),
    };

    private string Rule() => (_options.Division.Kind == DivisionKind.Configuration
        ? FormattableString.Invariant($"{100 * _options.Division.TestShare:0.#} % of the cells of each scheme and temperature or width are test")
        : $"By {_options.Division.Kind.ToString().ToLowerInvariant()}: {string.Join(", ", _options.Division.HeldOut)} held out")
        + ", fixed by the seed before any training; ± pairs, scaled and symmetry copies and frames of one block stay together. Draws come from one pool and overlap.";

    private string Leakage()
    {
        LeakageReport leakage = LeakageCheck.Examine(new Split(Division.Pool, [], [.. Division.Test.Where(cell => TrajectoryPlace.Of(cell) is null)]), _options.Division.ToleranceAngstrom);
        return leakage.IsClean
            ? FormattableString.Invariant($"No test cell, no copy of one and no cell of its group stands in the pool; the nearest is {leakage.NearestTestToTrainingAngstrom:0.000} Å r.m.s. per atom away.")
            : $"LEAK: {leakage.SharedIds.Length} identifiers, {leakage.SharedGroups.Length} groups, {leakage.ClosePairs.Length} close pairs, {leakage.ScaledPairs.Length} scaled pairs and {leakage.SymmetryCopies.Length} copies by symmetry stand on both sides.";
    }

    private IEnumerable<TestSet> Sets()
    {
        ILookup<string, LabelledConfiguration> cells = Division.Test.Where(cell => !_options.Division.TestOnly.Contains(cell.Scheme)).ToLookup(cell => cell.Scheme, StringComparer.Ordinal);
        string[] schemes = [.. cells.Select(group => group.Key).OrderBy(scheme => Schemes.IndexOf(scheme) is var place && place < 0 ? Schemes.Length : place).ThenBy(scheme => scheme, StringComparer.Ordinal)];
        foreach (string scheme in schemes)
        {
            yield return Set(scheme, cells[scheme]);
        }

        if (schemes.Length > 1)
        {
            yield return Set(SchemeMetrics.Combined, schemes.SelectMany(scheme => cells[scheme]));
        }

        foreach (string scheme in schemes.Where(scheme => cells[scheme].Select(cell => cell.Stratum).Distinct().Skip(1).Any()))
        {
            foreach (IGrouping<Stratum, LabelledConfiguration> stratum in cells[scheme].GroupBy(cell => cell.Stratum).OrderBy(group => group.Key, Stratum.TableOrder))
            {
                yield return Set(stratum.Key.Label, stratum) with { IsPart = true };
            }
        }

        foreach (IGrouping<Stratum, LabelledConfiguration> frames in Division.Test.Where(cell => _options.Division.TestOnly.Contains(cell.Scheme)).GroupBy(cell => cell.Stratum).OrderBy(group => group.Key, Stratum.TableOrder))
        {
            yield return Set(frames.Key.Label, frames);
        }
    }

    private TestSet Set(string name, IEnumerable<LabelledConfiguration> cells)
    {
        LabelledConfiguration[] all = [.. cells];
        return new TestSet(name, [.. all.Select(cell => cell.Id)], all.Any(cell => TrajectoryPlace.Of(cell) is not null) ? Division.BlockFemtosecond : null, Division.Blocks);
    }

    private static IEnumerable<LabelledConfiguration> Shared(Split[] draws, Func<Split, ImmutableArray<LabelledConfiguration>> part, int size) =>
        draws.SelectMany((split, place) => part(split).Take((size / draws.Length) + (place < size % draws.Length ? 1 : 0)));
}

/// <summary>Cells that errors are reported on.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Cells">Identifiers.</param>
/// <param name="BlockFemtosecond">Length of a block of frames, fs; null for cells that are no frames.</param>
/// <param name="Blocks">Block of every test cell.</param>
internal sealed record TestSet(string Name, ImmutableHashSet<string> Cells, double? BlockFemtosecond, ImmutableDictionary<string, string> Blocks)
{
    /// <summary>True for one temperature or width of a scheme that has several: only errors are reported.</summary>
    internal bool IsPart { get; init; }

    /// <summary>True for frames of molecular dynamics.</summary>
    internal bool IsFrames => BlockFemtosecond is not null;

    internal TestSetRow Row => new(Name, Cells.Count, Cells.Select(cell => Blocks[cell]).Distinct(StringComparer.Ordinal).Count(), BlockFemtosecond, IsPart);

    /// <summary>The predictions on this set.</summary>
    internal ImmutableArray<Prediction> Of(ImmutableArray<Prediction> predictions) => [.. predictions.Where(prediction => Cells.Contains(prediction.Configuration))];
}
