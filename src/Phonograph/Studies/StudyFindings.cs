using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Datasets;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;
using Phonograph.Reporting;

namespace Phonograph.Studies;

/// <summary>What the trained models of a study say: errors, comparisons, learning curves.</summary>
internal sealed class StudyFindings(StudyFits fits, StudyBaselines baselines, StudyHamiltonians hamiltonians, TrainingDraws draws, StudyOptions options)
{
    private readonly string _model = options.Training.Model;
    private readonly BootstrapOptions _bootstrap = new(Seed: options.Seed);

    /// <summary>Errors of every model and of every simple baseline at full size on every test set.</summary>
    public ImmutableArray<MetricRecord> Metrics() =>
    [
        .. from property in Property.All
           from kind in draws.Kinds
           from tested in draws.TestKinds
           from record in (MetricRecord[])[ModelErrors(property, kind, tested), .. baselines.Names.Where(name => baselines.Predicts(property, name)).Select(name => BaselineErrors(property, name, kind, tested))]
           select record,
    ];

    /// <summary>Predictions of the first draw: the ones that parity plots show.</summary>
    public ImmutableArray<PropertyPredictions> Predictions() =>
    [
        .. from property in Property.All
           from kind in draws.Kinds
           select new PropertyPredictions(property, _model, kind, draws.FullSize, fits[property, kind, draws.FullSize, 0].Predictions),
    ];

    /// <summary>Each kind of training cells against each other one, on the same test cells, for every property; phonon-informed ones first.</summary>
    public ImmutableArray<PairedComparison> Comparisons()
    {
        string[] schemes = [.. draws.Schemes.OrderBy(scheme => scheme == "phonon" ? 0 : 1)];
        (Property Property, string First, string Second)[] pairs =
        [
            .. from place in Enumerable.Range(0, schemes.Length)
               from second in schemes[(place + 1)..]
               from property in Property.All
               select (property, schemes[place], second),
        ];
        int kinds = pairs.Length / Property.All.Count;
        string method = $"bootstrap over {fits.Draws} training draws and the test cells, Holm over {Property.All.Count} properties{(kinds > 1 ? $" and {kinds} pairs of kinds" : "")}";
        var comparisons = ImmutableArray.CreateBuilder<PairedComparison>();
        foreach (string tested in draws.TestKinds)
        {
            PairedDifference[] differences = [.. pairs.Select(pair => PairedBootstrap.Of(
                fits.Tested(pair.Property, pair.First, draws.FullSize, tested), fits.Tested(pair.Property, pair.Second, draws.FullSize, tested), _bootstrap, draws.Blocks))];
            ImmutableArray<double> adjusted = HolmCorrection.Adjust([.. differences.Select(difference => difference.PValue)]);
            comparisons.AddRange(pairs.Select((pair, place) => new PairedComparison(
                pair.Property, tested, pair.First, pair.Second, draws.FullSize, differences[place].Difference, adjusted[place], method)));
        }

        return comparisons.ToImmutable();
    }

    /// <summary>The network against every simple baseline, both trained on the same cells, on the same test cells.</summary>
    public ImmutableArray<BaselineResult> BaselineResults()
    {
        var results = ImmutableArray.CreateBuilder<BaselineResult>();
        foreach ((string kind, string tested) in draws.Kinds.SelectMany(kind => draws.TestKinds.Select(tested => (kind, tested))))
        {
            (Property Property, string Name)[] pairs = [.. Property.All.SelectMany(property => baselines.Names.Where(name => baselines.Predicts(property, name)).Select(name => (property, name)))];
            PairedDifference[] differences = [.. pairs.Select(pair => PairedBootstrap.Of(
                fits.Tested(pair.Property, kind, draws.FullSize, tested), baselines.Tested(pair.Property, pair.Name, kind, tested), _bootstrap, draws.Blocks))];
            ImmutableArray<double> adjusted = HolmCorrection.Adjust([.. differences.Select(difference => difference.PValue)]);
            results.AddRange(pairs.Select((pair, place) => new BaselineResult(
                pair.Property, kind, tested, draws.FullSize, _model, pair.Name, differences[place].Difference, adjusted[place],
                $"bootstrap over {fits.Draws} training draws and the test cells, Holm over all {pairs.Length} of this kind of training and test cells")));
        }

        return results.ToImmutable();
    }

    /// <summary>Band-gap error against training size for every kind of cells and test set.</summary>
    public ImmutableArray<LearningCurve> LearningCurves() =>
    [
        .. from kind in draws.Schemes
           from tested in draws.TestKinds
           from model in hamiltonians.Predicts(Property.BandGap) ? [_model, HamiltonianModel.Name] : new[] { _model }
           select new LearningCurve(Property.BandGap, model, kind, tested, [.. StudyFits.Sizes(draws, options).Select(size => Point(model, kind, tested, size))]),
    ];

    /// <summary>Loss and validation error per epoch of the first draw.</summary>
    public ImmutableArray<TrainingCurve> TrainingCurves() =>
    [
        .. from property in Property.All
           from kind in draws.Kinds
           let model = fits[property, kind, draws.FullSize, 0].Model
           select new TrainingCurve(
               property, _model, kind,
               [.. model.History.Select(epoch => new TrainingEpoch(epoch.Epoch, epoch.TrainingLoss, epoch.ValidationLoss, epoch.ValidationMeanAbsoluteError))],
               model.Description.Training.BestEpoch),
    ];

    /// <summary>Settings of every model of the tables.</summary>
    public ImmutableArray<HyperparameterRow> Hyperparameters() =>
    [
        .. from property in Property.All
           from kind in draws.Kinds
           select new HyperparameterRow(property.Key, _model, kind, Settings(fits[property, kind, draws.FullSize, 0].Model)),
    ];

    private MetricRecord ModelErrors(Property property, string kind, string tested) =>
        Intervals(fits.Tested(property, kind, draws.FullSize, tested)).ToRecord(property, _model, kind, tested, draws.FullSize);

    private MetricRecord BaselineErrors(Property property, string name, string kind, string tested) =>
        Intervals(baselines.Tested(property, name, kind, tested)).ToRecord(property, name, kind, tested, draws.FullSize);

    private LearningCurvePoint Point(string model, string kind, string tested, int size)
    {
        ImmutableArray<ImmutableArray<Prediction>> repeats = model == _model ? fits.Tested(Property.BandGap, kind, size, tested) : hamiltonians.Tested(Property.BandGap, kind, size, tested);
        ErrorMetrics[] each = [.. repeats.Select(repeat => ErrorMetrics.Of(repeat))];
        MetricIntervals intervals = Intervals(repeats);
        return new LearningCurvePoint(
            size, [.. each.Select(metrics => metrics.MeanAbsoluteError)], [.. each.Select(metrics => metrics.RSquared)], intervals.MeanAbsoluteError, intervals.RSquared);
    }

    private MetricIntervals Intervals(ImmutableArray<ImmutableArray<Prediction>> repeats) =>
        Learning.Evaluation.Bootstrap.Of([.. repeats.Select(repeat => (IReadOnlyCollection<Prediction>)repeat)], _bootstrap, draws.Blocks);

    private static ImmutableArray<NamedValue> Settings(TrainedModel model)
    {
        TrainingProvenance training = model.Description.Training;
        TrainingOptions settings = training.Options;
        static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
        return
        [
            new("architecture", GraphNetworks.Describe(settings.Model)),
            new("hidden features", Text(settings.Hidden)),
            new("dropout", Text(settings.Dropout)),
            new("learning rate", Text(settings.LearningRate)),
            new("batch", Text(settings.BatchSize)),
            new("epochs at most", Text(settings.Epochs)),
            new("patience", Text(settings.Patience)),
            new("best epoch of the first draw", Text(training.BestEpoch)),
        ];
    }
}
