using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Training;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Studies.Comparisons;

/// <summary>Everything that decides the numbers of a comparison of schemes, and how much of the machine it may use.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Extended XYZ files of labelled cells and frames of one engine and one level; the scheme of each is its key <c>scheme</c>.</summary>
    public required ImmutableArray<string> DataFiles { get; init; }

    /// <summary>Labelled cells at rest: with them labels become shifts, which compounds need to be compared; none leaves the labels as they are.</summary>
    public ImmutableArray<string> AtRestFiles { get; init; } = [];

    /// <summary>FORCE_CONSTANTS of the supercell, for the baselines on mode amplitudes; needs <see cref="UnitCellFile"/>.</summary>
    public string? ForceConstantsFile { get; init; }

    /// <summary>POSCAR of the unit cell.</summary>
    public string? UnitCellFile { get; init; }

    /// <summary>Schemes to compare; empty for all that have cells to train on.</summary>
    public ImmutableArray<string> Schemes { get; init; } = [];

    /// <summary>Pairs of schemes; empty for the registered ones.</summary>
    public ImmutableArray<SchemePair> Pairs { get; init; } = [];

    /// <summary>Models to compare.</summary>
    public ImmutableArray<ComparedModel> Models { get; init; } = [ComparedModel.Of("m6")];

    /// <summary>Properties.</summary>
    public ImmutableArray<Property> Properties { get; init; } = [.. Property.All];

    /// <summary>How cells are divided; its seed is that of the draws, the weights and the bootstrap too.</summary>
    public DivisionOptions Division { get; init; } = new();

    /// <summary>Training cells of every scheme and draw.</summary>
    public int TrainingSize { get; init; } = 64;

    /// <summary>Validation cells of every scheme and draw.</summary>
    public int ValidationSize { get; init; } = 16;

    /// <summary>Smaller numbers of training cells, rising, for learning curves; validation cells keep their share.</summary>
    public ImmutableArray<int> CurveSizes { get; init; } = [];

    /// <summary>
    /// True to train on the smaller numbers of cells for as many steps as on <see cref="TrainingSize"/>; false for as many epochs, with which few cells have few steps.
    /// </summary>
    public bool EqualSteps { get; init; }

    /// <summary>Training draws.</summary>
    public int Draws { get; init; } = 10;

    /// <summary>Resamples of every bootstrap.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>What all trainings share; model, width, learning rate and dropout are replaced where they are tuned.</summary>
    public TrainingOptions Training { get; init; } = new() { Hidden = 128, Epochs = 200, Patience = 40 };

    /// <summary>Settings that tuning tries for each model and property; 0 to take those of <see cref="Training"/>.</summary>
    public int Trials { get; init; }

    /// <summary>Settings of learned Hamiltonians.</summary>
    public HamiltonianOptions Hamiltonian { get; init; } = new();

    /// <summary>Model files of one property each, to fine-tune beside training from scratch.</summary>
    public ImmutableArray<string> StartFiles { get; init; } = [];

    /// <summary>What was written down before, to be answered.</summary>
    public ImmutableArray<SchemeHypothesis> Hypotheses { get; init; } = [];

    /// <summary>How crystals become graphs.</summary>
    public GraphOptions Graph { get; init; } = new();

    /// <summary>Folder of trained models and searches, so that a killed comparison continues; it may be deleted at any time.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Fits done side by side, each on one thread; the number of processors when null. It changes no number.</summary>
    public int? SideBySide { get; init; }

    /// <summary>The command as it was given.</summary>
    public string Command { get; init; } = "phonograph study compare";

    /// <summary>Sizes of the learning curve, rising, the full one last.</summary>
    public ImmutableArray<int> Sizes => [.. CurveSizes, TrainingSize];

    /// <summary>Share of validation cells.</summary>
    public double ValidationShare => ValidationSize / (double)(TrainingSize + ValidationSize);

    /// <summary>Validation cells beside a number of training cells.</summary>
    public int ValidationOf(int trainingSize) => Math.Max(1, (int)Math.Round((double)trainingSize * ValidationSize / TrainingSize, MidpointRounding.AwayFromZero));

    /// <summary>Settings of a training on one of the sizes.</summary>
    internal TrainingOptions At(int trainingSize, TrainingOptions settings)
    {
        return EqualSteps && trainingSize < TrainingSize ? settings.Stretched(StepsOfAnEpoch(TrainingSize) / (double)StepsOfAnEpoch(trainingSize)) : settings;

        int StepsOfAnEpoch(int cells) => (cells + settings.BatchSize - 1) / settings.BatchSize;
    }

    /// <summary>Checks every value.</summary>
    /// <exception cref="InputException">A value is out of its range.</exception>
    public ComparisonOptions Validated()
    {
        Training.Validated();
        Hamiltonian.Validated();
        Division.Validated();
        Require(!DataFiles.IsDefaultOrEmpty, "The comparison has no data files. Give extended XYZ files of labelled cells.");
        Require(Draws >= 1, $"{Draws} training draws were asked for; give at least 1.");
        Require(TrainingSize >= 2, $"{TrainingSize} training cells were asked for; give at least 2.");
        Require(ValidationSize >= 1, $"{ValidationSize} validation cells were asked for; give at least 1.");
        Require(Resamples >= 100, $"{Resamples} resamples were asked for; give at least 100.");
        Require(Trials >= 0, $"{Trials} trials were asked for; give 0 or more.");
        Require(!Models.IsEmpty && !Properties.IsEmpty, "The comparison has no models or no properties. Name at least one of each.");
        Require(
            Sizes[0] >= 2 && Sizes.Zip(Sizes.Skip(1)).All(pair => pair.First < pair.Second),
            $"The sizes of the learning curve are {string.Join(", ", Sizes)}; they must rise from at least 2 to the number of training cells.");
        foreach (ComparedModel model in Models.Where(model => model.Recipe is not null))
        {
            Require(Trials > 0, $"The model '{model.Name}' has a recipe of settings to try, and no trials were asked for. Give trials, or take the recipe out.");
            model.Recipe!.Draw(Trials, Division.Seed);
        }

        if (Trials == 0 && Models.FirstOrDefault(model => model.Architectures.Length > 1) is { } family)
        {
            throw new InputException($"The model '{family.Name}' is a family ({string.Join(", ", family.Architectures)}) of which tuning chooses one. Give --trials, or name a member.");
        }

        return this;
    }

    private static void Require(bool isSound, string message)
    {
        if (!isSound)
        {
            throw new InputException(message);
        }
    }
}
