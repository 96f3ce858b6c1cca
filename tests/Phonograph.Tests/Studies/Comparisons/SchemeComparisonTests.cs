using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;
using Phonograph.Reporting.Comparisons;
using Phonograph.Studies;
using Phonograph.Studies.Comparisons;
using Phonograph.Testing;

namespace Phonograph.Tests.Studies.Comparisons;

public sealed partial class SchemeComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SchemeComparisonTests()
    {
        ExtendedXyz.Write(_folder.File("cells.xyz"), SchemeCells.Cells(25));
        ExtendedXyz.Write(_folder.File("frames.xyz"), SchemeCells.Frames(24));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_answers_every_question_and_the_files_read_back_to_the_same()
    {
        ComparisonResult result = Run(Options("one") with { CurveSizes = [4, 8] });
        Assert.Equal(["gaussian", "phonon", "uniform"], result.Design.Schemes.Order(StringComparer.Ordinal));
        Assert.Equal(["combined", "dynamics 300 K", "gaussian", "phonon", "uniform"], result.TestSets.Where(set => !set.IsPart).Select(set => set.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["uniform 0.2 Å", "uniform 0.4 Å"], result.TestSets.Where(set => set.IsPart).Select(set => set.Name));
        Assert.DoesNotContain(result.Differences, row => row.TestedOn.EndsWith('Å'));
        Assert.Equal(8, result.TestSets.Single(set => set.Name == "dynamics 300 K").Blocks);
        string[] models = ["m6", "cgcnn", "mean", "ridge-radial"];
        Assert.Equal(models.Length * 3 * 7 * 2, result.Errors.Length);
        Assert.All(models, model => Assert.Contains(result.Errors, error => error.Metric.Model == model));
        Assert.All(result.Errors, error => Assert.True(error.Metric.MeanAbsoluteError.Low <= error.Metric.MeanAbsoluteError.Value && error.Metric.MeanAbsoluteError.Value <= error.Metric.MeanAbsoluteError.High));
        Assert.All(result.Errors, error => Assert.Equal(error.Metric.MeanAbsoluteError.Value / error.Metric.LabelStandardDeviation.Value, error.OverSpread.Value, 9));

        // Of the registered pairs the data hold amplitude, and phonon against uniform beside the family: two properties, so two tests in each.
        Assert.Equal([("gaussian", "uniform", DifferenceFamily.Pair), ("phonon", "uniform", DifferenceFamily.Further)], result.Differences.Select(row => (row.First.Scheme, row.Second.Scheme, row.Family)).Distinct());
        Assert.All(result.Differences, row => Assert.Equal(row.Family == DifferenceFamily.Pair ? 2 : 0, row.FamilySize));
        foreach (var family in result.Differences.Where(row => row.Family == DifferenceFamily.Pair).GroupBy(row => (row.First.Model, row.TestedOn)))
        {
            Assert.Equal(HolmCorrection.Adjust([.. family.Select(row => row.Numbers.PValue)]), family.Select(row => row.AdjustedPValue));
        }

        Assert.All(result.Differences, row => Assert.Equal(
            Error(result, row.First, row) - Error(result, row.Second, row), row.Numbers.Difference.Value, 9));
        Assert.All(result.Contrasts, row => Assert.Equal(
            Error(result, row, "uniform") - (2 * Error(result, row, "gaussian")) + Error(result, row, "phonon"), row.Value.Value, 9));
        Assert.Equal(models.Length * 3, result.ThermalMeans.Length);
        Assert.All(result.ThermalMeans, row => Assert.Equal(row.Mean.Predicted.Value - row.Mean.Labelled.Value, row.Mean.Error.Value, 9));
        Assert.All(result.Curves, curve => Assert.Equal([4, 8, 16], curve.Curve.Points.Select(point => point.TrainingSize)));
        Assert.All(result.Curves, curve => Assert.Equal(
            result.Errors.Single(error => error.Metric.Model == curve.Curve.Model && error.Metric.Property == curve.Curve.Property && error.Metric.TrainedOn == curve.Curve.TrainedOn && error.Metric.TestedOn == curve.Curve.TestedOn).Metric.MeanAbsoluteError,
            curve.Curve.Points[^1].MeanAbsoluteError));
        Assert.NotEmpty(result.Savings);
        double[] ordered = [.. result.Order(Property.BandGap, "m6", "dynamics 300 K").Select(scheme => result.Errors.Single(
            error => error.Metric.Property == Property.BandGap && error.Metric.Model == "m6" && error.Metric.TestedOn == "dynamics 300 K" && error.Metric.TrainedOn == scheme).Metric.MeanAbsoluteError.Value)];
        Assert.Equal(3, ordered.Length);
        Assert.Equal(ordered.Order(), ordered);

        ImmutableArray<string> files = ComparisonFiles.Write(_folder.File("out"), result);
        ComparisonFiles.Write(_folder.File("again"), ComparisonResultFile.Read(_folder.File("out")));
        Assert.Equal(10, files.Length);
        Assert.All(files, file => Assert.Equal(File.ReadAllText(file), File.ReadAllText(_folder.File("again/" + Path.GetFileName(file)))));
        Assert.Equal(result.Errors.Length + 1, File.ReadAllLines(_folder.File("out/comparison.csv")).Length);
        Assert.DoesNotContain("NaN", File.ReadAllText(_folder.File("out/comparison.md")), StringComparison.Ordinal);
        Assert.Contains("'phonograph study compare'", Assert.Throws<InputException>(() => ComparisonResultFile.Read(_folder.File("out/comparison.csv"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_comparison_continues_to_the_same_numbers_on_any_number_of_threads()
    {
        ComparisonOptions options = Options("stopped") with { Trials = 2, Models = [ComparedModel.Of("cgcnn")], Properties = [Property.BandGap] };
        using var stop = new CancellationTokenSource();
        var stopper = new ProgressListener(value =>
        {
            if (value.Stage == "fits" && value.Done > value.Total / 2)
            {
                stop.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => SchemeComparison.Run(options with { SideBySide = 1 }, stopper, stop.Token));
        string[] before = Directory.GetFiles(_folder.File("stopped"), "*.safetensors");
        Assert.NotEmpty(before);
        ComparisonResult continued = Run(options with { SideBySide = 2 }), fresh = Run(options with { SideBySide = 1, CacheFolder = _folder.File("fresh") });
        Assert.All(before, file => Assert.True(File.Exists(file)));
        ComparisonFiles.Write(_folder.File("a"), continued);
        ComparisonFiles.Write(_folder.File("b"), fresh);
        Assert.Equal(File.ReadAllText(_folder.File("a/comparison.json")), File.ReadAllText(_folder.File("b/comparison.json")));
        ComparedSettings settings = continued.Settings.Single();
        Assert.Equal(2, settings.Trials);
        Assert.NotNull(settings.ValidationMeanAbsoluteError);
    }

    [Fact]
    public void The_time_that_all_stages_take_is_that_of_stages_which_run_in_this_order()
    {
        ComparisonOptions options = Options("staged") with { Trials = 2, CurveSizes = [8], Models = [ComparedModel.Of("cgcnn"), ComparedModel.Of("m6")], Draws = 1 };
        var reported = new List<WorkProgress>();
        SchemeComparison.Run(options with { SideBySide = 1 }, new StagedProgress(StudyStages.OfComparison(options), new ProgressListener(reported.Add)), TestContext.Current.CancellationToken);
        string[] stages = [.. StudyStages.OfComparison(options).Select(stage => stage.Name)];
        Assert.Equal(stages, reported.Select(step => step.Stage).Where(stages.Contains).Distinct());
        Assert.Equal([160, 160, 2, 2], StudyStages.OfComparison(options).Single(stage => stage.Name.StartsWith("tune", StringComparison.Ordinal)).Shares);
        Assert.All(reported.Zip(reported.Skip(1)), pair => Assert.True(pair.First.Whole!.Value.Left >= pair.Second.Whole!.Value.Left - 1e-9));
        Assert.Equal(0, reported[^1].Whole!.Value.Left, 9);
        Assert.Equal(StudyStages.OfComparison(options).Sum(stage => stage.Share), reported[^1].Whole!.Value.Done, 9);
    }

    [Fact]
    public void Small_sets_trained_for_equal_steps_are_expected_to_take_the_time_of_full_ones()
    {
        ComparisonOptions options = Options("expected") with { CurveSizes = [8] };
        double Fits(bool equal) => StudyStages.OfComparison(options with { EqualSteps = equal }).Single(stage => stage.Name == "fits").Share;
        Assert.Equal(2 / (1 + (8.0 / options.TrainingSize)), Fits(true) / Fits(false), 1e-12);
    }

    [Fact]
    public void Labels_of_test_cells_decide_no_settings_and_no_weights()
    {
        ComparisonOptions options = Options("one") with { Trials = 2, Models = [ComparedModel.Of("m6")], Properties = [Property.BandGap] };
        ComparisonResult before = Run(options);
        HashSet<string> test = [.. Division.Create(Dataset.Read(options.DataFiles).Configurations, options.Division, TestContext.Current.CancellationToken).Test.Select(cell => cell.Id)];
        foreach (string file in options.DataFiles)
        {
            ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(file)];
            ExtendedXyz.Write(file, frames.Select(frame => test.Contains(frame.Info["id"]) ? frame with { Info = frame.Info.SetItem("band_gap_eV", "0.7") } : frame));
        }

        int models = Directory.GetFiles(_folder.File("one"), "*.safetensors").Length;
        ComparisonResult after = Run(options);
        Assert.Equal(before.Settings.Single().ValidationMeanAbsoluteError, after.Settings.Single().ValidationMeanAbsoluteError);
        Assert.Equal(models, Directory.GetFiles(_folder.File("one"), "*.safetensors").Length);
        Assert.NotEqual(before.Errors[0].Metric.MeanAbsoluteError, after.Errors[0].Metric.MeanAbsoluteError);
    }

    [Fact]
    public void Fine_tuning_is_held_against_training_from_scratch_and_refused_after_test_cells()
    {
        ComparisonOptions options = Options("tuned") with { Models = [ComparedModel.Of("cgcnn")], Properties = [Property.BandGap] };
        ExtendedXyzFrame[] elsewhere = [.. SchemeCells.Cells(60).Where(frame => int.Parse(NumberAtEnd().Match(frame.Info["id"]).Value, System.Globalization.CultureInfo.InvariantCulture) >= 25)];
        options = options with { StartFiles = [Start("clean", elsewhere, options)] };
        ComparisonResult result = Run(options);
        SchemeDifference[] tuned = [.. result.Differences.Where(row => row.Family == DifferenceFamily.FineTuning)];
        Assert.Equal(5 * 3, tuned.Length);
        Assert.All(tuned, row => Assert.Equal(("cgcnn fine-tuned", "cgcnn"), (row.First.Model, row.Second.Model)));
        Assert.True(tuned.Average(row => row.Numbers.Ratio.Value) < 0.9);
        Assert.Contains("has seen", Assert.Throws<InputException>(() => Run(options with { StartFiles = [Start("leaking", SchemeCells.Cells(25), options)] })).Message, StringComparison.Ordinal);
        Assert.Contains("Add cgcnn to --models", Assert.Throws<InputException>(() => Run(options with { Models = [ComparedModel.Of("m6")] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_registered_pairs_are_those_that_were_written_down()
    {
        Assert.Equal([("phonon", "uniform", true), ("phonon", "einstein", true)], SchemePair.Registered(["phonon", "einstein", "uniform"]).Select(pair => (pair.First, pair.Second, pair.IsInFamily)));
        Assert.Equal(
            ["gaussian uniform", "gaussian-energy gaussian", "species gaussian", "einstein species", "phonon einstein"],
            SchemePair.Registered(["uniform", "gaussian", "gaussian-energy", "species", "einstein", "phonon"]).Where(pair => pair.IsInFamily).Select(pair => $"{pair.First} {pair.Second}"));
        Assert.Equal(24, ComparedModel.Of("painn").Space().Grid(new TrainingOptions()).Length);
        Assert.Equal(6 * 24, ComparedModel.Of("published").Space().Grid(new TrainingOptions()).Length);
    }

    [Fact]
    public void The_models_it_names_beforehand_are_those_it_trains_with_tuned_settings_too()
    {
        ComparisonOptions options = Options("named") with { Trials = 2, Draws = 1, Models = [ComparedModel.Of("m6")], Properties = [Property.BandGap] };
        string[] Named(bool searches) =>
            [.. SchemeComparison.Requests(options, searches, cancellation: TestContext.Current.CancellationToken).Select(request => request.Fingerprint()).Order(StringComparer.Ordinal)];
        string[] standIns = Named(searches: false);
        Assert.False(Directory.Exists(_folder.File("named")));
        string[] named = Named(searches: true);
        Assert.Equal(named, Named(searches: false));
        Assert.Equal(standIns.Length, named.Length);
        Assert.Empty(standIns.Intersect(named));
        Run(options);
        Assert.Equal(named, Known());

        // Hamiltonians are named by themselves.
        options = options with { Models = [ComparedModel.Of("m6"), ComparedModel.Of("hamiltonian")] };
        string[] hamiltonians = [.. SchemeComparison.Hamiltonians(options, TestContext.Current.CancellationToken).Select(request => request.Fingerprint())];
        Assert.Equal(named.Length, hamiltonians.Length);
        Run(options);
        Assert.Equal(named.Concat(hamiltonians).Order(StringComparer.Ordinal), Known());

        IEnumerable<string?> Known() => Directory.GetFiles(_folder.File("named"), "*.safetensors").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_model_with_a_recipe_is_tuned_and_trained_by_it_and_the_others_as_before()
    {
        var space = new SearchSpace("m6", [Dimension("model", "m6"), Dimension("hidden", "4", "6"), Dimension("batch", "3")]);
        ComparisonOptions options = Options("recipe") with { Trials = 2, Draws = 1, Models = [ComparedModel.Of("m6") with { Recipe = new ModelRecipe(space, 3, 2) }, ComparedModel.Of("m5")], Properties = [Property.BandGap] };
        TrainingOptions[] named = [.. SchemeComparison.Requests(options, searches: true, cancellation: TestContext.Current.CancellationToken).Select(request => request.Options)];
        Assert.All(named.Where(each => each.Model == "m6"), each => Assert.Equal((3, 2, 3, 1e-3), (each.Epochs, each.Patience, each.BatchSize, each.LearningRate)));
        Assert.All(named.Where(each => each.Model == "m6"), each => Assert.True(each.Hidden is 4 or 6));
        Assert.All(named.Where(each => each.Model == "m5"), each => Assert.Equal((12, 12, 32), (each.Epochs, each.Patience, each.BatchSize)));
        Assert.Equal(2, named.Select(each => each.Model).Distinct().Count());

        // A search by a recipe is not taken for one without it, and the first settings stand in before it is done.
        ComparisonOptions other = options with { Models = [ComparedModel.Of("m6") with { Recipe = new ModelRecipe(space, 4, 2) }] };
        Assert.All(SchemeComparison.Searches(other, cancellation: TestContext.Current.CancellationToken), search => Assert.False(search.IsFinished));
        Assert.All(SchemeComparison.Requests(other, searches: false, cancellation: TestContext.Current.CancellationToken), request => Assert.Equal((4, 3), (request.Options.Epochs, request.Options.BatchSize)));

        static SearchDimension Dimension(string name, params string[] values) => SearchDimension.List(HyperParameter.All.Single(each => each.Name == name), values);
    }

    [Fact]
    public void With_equal_steps_smaller_sizes_have_as_many_steps_and_the_full_size_is_as_without()
    {
        ComparisonOptions plain = Options("steps") with { CurveSizes = [4, 8], Models = [ComparedModel.Of("m6")], Draws = 1, Properties = [Property.BandGap], Training = Options("steps").Training with { BatchSize = 6 } };
        Assert.All(Requests(plain), each => Assert.Equal((12, 12), (each.Options.Epochs, each.Options.Patience)));
        FitRequest[] equal = Requests(plain with { EqualSteps = true });
        Assert.Equal([4, 8, 16], equal.Select(each => each.Data.Training.Length).Distinct().Order());

        // Batches of at most six: an epoch of 4, 8, 16 cells has 1, 2, 3 steps, and twelve epochs of 16 cells have 36.
        Assert.All(equal, each => Assert.Equal((36, 36), (each.Options.Epochs * Steps(each), each.Options.Patience * Steps(each))));
        Assert.Equal(
            Requests(plain).Where(each => each.Data.Training.Length == 16).Select(Fingerprint),
            equal.Where(each => each.Data.Training.Length == 16).Select(Fingerprint));

        static FitRequest[] Requests(ComparisonOptions options) => [.. SchemeComparison.Requests(options, searches: false, cancellation: TestContext.Current.CancellationToken)];
        static int Steps(FitRequest request) => request.Data.Training.Length switch { 4 => 1, 8 => 2, _ => 3 };
        static string Fingerprint(FitRequest request) => request.Fingerprint();
    }

    private ComparisonOptions Options(string cache) => new()
    {
        DataFiles = [_folder.File("cells.xyz"), _folder.File("frames.xyz")],
        CacheFolder = _folder.File(cache),
        Models = [ComparedModel.Of("m6"), ComparedModel.Of("cgcnn")],
        Properties = [Property.BandGap, Property.EnergyPerAtom],
        Division = new DivisionOptions { BlockFemtosecond = 60 },
        TrainingSize = 16,
        ValidationSize = 4,
        Draws = 3,
        Resamples = 200,
        Training = new TrainingOptions { Hidden = 8, Epochs = 12, Patience = 12, LearningRate = 3e-3 },
    };

    private static ComparisonResult Run(ComparisonOptions options) => SchemeComparison.Run(options, cancellation: TestContext.Current.CancellationToken);

    private string Start(string name, ExtendedXyzFrame[] frames, ComparisonOptions options)
    {
        ExtendedXyz.Write(_folder.File(name + ".xyz"), frames.Select(frame => frame with { Info = frame.Info.SetItem("level", "other") }));
        Dataset data = Dataset.Read([_folder.File(name + ".xyz")]);
        var graphs = GraphLibrary.Build(data.Configurations, options.Graph, cancellation: TestContext.Current.CancellationToken);
        var split = Split.Create(data.Configurations);
        TrainedModel model = Trainer.Train(
            new TrainingData(Property.BandGap, graphs.Of(split.Training, Property.BandGap), graphs.Of(split.Validation, Property.BandGap), graphs.Options, data.Engine, data.Level),
            options.Training with { Model = "cgcnn", Epochs = 60 }, new TrainingRun());
        ModelFile.Write(_folder.File(name + ".safetensors"), model);
        return _folder.File(name + ".safetensors");
    }

    private static double Error(ComparisonResult result, TrainedWay way, SchemeDifference row) => result.Errors.Single(
        error => error.Metric.Model == way.Model && error.Metric.TrainedOn == way.Scheme && error.Metric.TestedOn == row.TestedOn && error.Metric.Property == row.Property).Metric.MeanAbsoluteError.Value;

    private static double Error(ComparisonResult result, SchemeContrast row, string scheme) => result.Errors.Single(
        error => error.Metric.Model == row.Model && error.Metric.TrainedOn == scheme && error.Metric.TestedOn == row.TestedOn && error.Metric.Property == row.Property).Metric.MeanAbsoluteError.Value;

    [GeneratedRegex(@"\d+$")]
    private static partial Regex NumberAtEnd();
}
