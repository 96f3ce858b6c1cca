using System.Collections.Immutable;
using Phonograph.Datasets;

namespace Phonograph.Reporting.Comparisons;

/// <summary>
/// Everything a finished comparison of sampling schemes knows: the one input of its files and of whatever draws it. It is written as JSON (<see cref="ComparisonResultFile"/>) and holds no times, so equal data and options give equal bytes on one kind of processor.
/// </summary>
public sealed record ComparisonResult
{
    /// <summary>What was compared, and how.</summary>
    public required ComparisonDesign Design { get; init; }

    /// <summary>Settings of every compared model for every property, and how they were chosen.</summary>
    public ImmutableArray<ComparedSettings> Settings { get; init; } = [];

    /// <summary>Test sets.</summary>
    public ImmutableArray<TestSetRow> TestSets { get; init; } = [];

    /// <summary>Errors of every model, trained on every scheme, on every test set, at the full training size.</summary>
    public ImmutableArray<SchemeError> Errors { get; init; } = [];

    /// <summary>Differences of errors on the same test cells: pairs of schemes, and fine-tuning against training from scratch.</summary>
    public ImmutableArray<SchemeDifference> Differences { get; init; } = [];

    /// <summary>Weighted sums of errors of more than two schemes.</summary>
    public ImmutableArray<SchemeContrast> Contrasts { get; init; } = [];

    /// <summary>Mean band gap of molecular dynamics, labelled and predicted.</summary>
    public ImmutableArray<ThermalMean> ThermalMeans { get; init; } = [];

    /// <summary>Errors against the number of training cells.</summary>
    public ImmutableArray<SchemeCurve> Curves { get; init; } = [];

    /// <summary>Labels that one scheme saves against another at equal error.</summary>
    public ImmutableArray<SchemeSaving> Savings { get; init; } = [];

    /// <summary>What was written down before, to be answered.</summary>
    public ImmutableArray<SchemeHypothesis> Hypotheses { get; init; } = [];

    /// <summary>What a reader must know beside the numbers, in plain sentences.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Schemes by the error of a model on a test set, the lowest first; intervals may overlap.</summary>
    /// <param name="property">What is predicted.</param>
    /// <param name="model">Name of the compared model.</param>
    /// <param name="testedOn">Test set.</param>
    public ImmutableArray<string> Order(Property property, string model, string testedOn) =>
    [
        .. Errors.Select(error => error.Metric).Where(metric => metric.Property == property && metric.Model == model && metric.TestedOn == testedOn)
            .OrderBy(metric => metric.MeanAbsoluteError.Value).Select(metric => metric.TrainedOn),
    ];
}

/// <summary>What was compared, and how.</summary>
/// <param name="Formula">Reduced formula; several are joined by commas.</param>
/// <param name="Engine">Program that computed the labels.</param>
/// <param name="Level">Level of theory.</param>
/// <param name="IsModelEngine">True for labels of the built-in tight-binding model.</param>
/// <param name="Schemes">Compared schemes, in the order of tables.</param>
/// <param name="TrainingSize">Training cells of every scheme and draw.</param>
/// <param name="ValidationSize">Validation cells of every scheme and draw.</param>
/// <param name="Draws">Training draws.</param>
/// <param name="Seed">Seed of test cells, draws, weights and bootstrap.</param>
/// <param name="Resamples">Resamples of every bootstrap.</param>
/// <param name="Division">The rule of the division in one sentence.</param>
/// <param name="GapAboveElectronvolt">Range filter: only cells with a gap above this took part, eV; null for all.</param>
/// <param name="FilteredCells">Cells that the filter took out.</param>
/// <param name="LabelsAreShifts">True where labels are shifts from the cell at rest.</param>
/// <param name="Counts">Cells by scheme and part.</param>
/// <param name="Leakage">What was checked between training and test cells, and the outcome.</param>
/// <param name="ProgramVersion">Version of Phonograph.</param>
/// <param name="Command">The command as it was given.</param>
/// <param name="Data">Data files with their hashes.</param>
public sealed record ComparisonDesign(
    string Formula,
    string Engine,
    string Level,
    bool IsModelEngine,
    ImmutableArray<string> Schemes,
    int TrainingSize,
    int ValidationSize,
    int Draws,
    ulong Seed,
    int Resamples,
    string Division,
    double? GapAboveElectronvolt,
    int FilteredCells,
    bool LabelsAreShifts,
    ImmutableArray<SplitCount> Counts,
    string Leakage,
    string ProgramVersion,
    string Command,
    ImmutableArray<DataFileHash> Data);

/// <summary>Settings of one compared model for one property.</summary>
/// <param name="Model">Name of the compared model.</param>
/// <param name="Property">Key of the property.</param>
/// <param name="Trials">Settings tried; 0 where they were given.</param>
/// <param name="ValidationMeanAbsoluteError">Error of the chosen settings on the validation cells of all schemes in equal parts, in the unit of the property; null where they were given.</param>
/// <param name="Values">Settings by name.</param>
public sealed record ComparedSettings(string Model, string Property, int Trials, double? ValidationMeanAbsoluteError, ImmutableArray<NamedValue> Values);

/// <summary>A set of cells that errors are reported on.</summary>
/// <param name="Name">A scheme, <c>combined</c>, one temperature or width of a scheme (<c>phonon 300 K</c>), or frames with their temperature (<c>dynamics 300 K</c>).</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Blocks">Number of blocks that are resampled as one.</param>
/// <param name="BlockFemtosecond">Length of a block of frames, fs; null for cells that are no frames.</param>
/// <param name="IsPart">True for one temperature or width of a scheme that has several: errors are reported there, differences and curves are not.</param>
public sealed record TestSetRow(string Name, int Cells, int Blocks, double? BlockFemtosecond, bool IsPart);
