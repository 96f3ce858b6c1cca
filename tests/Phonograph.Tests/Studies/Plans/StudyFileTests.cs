using System.Text.Json;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Files;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;
using Phonograph.Studies;
using Phonograph.Studies.Comparisons;
using Phonograph.Studies.Plans;
using Phonograph.Testing;

namespace Phonograph.Tests.Studies.Plans;

public sealed class StudyFileTests : IDisposable
{
    private static readonly string Shipped = Repository.PathOf("data", "ag3sbr-xtb");

    /// <summary>The settings of 'phonograph study' before there was a study file, written out.</summary>
    private static readonly StudyOptions Before = new()
    {
        DataFiles = [Path.Combine(Shipped, "cells.xyz.gz")],
        FrameFiles = [Path.Combine(Shipped, "frames.xyz.gz")],
        UnitCellFile = Path.Combine(Shipped, "POSCAR"),
        IdealFile = Path.Combine(Shipped, "ideal.xyz.gz"),
        ForceConstantsFile = Path.Combine(Shipped, "FORCE_CONSTANTS"),
        Seed = 1,
        Draws = 5,
        LearningCurveShares = [0.125, 0.25, 0.5, 1],
        CacheFolder = "models",
        Training = new TrainingOptions { Model = "m6", Hidden = 128, LearningRate = 1e-3, BatchSize = 32, Epochs = 200, Patience = 40 },
        Hamiltonian = new HamiltonianOptions(),
    };

    private readonly TemporaryFolder _folder = new();

    public StudyFileTests()
    {
        foreach (string name in (string[])["cells.xyz", "more.xyz", "frames.xyz", "POSCAR", "FORCE_CONSTANTS", "ideal.xyz"])
        {
            _folder.Write(name, "");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_shipped_file_holds_the_settings_that_the_study_had_before_there_was_a_file()
    {
        // One training draw fewer than then, so that the study takes less than ten minutes on a slow machine too.
        Same(Before with { Draws = 4 }, Read(StudyBudget.Default).Study);
        Same(
            Before with
            {
                Draws = 1,
                LearningCurveShares = [0.25, 1],
                Hamiltonian = null,
                Training = Before.Training with { Hidden = 32, Epochs = 40, Patience = 15 },
                Notice = "A quick run: one training draw and few passes. Intervals cover the test cells only; run 'phonograph study' for the numbers.",
            },
            Read(StudyBudget.Quick).Study);
        Same(Before with { Draws = 10, LearningCurveShares = [0.0625, 0.125, 0.1875, 0.25, 0.375, 0.5, 0.75, 1] }, Read(StudyBudget.Full).Study);

        static StudyPlan Read(StudyBudget budget)
        {
            StudyPlan plan = StudyFile.Read(Path.Combine(Shipped, StudyFile.FileName), budget, "models");
            Assert.Equal(["H1", "H2", "H3", "H4, phonon", "H4, random"], plan.Study.Hypotheses.Select(hypothesis => hypothesis.Name));
            Assert.Equal("arXiv 2511.15222", Assert.Single(plan.Study.Published).Source);
            return plan with { Study = plan.Study with { Hypotheses = [], Published = [] } };
        }
    }

    [Fact]
    public void The_comparison_at_PBEsol_is_the_registered_one()
    {
        ComparisonOptions comparison = StudyFile.Read(Repository.PathOf("data", "ag3sbr-pbesol", "comparison.yaml"), StudyBudget.Default, "models").Comparison!;
        Assert.Equal((64, 16, 10, 24), (comparison.TrainingSize, comparison.ValidationSize, comparison.Draws, comparison.Trials));
        Assert.Equal(["phonon", "einstein", "uniform"], comparison.Schemes);
        Assert.Equal(["published", "m6", "cgcnn", "schnet", "painn", "hamiltonian"], comparison.Models.Select(model => model.Name));
        Assert.Equal(["cgcnn", "schnet", "painn"], comparison.Models.Where(model => model.Recipe is { Epochs: 60, Patience: 20 }).Select(model => model.Name));
        Assert.All(comparison.Models.Where(model => model.Recipe is not null), model => Assert.Equal(24, model.Recipe!.Draw(24, 1).Length));
        Assert.Equal(8, comparison.StartFiles.Length);
        Assert.Equal(["P1", "P2", "P4", "P5"], comparison.Hypotheses.Select(hypothesis => hypothesis.Name));
        Assert.Equal(Property.All, comparison.Properties);
        Assert.Equal((0.2, null), (comparison.Division.TestShare, comparison.Division.GapAboveElectronvolt));
    }

    [Fact]
    public void The_comparison_is_tested_on_the_frames_of_the_study()
    {
        Assert.Contains(_folder.File("frames.xyz"), Read("data: cells.xyz\nframes: frames.xyz\ncomparison: {size: 8}\n").Comparison!.DataFiles);
        Assert.DoesNotContain(_folder.File("frames.xyz"), Read("data: cells.xyz\nframes: frames.xyz\ncomparison: {size: 8, frames: more.xyz}\n").Comparison!.DataFiles);
    }

    [Theory]
    [InlineData(StudyBudget.Default)]
    [InlineData(StudyBudget.Quick)]
    [InlineData(StudyBudget.Full)]
    public void Cells_without_a_file_and_a_file_that_names_cells_alone_are_studied_like_the_shipped_ones_with_the_recommended_network(StudyBudget budget)
    {
        StudyOptions shipped = StudyFile.Read(Path.Combine(Shipped, StudyFile.FileName), budget, "models").Study;
        TrainingOptions training = TrainingOptions.Recommended;
        StudyOptions bare = shipped with
        {
            FrameFiles = [],
            UnitCellFile = null,
            IdealFile = null,
            ForceConstantsFile = null,
            Hypotheses = [],
            Published = [],
            // The shipped study has one fewer, for its ten minutes.
            Draws = budget == StudyBudget.Default ? 5 : shipped.Draws,
            Training = budget == StudyBudget.Quick ? training with { Hidden = 32, Epochs = 40, Patience = 15 } : training,
        };
        Same(bare, StudyBudgets.Within(StudyBudgets.Default(shipped.DataFiles, "models"), budget));
        Same(bare with { DataFiles = [_folder.File("cells.xyz")] }, Read("data: cells.xyz\n", budget).Study);
    }

    [Fact]
    public void A_named_network_begins_from_the_settings_of_the_published_one_and_a_file_without_a_name_from_the_recommended_ones()
    {
        TrainingOptions m6 = StudyFile.Read(Path.Combine(Shipped, StudyFile.FileName), StudyBudget.Default, "models").Study.Training;
        Assert.Equal(m6 with { Model = "painn", BatchSize = 4 }, Read("data: cells.xyz\ntraining: {model: painn, batch: 4}\n").Study.Training);
        Assert.Equal(TrainingOptions.Recommended with { BatchSize = 4 }, Read("data: cells.xyz\ntraining: {batch: 4}\n").Study.Training);
    }

    [Fact]
    public void Every_key_arrives_and_paths_are_those_of_the_folder_of_the_file()
    {
        StudyPlan plan = Read(
            """
            data: [cells.xyz, more.xyz]
            unit-cell: POSCAR
            force-constants: FORCE_CONSTANTS
            ideal: ideal.xyz
            seed: 18446744073709551615
            draws: 3
            curve: [0.5, 1]
            explained-cells: 5
            notice: My crystal
            graph: {cutoff: 4.25}
            training:
              model: schnet
              layers: 2
              read-out: max
              hidden: 16
              learning-rate: 3e-3
              schedule: cosine
              warmup: 2
              weight-decay: 0.01
              clip: 1.5
              average: 0.9
              dropout: 0.1
              batch: 8
              epochs: 30
              patience: 7
            hamiltonian:
              orbitals: frontier
              cutoff: 5
              radial-functions: 6
              passes: 3
              starts: 2
              noise: 0.05
              forgetting: 0.01
              prior-scale: 0.5
            """);
        Assert.Null(plan.Comparison);
        Same(
            new StudyOptions
            {
                DataFiles = [_folder.File("cells.xyz"), _folder.File("more.xyz")],
                UnitCellFile = _folder.File("POSCAR"),
                ForceConstantsFile = _folder.File("FORCE_CONSTANTS"),
                IdealFile = _folder.File("ideal.xyz"),
                Seed = ulong.MaxValue,
                Draws = 3,
                LearningCurveShares = [0.5, 1],
                ExplainedCells = 5,
                Notice = "My crystal",
                Graph = new() { CutoffAngstrom = 4.25 },
                CacheFolder = "models",
                Training = new TrainingOptions
                {
                    Model = "schnet",
                    Layers = 2,
                    ReadOut = Pooling.Max,
                    Hidden = 16,
                    LearningRate = 3e-3,
                    Schedule = LearningRateSchedule.WarmupCosine,
                    WarmupEpochs = 2,
                    WeightDecay = 0.01,
                    GradientNormLimit = 1.5,
                    AverageDecay = 0.9,
                    Dropout = 0.1,
                    BatchSize = 8,
                    Epochs = 30,
                    Patience = 7,
                },
                Hamiltonian = new HamiltonianOptions { Orbitals = OrbitalChoice.Frontier, CutoffAngstrom = 5, RadialFunctions = 6, Passes = 3, Starts = 2, NoiseElectronvolt = 0.05, Forgetting = 0.01, PriorScale = 0.5 },
            },
            plan.Study);
    }

    [Fact]
    public void The_comparison_takes_from_the_study_what_it_does_not_name()
    {
        const string Text =
            """
            data: cells.xyz
            unit-cell: POSCAR
            force-constants: FORCE_CONSTANTS
            seed: 5
            graph: {cutoff: 4.5}
            training: {model: m6, hidden: 16, epochs: 30}
            hamiltonian: {passes: 2}
            comparison:
              cells: [cells.xyz, more.xyz]
              frames: frames.xyz
              schemes: [phonon, uniform]
              pairs: ["phonon:uniform"]
              models: [m6, hamiltonian]
              properties: [band_gap, vbm]
              division: {test-share: 0.25, gap-above: 0.1, block: 50}
              size: 32
              validation: 8
              curve: [8, 16]
              equal-steps: true
              draws: 4
              resamples: 500
              training: {patience: 9}
            budgets:
              quick:
                comparison: none
              full:
                comparison: {draws: 12, training: {epochs: 60}}
            """;
        ComparisonOptions expected = new()
        {
            DataFiles = [_folder.File("cells.xyz"), _folder.File("more.xyz"), _folder.File("frames.xyz")],
            UnitCellFile = _folder.File("POSCAR"),
            ForceConstantsFile = _folder.File("FORCE_CONSTANTS"),
            Schemes = ["phonon", "uniform"],
            Pairs = [new SchemePair("phonon", "uniform", "phonon against uniform", IsInFamily: true)],
            Models = [ComparedModel.Of("m6"), ComparedModel.Of("hamiltonian")],
            Properties = [Property.BandGap, Property.All.Single(property => property.Key == "vbm")],
            Division = new DivisionOptions { Seed = 5, TestShare = 0.25, GapAboveElectronvolt = 0.1, BlockFemtosecond = 50 },
            TrainingSize = 32,
            ValidationSize = 8,
            CurveSizes = [8, 16],
            EqualSteps = true,
            Draws = 4,
            Resamples = 500,
            Training = new TrainingOptions { Model = "m6", Hidden = 16, Epochs = 30, Patience = 9 },
            Hamiltonian = new HamiltonianOptions { Passes = 2 },
            Graph = new() { CutoffAngstrom = 4.5 },
            CacheFolder = "models",
        };
        Same(expected, Read(Text).Comparison);
        Assert.Null(Read(Text, StudyBudget.Quick).Comparison);
        Same(expected with { Draws = 12, Training = expected.Training with { Epochs = 60 } }, Read(Text, StudyBudget.Full).Comparison);
        Same(expected with { Draws = 2, Division = expected.Division with { Seed = 9 } }, Read(Text).With(9, 2).Comparison);
        ComparisonOptions plain = Read("data: cells.xyz\ncomparison: {}\n").Comparison!;
        Same(new ComparisonOptions { DataFiles = [_folder.File("cells.xyz")], CacheFolder = "models", Models = [ComparedModel.Of("painn")], Training = TrainingOptions.Recommended }, plain);
        Assert.Null(Read("data: cells.xyz\ncomparison: {}\n", StudyBudget.Quick).Comparison);
    }

    [Fact]
    public void The_examples_of_the_documentation_are_studies()
    {
        foreach (string name in (string[])["run/labelled.xyz.gz", "run/einstein.xyz.gz", "run/frames.xyz.gz", "run/phonons/FORCE_CONSTANTS"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
            _folder.Write(name, "");
        }

        string[] examples = [.. File.ReadAllText(Repository.PathOf("docs", "study-file.md")).ReplaceLineEndings("\n").Split("```yaml\n").Skip(1).Select(text => text[..text.IndexOf("```", StringComparison.Ordinal)])];
        Assert.Equal(2, examples.Length);
        StudyPlan[] plans =
        [
            .. from example in examples
               from budget in Enum.GetValues<StudyBudget>()
               let path = _folder.File("run/study.yaml")
               let written = Written(path, example)
               select StudyFile.Read(path, budget, "models"),
        ];
        Assert.All(plans, plan => Assert.Equal(Path.GetFullPath(_folder.File("POSCAR")), Path.GetFullPath(plan.Study.UnitCellFile!)));
        Assert.Equal([false, false, false, true, false, true], plans.Select(plan => plan.Comparison is not null));
        Assert.Equal((20, 24), (plans[^1].Comparison!.Draws, plans[^1].Comparison!.Trials));

        static bool Written(string path, string text)
        {
            File.WriteAllText(path, text);
            return true;
        }
    }

    [Fact]
    public void A_budget_changes_what_it_names_and_nothing_else()
    {
        const string Text = "data: cells.xyz\ndraws: 3\ntraining: {model: m2, dropout: 0.2}\nbudgets:\n  full:\n    draws: 20\n    training: {epochs: 500}\n";
        StudyOptions plain = Read(Text).Study;
        Same(plain with { Draws = 20, Training = plain.Training with { Epochs = 500 } }, Read(Text, StudyBudget.Full).Study);
        Same(StudyBudgets.Within(plain, StudyBudget.Quick), Read(Text, StudyBudget.Quick).Study);

        // A warm-up that is longer than a quick training gives way.
        TrainingOptions quick = Read("data: cells.xyz\ntraining: {model: m2, schedule: cosine, warmup: 50}\n", StudyBudget.Quick).Study.Training;
        Assert.Equal((40, 39), (quick.Epochs, quick.WarmupEpochs));
    }

    [Theory]
    [InlineData(1, "draws: 3", "no 'data'")]
    [InlineData(1, "data:", "nothing for 'data'")]
    [InlineData(1, "- cells.xyz", "a list")]
    [InlineData(1, "data: []", "an empty list")]
    [InlineData(1, "data: gone.xyz", "'gone.xyz' for 'data', and no file")]
    [InlineData(2, "data: cells.xyz\nforce-constants: FORCE_CONSTANTS", "'force-constants' without 'unit-cell'")]
    [InlineData(2, "data: cells.xyz\nepochs: 3", "the key 'epochs'")]
    [InlineData(2, "data: cells.xyz\nframes: gone.xyz", "'gone.xyz' for 'frames', and no file")]
    [InlineData(3, "data: cells.xyz\nhypotheses:\n  - {name: A, claim: c, better: phonon, on: phonon}", "no 'than'")]
    [InlineData(3, "data: cells.xyz\nhypotheses:\n  - {name: A, claim: c, better: phonon, than: random, on: phonon, loses: 0.5}", "'better' beside 'loses'")]
    [InlineData(3, "data: cells.xyz\nhypotheses:\n  - {name: A, claim: c, trained-on: phonon, on: random}", "'trained-on' without 'loses'")]
    [InlineData(3, "data: cells.xyz\nhypotheses:\n  - {name: A, claim: c, trained-on: phonon, on: random, loses: 1}", "1 for 'loses'")]
    [InlineData(3, "data: cells.xyz\npublished:\n  - {source: s, property: gap, model: m, remark: r, mae: 1}", "'gap' for 'property'")]
    [InlineData(3, "data: cells.xyz\npublished:\n  - {source: s, property: vbm, model: m, remark: r}", "no 'mae'")]
    [InlineData(2, "data: cells.xyz\nseed: -1", "'-1'")]
    [InlineData(2, "data: cells.xyz\ndraws: 0", "'0'")]
    [InlineData(2, "data: cells.xyz\ndraws: some", "'some'")]
    [InlineData(2, "data: cells.xyz\ncurve: [0.5, 0.25, 1]", "the shares 0.5, 0.25, 1")]
    [InlineData(2, "data: cells.xyz\ncurve: [0.5, x]", "'x'")]
    [InlineData(3, "data: cells.xyz\ncomparison:\n  equal-steps: perhaps", "'perhaps'")]
    [InlineData(2, "data: cells.xyz\ngraph: {cutoff: 0}", "'0'")]
    [InlineData(3, "data: cells.xyz\ntraining:\n  model: m9", "'m9'")]
    [InlineData(4, "data: cells.xyz\ntraining:\n  model: m5\n  layers: 3", "'layers'; expected it with model cgcnn, schnet or painn only")]
    [InlineData(4, "data: cells.xyz\ntraining:\n  hidden: 4\n  head: gap", "the key 'head'")]
    [InlineData(4, "data: cells.xyz\ntraining:\n  hidden: 4\n  dropout: 1", "'1'")]
    [InlineData(3, "data: cells.xyz\nhamiltonian:\n  noise: -1", "noise: found -1")]
    [InlineData(3, "data: cells.xyz\nhamiltonian:\n  orbitals: all", "'all' for 'orbitals'")]
    [InlineData(2, "data: cells.xyz\nhamiltonian: some", "'some'")]
    [InlineData(3, "data: cells.xyz\nbudgets:\n  slow: {draws: 3}", "the key 'slow'")]
    [InlineData(4, "data: cells.xyz\nbudgets:\n  full:\n    seed: 3", "the key 'seed'")]
    [InlineData(4, "data: cells.xyz\nbudgets:\n  quick:\n    draws: none", "'none'")]
    [InlineData(4, "data: cells.xyz\nbudgets:\n  full:\n    comparison: {draws: 3}", "'comparison' in a budget")]
    [InlineData(4, "data: cells.xyz\ncomparison:\n  hypotheses:\n    - {name: A, claim: c, on: phonon}", "no claim")]
    [InlineData(4, "data: cells.xyz\ncomparison:\n  hypotheses:\n    - {name: A, claim: c, on: phonon, better: phonon}", "'better'; expected 'better' with 'than'")]
    [InlineData(4, "data: cells.xyz\ncomparison:\n  hypotheses:\n    - {name: A, claim: c, on: phonon, contrast: x, same-order: [a, b]}", "'contrast' and 'same-order'")]
    [InlineData(4, "data: cells.xyz\ncomparison:\n  hypotheses:\n    - {name: A, claim: c, on: phonon, same-order: [a]}", "another number of models")]
    [InlineData(3, "data: cells.xyz\ncomparison:\n  models: [m6, m7]", "'m7' for 'models'")]
    [InlineData(3, "data: cells.xyz\ncomparison:\n  models: published", "is a family")]
    [InlineData(3, "data: cells.xyz\ncomparison:\n  pairs: [phonon]", "'phonon'")]
    [InlineData(3, "data: cells.xyz\ncomparison:\n  frames: gone.xyz", "'gone.xyz' for 'frames'")]
    [InlineData(4, "data: cells.xyz\ncomparison:\n  recipes:\n    m6: {hidden: 8}", "the key 'm6'; expected one of painn")]
    [InlineData(5, "data: cells.xyz\ncomparison:\n  models: painn\n  recipes:\n    painn: {model: m5}", "the key 'model'")]
    [InlineData(5, "data: cells.xyz\ncomparison:\n  models: m6\n  recipes:\n    m6: {layers: 2}", "layers")]
    [InlineData(3, "data: cells.xyz\ncomparison:\n  models: m6\n  recipes:\n    m6: {hidden: [8, 16]}", "no trials were asked for")]
    [InlineData(3, "data: cells.xyz\ncomparison:\n  trials: 3\n  models: m6\n  recipes:\n    m6: {hidden: [8, 16]}", "m6 has 2 different settings")]
    [InlineData(3, "data: cells.xyz\ncomparison:\n  properties: gap", "'gap' for 'properties'")]
    [InlineData(3, "data: cells.xyz\ncomparison:\n  size: 1", "'1'")]
    [InlineData(3, "data: cells.xyz\ncomparison:\n  hamiltonian: none", "'none'")]
    [InlineData(4, "data: cells.xyz\ncomparison:\n  division:\n    test-share: 1", "The share of test cells is 1")]
    [InlineData(4, "data: cells.xyz\ncomparison:\n  division:\n    hold-out: phonon 300 K", "'hold-out' with 'by: configuration'")]
    public void What_is_wrong_is_named_with_its_line(int line, string text, string found)
    {
        InputException error = Assert.Throws<InputException>(() => Read(text));
        Assert.StartsWith($"{_folder.File("study.yaml")}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("docs/study-file.md shows a file with every key.", error.Message, StringComparison.Ordinal);
    }

    private StudyPlan Read(string text, StudyBudget budget = StudyBudget.Default)
    {
        _folder.Write("study.yaml", text);
        return StudyFile.Read(_folder.File("study.yaml"), budget, "models");
    }

    /// <summary>Equal in every value; arrays inside records are compared by their items.</summary>
    private static void Same<T>(T expected, T actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
}
