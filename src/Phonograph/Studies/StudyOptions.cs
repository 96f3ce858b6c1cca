using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Training;
using Phonograph.Reporting;

namespace Phonograph.Studies;

/// <summary>Everything that decides the numbers of a study, and how much of the machine it may use.</summary>
public sealed record StudyOptions
{
    /// <summary>Extended XYZ files of labelled configurations of one crystal, one engine and one level.</summary>
    public required ImmutableArray<string> DataFiles { get; init; }

    /// <summary>
    /// Extended XYZ files of labelled frames of molecular dynamics (scheme <c>dynamics</c>) of the same crystal, engine and level: test cells that no scheme drew. Frames in <see cref="DataFiles"/> are taken alike; none when empty.
    /// </summary>
    public ImmutableArray<string> FrameFiles { get; init; } = [];

    /// <summary>POSCAR of the ideal unit cell, for Figure 1; null leaves the figure out.</summary>
    public string? UnitCellFile { get; init; }

    /// <summary>
    /// FORCE_CONSTANTS of the supercell of the cells: the amplitudes of every cell in its modes are what two of the baselines read. It needs <see cref="UnitCellFile"/>; without it the amplitudes are those the
    /// cells carry, if all carry some.
    /// </summary>
    public string? ForceConstantsFile { get; init; }

    /// <summary>Labelled ideal supercell, for the labels of the undisplaced crystal; null when there is none.</summary>
    public string? IdealFile { get; init; }

    /// <summary>Seed of the test set, of the training draws, of weights and of the bootstrap.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of training draws behind every number.</summary>
    public int Draws { get; init; } = 5;

    /// <summary>Shares of the full training set that make the points of the learning curve, rising, the last one 1.</summary>
    public ImmutableArray<double> LearningCurveShares { get; init; } = [0.125, 0.25, 0.5, 1];

    /// <summary>Settings of every fit; the seed is replaced by that of the draw.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Settings of the learned Hamiltonians beside the networks; the seed is replaced by that of the draw. Null for none.</summary>
    public HamiltonianOptions? Hamiltonian { get; init; }

    /// <summary>Test cells of each kind on which the models of the band gap are explained; 0 for no explanations.</summary>
    public int ExplainedCells { get; init; } = 12;

    /// <summary>What was written down before, to be answered in the report; it names kinds of cells of the data.</summary>
    public ImmutableArray<Hypothesis> Hypotheses { get; init; } = [];

    /// <summary>Numbers from the literature to be set beside those of the study.</summary>
    public ImmutableArray<PublishedResult> Published { get; init; } = [];

    /// <summary>How crystals become graphs.</summary>
    public GraphOptions Graph { get; init; } = new();

    /// <summary>Folder of trained models, so that a killed study continues; it may be deleted at any time.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Fits done side by side, each on one thread; the number of processors when null. It changes no number.</summary>
    public int? SideBySide { get; init; }

    /// <summary>A sentence shown on top of the report, for example that this was a quick run; null for none.</summary>
    public string? Notice { get; init; }

    /// <summary>The command as it was given, for the report.</summary>
    public string Command { get; init; } = "phonograph study";

    /// <summary>Checks every value.</summary>
    /// <exception cref="InputException">A value is out of its range.</exception>
    public StudyOptions Validated()
    {
        Training.Validated();
        Hamiltonian?.Validated();
        if (DataFiles.IsDefaultOrEmpty)
        {
            throw new InputException("The study has no data files. Give at least one extended XYZ file of labelled configurations.");
        }

        if (Draws < 1)
        {
            throw new InputException($"{Draws} training draws were asked for; give at least 1.");
        }

        if (ExplainedCells < 0)
        {
            throw new InputException($"{ExplainedCells} test cells of each kind are to be explained; give at least 0.");
        }

        bool isRising = LearningCurveShares.Zip(LearningCurveShares.Skip(1)).All(pair => pair.First < pair.Second);
        if (LearningCurveShares.IsDefaultOrEmpty || !isRising || LearningCurveShares[0] <= 0 || LearningCurveShares[^1] != 1)
        {
            throw new InputException("The shares of the learning curve must rise from above 0 to 1.");
        }

        return this;
    }
}
