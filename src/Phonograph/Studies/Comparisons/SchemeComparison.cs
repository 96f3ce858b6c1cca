using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Fitting;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Studies.Comparisons;

/// <summary>
/// The controlled comparison: models trained on the same number of cells of each sampling scheme, with the same settings, tested on the same cells. What do amplitude, mass, anisotropy on the site and correlation contribute, and does it help on
/// molecular dynamics, which no scheme has drawn?
/// </summary>
public static class SchemeComparison
{
    /// <summary>Compares; what an earlier run of the same comparison trained or searched is read.</summary>
    /// <param name="options">Data, schemes, models, sizes, seed.</param>
    /// <param name="progress">Told about graphs, searches, fits and tables.</param>
    /// <param name="cancellation">Stops the comparison; the same call continues.</param>
    /// <exception cref="InputException">Data or options cannot be used.</exception>
    public static ComparisonResult Run(ComparisonOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();

        // Division: test cells are fixed by the seed before any training; every scheme gives equally many training and validation cells.
        var cells = ComparisonCells.Read(options, cancellation);
        ComparisonDesign design = cells.Design();
        var graphs = GraphLibrary.Build(cells.Data.Configurations, options.Graph, progress, cancellation);

        // Start models of the fine-tuning, refused when they have seen a test cell.
        ImmutableArray<FineTuning> starts = FineTuning.Read(cells, graphs, options);

        // Settings: the same number of trials for every model and property, on cells of all schemes in equal parts.
        var settings = ComparisonSettings.Choose(cells, graphs, options, searches: true, progress, cancellation);

        // Models: every model, property, scheme, size and draw.
        var fits = ComparisonFits.Train(cells, settings, starts, graphs, options, progress, cancellation);

        // Findings: errors, paired differences, thermal means and learning curves with intervals over training draws and test cells or blocks.
        var findings = new ComparisonFindings(fits, cells, options, progress, cancellation);
        (ImmutableArray<SchemeCurve> curves, ImmutableArray<SchemeSaving> savings) = findings.Curves();
        return new ComparisonResult
        {
            Design = design,
            Settings =
            [
                .. settings.Rows,
                .. starts.Select(start => new ComparedSettings(start.Name, start.Property.Key, 0, null, ComparisonSettings.Values(start.Settings(settings[start.Scratch, start.Property])))),
            ],
            TestSets = [.. cells.TestSets.Select(tested => tested.Row)],
            Errors = findings.Errors(),
            Differences = findings.Differences(),
            Contrasts = findings.Contrasts(),
            ThermalMeans = findings.ThermalMeans(),
            Curves = curves,
            Savings = savings,
            Hypotheses = options.Hypotheses,
            Notes = [.. Notes(cells, design, options), .. fits.Notes],
        };
    }

    /// <summary>Reads and divides the cells of a comparison and draws from them, without training: what cannot be compared is refused before a longer job begins.</summary>
    /// <param name="options">Data, schemes, models, sizes, seed.</param>
    /// <param name="cancellation">Stops the examination.</param>
    /// <exception cref="InputException">Data or options cannot be used.</exception>
    public static void Check(ComparisonOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ = ComparisonCells.Read(options.Validated(), cancellation);
    }

    /// <summary>The networks of a comparison before it is run, for those who train them elsewhere; learned Hamiltonians (<see cref="Hamiltonians"/>) and baselines are not among them.</summary>
    /// <param name="options">Data, schemes, models, sizes, seed.</param>
    /// <param name="searches">Whether settings that are to be tuned are searched here when they have not been; otherwise the first candidates stand in for them.</param>
    /// <param name="progress">Told about graphs and searches.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">Data or options cannot be used.</exception>
    public static ImmutableArray<FitRequest> Requests(ComparisonOptions options, bool searches, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        var cells = ComparisonCells.Read(options, cancellation);
        var graphs = GraphLibrary.Build(cells.Data.Configurations, options.Graph, progress, cancellation);
        ImmutableArray<FineTuning> starts = FineTuning.Read(cells, graphs, options);
        var settings = ComparisonSettings.Choose(cells, graphs, options, searches, progress, cancellation);
        return ComparisonFits.Requests(cells, settings, starts, graphs, options);
    }

    /// <summary>The learned Hamiltonians of a comparison before it is run, for those who learn them elsewhere; none where none are compared.</summary>
    /// <param name="options">Data, schemes, models, sizes, seed.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">Data or options cannot be used.</exception>
    public static ImmutableArray<HamiltonianRequest> Hamiltonians(ComparisonOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ComparisonFits.Hamiltonians(ComparisonCells.Read(options.Validated(), cancellation), options, cancellation);
    }

    /// <summary>The searches for settings of a comparison before it is run, for those who try settings elsewhere; none where settings are given.</summary>
    /// <param name="options">Data, schemes, models, number of trials.</param>
    /// <param name="progress">Told about graphs.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InputException">Data or options cannot be used.</exception>
    public static ImmutableArray<ComparisonSearch> Searches(ComparisonOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validated().Trials == 0)
        {
            return [];
        }

        var cells = ComparisonCells.Read(options, cancellation);
        var graphs = GraphLibrary.Build(cells.Data.Configurations, options.Graph, progress, cancellation);
        Split mixed = cells.Mixed();
        return
        [
            .. from model in options.Models
               where !model.IsHamiltonian
               from property in options.Properties
               select ComparisonSearch.Of(model, property, mixed, cells, graphs, options),
        ];
    }

    private static IEnumerable<string> Notes(ComparisonCells cells, ComparisonDesign design, ComparisonOptions options)
    {
        if (design.IsModelEngine)
        {
            yield return "The labels come from an analytic tight-binding model, not from an electronic-structure program: they test the method and say nothing about a real crystal.";
        }

        int metallic = cells.Data.Configurations.Count(cell => cell.IsMetallic);
        if (metallic > 0)
        {
            yield return $"{metallic} labelled cells are metallic. They are kept and flagged.";
        }

        yield return "Draws of training cells come from one pool and overlap, so plain intervals are too narrow for fresh labels; the interval of Nadeau and Bengio widens for that and speaks of the choice of training cells alone.";
        if (options.Draws < 8)
        {
            yield return $"{options.Draws} training draws are few: intervals over draws are narrow below about eight.";
        }

        if (cells.TestSets.Any(tested => tested.IsFrames && tested.Row.Blocks < 8))
        {
            yield return "Some sets of frames have fewer than eight blocks: their intervals are rough.";
        }

        if (!cells.TestSets.Any(tested => tested.IsFrames))
        {
            yield return "No frames of molecular dynamics were given: what a thermal cell needs is not measured here.";
        }
    }
}
