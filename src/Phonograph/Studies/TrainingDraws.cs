using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Studies;

/// <summary>
/// The division of a study: one test set per kind, fixed by the seed before any training, and repeated draws of training and validation
/// cells from the rest. Draws overlap, because they come from one pool; intervals over draws are therefore too narrow for statements
/// about fresh labels.
/// </summary>
public sealed class TrainingDraws
{
    /// <summary>Kind of training data drawn from the cells of all kinds together, in the shares they have there; kind of test data made of all test sets.</summary>
    public const string Combined = "combined";

    private const double TestShare = 0.15, ValidationShare = 0.15;
    private readonly Split _division;
    private readonly ulong _seed;

    private TrainingDraws(Split division, ImmutableArray<LabelledConfiguration> frames, ImmutableArray<string> schemes, ulong seed)
    {
        _division = division;
        Frames = frames;
        Test = division.Test.AddRange(frames);
        BlockFemtosecond = FrameMemory.BlockFemtosecond(frames);
        Blocks = frames.ToImmutableDictionary(frame => frame.Id, frame => TrajectoryPlace.Of(frame) is { } place && BlockFemtosecond > 0 ? place.Block(BlockFemtosecond) : frame.Id, StringComparer.Ordinal);
        _seed = seed;
        Schemes = schemes;
        FullSize = schemes.Min(scheme => Draw(scheme, 0).Training.Length);
        ValidationSize = schemes.Min(scheme => Draw(scheme, 0).Validation.Length);
    }

    /// <summary>Kinds of cells in the data, such as <c>phonon</c>, <c>einstein</c>, <c>random</c>.</summary>
    public ImmutableArray<string> Schemes { get; }

    /// <summary>Kinds of training data: the kinds of cells, and all combined when there are several.</summary>
    public ImmutableArray<string> Kinds => Schemes.Length > 1 ? Schemes.Add(Combined) : Schemes;

    /// <summary>Kinds of test cells: those of the training cells, and frames of molecular dynamics (<see cref="TrajectoryPlace.Scheme"/>) where there are some.</summary>
    public ImmutableArray<string> TestKinds => Frames.IsEmpty ? Kinds : Kinds.Add(TrajectoryPlace.Scheme);

    /// <summary>Frames of molecular dynamics, which no scheme drew: test cells only, and in no combined set.</summary>
    public ImmutableArray<LabelledConfiguration> Frames { get; }

    /// <summary>Length of a block of frames, fs; 0 without frames.</summary>
    public double BlockFemtosecond { get; }

    /// <summary>For each frame the block that intervals resample as one; other cells have none.</summary>
    public ImmutableDictionary<string, string> Blocks { get; }

    /// <summary>Number of training cells of every kind: that of the kind that has fewest.</summary>
    public int FullSize { get; }

    /// <summary>Number of validation cells of every kind.</summary>
    public int ValidationSize { get; }

    /// <summary>Test cells of all kinds and the frames, the same for every draw.</summary>
    public ImmutableArray<LabelledConfiguration> Test { get; }

    /// <summary>Fixes the test sets.</summary>
    /// <param name="data">Labelled cells; those of the scheme <see cref="TrajectoryPlace.Scheme"/> are frames.</param>
    /// <param name="seed">Seed of test sets and draws.</param>
    /// <exception cref="InputException">There are too few configurations to divide.</exception>
    public static TrainingDraws Create(Dataset data, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        LabelledConfiguration[] drawn = [.. data.Configurations.Where(cell => cell.Scheme != TrajectoryPlace.Scheme)];
        var division = Split.Create(drawn, new SplitOptions { Seed = seed, ValidationShare = 0, TestShare = TestShare });
        string[] schemes = [.. drawn.Select(configuration => configuration.SchemeClass).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new TrainingDraws(division, [.. data.Configurations.Where(cell => cell.Scheme == TrajectoryPlace.Scheme)], [.. schemes], seed);
    }

    /// <summary>The predictions that belong to one kind of test cells; combined are the cells of all schemes, without frames.</summary>
    /// <param name="predictions">Predictions on test cells.</param>
    /// <param name="testedOn">A kind of <see cref="TestKinds"/>.</param>
    public static ImmutableArray<Prediction> Of(ImmutableArray<Prediction> predictions, string testedOn) =>
        [.. predictions.Where(prediction => testedOn == Combined ? prediction.Scheme != TrajectoryPlace.Scheme : prediction.Scheme == testedOn)];

    /// <summary>Training cells of a size, validation cells and test cells of one kind and draw.</summary>
    /// <param name="kind">A kind of <see cref="Kinds"/>.</param>
    /// <param name="draw">Number of the draw, from 0.</param>
    /// <param name="size">Number of training cells; smaller sets are part of larger ones of the same draw.</param>
    public Split Of(string kind, int draw, int size)
    {
        Split whole = Draw(kind, draw);
        ulong seed = DrawSeed(draw);
        return new Split(whole.TrainingSubset(size, seed), new Split(whole.Validation, [], []).TrainingSubset(ValidationSize, seed), Test);
    }

    /// <summary>Seed of a draw: of its division, of its order and of the weights trained on it.</summary>
    public ulong DrawSeed(int draw) => _seed + 1 + (ulong)draw;

    private Split Draw(string kind, int draw)
    {
        IEnumerable<LabelledConfiguration> pool = _division.Training.Where(configuration => kind == Combined || configuration.SchemeClass == kind);
        return Split.Create(pool, new SplitOptions { Seed = DrawSeed(draw), ValidationShare = ValidationShare / (1 - TestShare), TestShare = 0 });
    }
}
