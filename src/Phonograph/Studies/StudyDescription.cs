using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Labelling.TightBinding;
using Phonograph.Learning.Training;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Reporting;

namespace Phonograph.Studies;

/// <summary>What a study was made of: crystal, census, labels, division, provenance. Made before the training, so that a wrong file costs no time.</summary>
internal sealed class StudyDescription(Dataset data, TrainingDraws draws, StudyOptions options)
{
    private const double ExampleTemperatureKelvin = 300;
    private readonly LabelledConfiguration _first = data.Configurations[0];
    private readonly LabelledConfiguration? _ideal = options.IdealFile is { } file ? data.ReadUndisplaced(file) : null;
    private readonly Crystal? _unitCell = options.UnitCellFile is { } file ? UnitCell(file, data.Configurations[0].Crystal) : null;

    /// <summary>Crystal and level.</summary>
    public MaterialDescription Material() => new(
        ChemicalFormula.Reduced(_first.Crystal),
        $"{_first.Crystal.AtomCount}-atom cell, lattice fixed",
        _first.Crystal.AtomCount,
        _first.Crystal.Lattice.Rows,
        data.Engine,
        _first.Frame.Info.GetValueOrDefault("engine_version", "version not recorded"),
        data.Level,
        data.Engine == TightBindingEngine.EngineName,
        _first.Frame.Info.GetValueOrDefault("vbm_reference", "not recorded"),
        _ideal is null ? [] : Labels(_ideal));

    /// <summary>Crystals of Figure 1: the ideal unit cell, its graph, and the displaced cell drawn nearest to 300 K.</summary>
    public ExampleCrystal? Example()
    {
        if (_unitCell is not { } unit)
        {
            return null;
        }

        LabelledConfiguration displaced = data.Configurations.Where(cell => cell.Scheme != TrajectoryPlace.Scheme).OrderBy(cell => Math.Abs((cell.TemperatureKelvin ?? 0) - ExampleTemperatureKelvin)).First();
        return new ExampleCrystal(
            CrystalSnapshot.Of(unit), CrystalSnapshot.Of(displaced.Crystal), displaced.Stratum.Label, GraphSnapshot.Of(CrystalGraphBuilder.Build(unit, options.Graph)));
    }

    /// <summary>What was drawn, labelled and lost.</summary>
    public ImmutableArray<StratumSummary> Census() =>
    [
        .. data.Census().Rows.Select(row =>
        {
            LabelledConfiguration[] labelled = [.. data.Configurations.Where(cell => cell.Stratum == row.Stratum)];
            double amplitude = labelled.Length == 0 ? double.NaN : Math.Sqrt(labelled.Average(cell => MeanSquareDisplacement(cell)));
            return new StratumSummary(
                row.Stratum.Scheme, row.Stratum.TemperatureKelvin, row.Stratum.WidthAngstrom, row.Drawn, row.Labelled,
                [.. data.Failures.Where(failure => failure.Stratum == row.Stratum).GroupBy(failure => failure.Reason).Select(group => new FailureCount(group.Key, group.Count()))],
                row.Metallic,
                row.Failed == 0 ? amplitude : double.NaN,
                amplitude,
                [.. Property.All.Select(property => Summary(property, [.. labelled.Select(cell => cell[property])]))]);
        }),
    ];

    /// <summary>Every labelled cell with its labels.</summary>
    public ImmutableArray<ConfigurationRow> Configurations() =>
    [
        .. data.Configurations.Select(cell => new ConfigurationRow(
            cell.Id, cell.SchemeClass, cell.TemperatureKelvin, cell.WidthAngstrom, Math.Sqrt(MeanSquareDisplacement(cell)), cell.IsMetallic, Labels(cell), draws.Blocks.GetValueOrDefault(cell.Id))),
    ];

    /// <summary>How the cells were divided and what was checked.</summary>
    public SplitStatement Division()
    {
        Split whole = draws.Of(draws.Kinds[^1], 0, draws.FullSize);
        LeakageReport leakage = LeakageCheck.Examine(whole);
        string counts = leakage.IsClean
            ? "No configuration stands in two parts, and no two cells of different parts are closer than"
            : $"LEAK: {leakage.SharedIds.Length} identifiers stand in two parts, and {leakage.ClosePairs.Length} pairs of cells of different parts are closer than";
        string nearest = leakage.NearestTestToTrainingAngstrom is { } smallest && leakage.MedianTestToTrainingAngstrom is { } median
            ? string.Create(CultureInfo.InvariantCulture, $"; from a test cell to the nearest training cell it is {smallest:0.000} Å at least and {median:0.000} Å in the median")
            : "";
        return new SplitStatement(
            $"Test cells (15 % of each scheme and temperature or width) are fixed by the seed. {options.Draws} training draws divide the rest into training (70 % of all) and validation (15 %); every kind of training data has {draws.FullSize} training and {draws.ValidationSize} validation cells.{Frames()}",
            options.Seed,
            [
                .. from kind in draws.Kinds
                   let split = draws.Of(kind, 0, draws.FullSize)
                   let test = split.Test.Count(cell => kind == TrainingDraws.Combined ? cell.Scheme != TrajectoryPlace.Scheme : cell.SchemeClass == kind)
                   from part in new[] { ("train", split.Training.Length), ("validation", split.Validation.Length), ("test", test) }
                   select new SplitCount(kind, part.Item1, part.Item2),
                .. draws.Frames.IsEmpty ? Array.Empty<SplitCount>() : [new SplitCount(TrajectoryPlace.Scheme, "test", draws.Frames.Length)],
            ],
            $"{counts} {leakage.ToleranceAngstrom.ToString(CultureInfo.InvariantCulture)} Å r.m.s. per atom{nearest} (first draw, all kinds together).");
    }

    private string Frames() => draws.Frames.IsEmpty ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" {draws.Frames.Length} frames of molecular dynamics, which no scheme drew, are test cells of their own, in no combined set; intervals resample them in {draws.Blocks.Values.Distinct(StringComparer.Ordinal).Count()} blocks of {draws.BlockFemtosecond:0.#} fs.");

    /// <summary>Program, machine, data and settings.</summary>
    /// <param name="wallTime">Duration of the study.</param>
    /// <param name="fitCount">Number of trained models.</param>
    public StudyProvenance Provenance(TimeSpan wallTime, int fitCount) => new(
        Trainer.ProgramVersion,
        options.Command,
        options.Seed,
        options.SideBySide ?? Environment.ProcessorCount,
        Math.Round(wallTime.TotalSeconds, 1),
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors, {(Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "no AVX2")}",
        [.. options.DataFiles.Concat(options.FrameFiles).Concat(new[] { options.UnitCellFile is null ? null : options.ForceConstantsFile }.OfType<string>()).Select(file => new DataFileHash(Path.GetFileName(file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))))],
        [
            new("training draws", options.Draws.ToString(CultureInfo.InvariantCulture)),
            new("fits", fitCount.ToString(CultureInfo.InvariantCulture)),
            new("learning-curve sizes", string.Join(", ", StudyFits.Sizes(draws, options))),
            new("test cells explained, of each kind", options.ExplainedCells.ToString(CultureInfo.InvariantCulture)),
            new("graph cutoff (Å)", options.Graph.CutoffAngstrom.ToString(CultureInfo.InvariantCulture)),
        ]);

    private static Crystal UnitCell(string file, Crystal displaced)
    {
        Crystal unit = CrystalFile.Read(file);
        return ChemicalFormula.IsSameCompound(unit, displaced)
            ? unit
            : throw InputException.At(file, 0, $"a crystal of {ChemicalFormula.Reduced(unit)}", $"the unit cell of the labelled {ChemicalFormula.Reduced(displaced)}", "Give the right unit cell with --unit-cell.");
    }

    private static ImmutableArray<PropertyValue> Labels(LabelledConfiguration cell) => [.. Property.All.Select(property => new PropertyValue(property.Key, cell[property]))];

    private static double MeanSquareDisplacement(LabelledConfiguration cell) => cell.DisplacementsCartesian is { } moves ? moves.Average((Vector3D move) => move.LengthSquared) : double.NaN;

    private static LabelSummary Summary(Property property, double[] labels)
    {
        double mean = labels.DefaultIfEmpty(double.NaN).Average();
        return new LabelSummary(property.Key, mean, Math.Sqrt(labels.Select(label => (label - mean) * (label - mean)).DefaultIfEmpty(double.NaN).Average()));
    }
}
