using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Reporting;

/// <summary>The tables of the page.</summary>
internal static class ReportTables
{
    private static readonly string[] SetNames = ["train", "validation", "test"];

    /// <summary>Sizes at which published numbers are asked for, and how far from one a measured size may be, as a factor.</summary>
    private static readonly double[] PublishedSizes = [100, 300, 1000];
    private const double NearFactor = 1.3;

    internal static void Census(HtmlText page, StudyView view)
    {
        string[] labels = [.. Property.All.Select(property => $"#{StudyView.ShortName(property)}{view.Origin(property).Suffix} ({property.Unit})")];
        page.Table(
            "Census of the configurations. r.m.s.: root mean square length of the atomic displacement, of the drawn and of the labelled cells. Labels: mean ± standard deviation; energy relative to the undisplaced cell where that is known.",
            ["Scheme", "#Temperature or width", "#Drawn", "#Labelled", "Failed", "#Metallic", "#r.m.s. drawn (Å)", "#r.m.s. labelled (Å)", .. labels],
            view.Result.Census.OrderBy(row => StudyView.Place(row.Scheme)).Select(row => (IReadOnlyList<HtmlCell>)
            [
                row.Scheme,
                new(StudyView.Condition(row.TemperatureKelvin, row.WidthAngstrom), row.TemperatureKelvin ?? row.WidthAngstrom ?? 0),
                Count(row.Drawn),
                Count(row.Labelled),
                row.Failures.IsEmpty ? "none" : string.Join(", ", row.Failures.Select(failure => $"{failure.Count} {failure.Reason}")),
                Count(row.Metallic),
                Number(row.RmsDisplacementDrawnAngstrom),
                Number(row.RmsDisplacementLabelledAngstrom),
                .. Property.All.Select(property => row.Labels.FirstOrDefault(label => label.Property == property.Key) is { } label
                    ? new HtmlCell(MeanAndSpread(label, view.Origin(property).Offset), label.Mean)
                    : Numbers.Missing),
            ]));
    }

    /// <summary>Errors of the reported models on their own kind of test cells.</summary>
    internal static void Accuracy(HtmlText page, StudyView view)
    {
        (MetricRecord Metric, MetricRecord? Baseline)[] rows =
        [
            .. from property in Property.All
               from kind in view.TrainingKinds
               let metric = view.Metric(property, kind, kind)
               where metric is not null
               select (metric, view.Baseline(property, kind, kind)),
        ];
        if (rows.Length > 0)
        {
            page.Table(
                $"{TableNumber.Accuracy}. Errors of the reported models on unseen test cells of their own kind, with 95 % intervals. Size: training configurations. MAE of the mean: error of always answering the mean training label; the model is better or worse where both intervals do not overlap.",
                ["Property", "Trained on", "Model", "#Size", "#n test", "#Label spread", "#MAE", "#MAE/spread", "#R²", "#MAE of the mean", "Model is"],
                rows.Select(row => (IReadOnlyList<HtmlCell>)
                [
                    Name(row.Metric.Property), row.Metric.TrainedOn, row.Metric.Model, Count(row.Metric.TrainingSize), Count(row.Metric.TestCount),
                    Number(row.Metric.LabelStandardDeviation.Value), Interval(row.Metric.MeanAbsoluteError), new(Numbers.Significant(StudyView.ErrorOverSpread(row.Metric).Value, 2), StudyView.ErrorOverSpread(row.Metric).Value), RSquared(row.Metric.RSquared),
                    row.Baseline is { } baseline ? Interval(baseline.MeanAbsoluteError) : Numbers.Missing, Claims.BaselineVerdict(row.Metric, row.Baseline),
                ]));
        }
    }

    internal static void LearningCurves(HtmlText page, IReadOnlyCollection<LearningCurve> curves)
    {
        if (curves.Count > 0)
        {
            page.Table(
                $"{TableNumber.CurveEnds}. Ends of the learning curves: mean over repeats with 95 % interval at the largest training set, and whether the error fell from the second largest (intervals that do not overlap).",
                ["Model", "Trained on", "Tested on", "#Training size", "#Repeats", "#MAE (" + curves.First().Property.Unit + ")", "#R²", "#Second largest", "#MAE there", "Error"],
                curves.Select(curve => (IReadOnlyList<HtmlCell>)
                [
                    curve.Model, curve.TrainedOn, curve.TestedOn, Count(curve.Points[^1].TrainingSize), Count(curve.Points[^1].MeanAbsoluteErrors.Length), Interval(curve.Points[^1].MeanAbsoluteError),
                    RSquared(curve.Points[^1].RSquared),
                    curve.Points.Length > 1 ? Count(curve.Points[^2].TrainingSize) : Numbers.Missing,
                    curve.Points.Length > 1 ? Interval(curve.Points[^2].MeanAbsoluteError) : Numbers.Missing,
                    Claims.CurveVerdict(curve),
                ]));
        }
    }

    /// <summary>Mean absolute error and R² on the three sets of the model's own kind.</summary>
    internal static void Sets(HtmlText page, StudyView view)
    {
        var rows = new List<IReadOnlyList<HtmlCell>>();
        foreach (PropertyPredictions table in Property.All.SelectMany(property => view.TrainingKinds.Select(kind => view.Predictions(property, kind))).OfType<PropertyPredictions>())
        {
            var cells = new List<HtmlCell> { Name(table.Property), table.TrainedOn, table.Model };
            foreach (string set in SetNames)
            {
                Prediction[] own = [.. StudyView.OwnKind(table).Where(p => p.Set == set)];
                ErrorMetrics? errors = own.Length > 0 ? ErrorMetrics.Of(own) : null;
                double rSquared = errors?.RSquared ?? double.NaN;
                cells.Add(Count(own.Length));
                cells.Add(Number(errors?.MeanAbsoluteError ?? double.NaN));
                cells.Add(new HtmlCell(Numbers.Fixed(rSquared, 3), rSquared));
            }

            cells.Add(Count(table.Predictions.Count(p => p.Set == "test" && p.IsOutsideTrainingRange)));
            rows.Add([.. cells]);
        }

        if (rows.Count > 0)
        {
            page.Table(
                $"{TableNumber.Sets}. Mean absolute error (MAE, in the unit of the property) and R² on the training, validation and test configurations of the model's own kind, straight from the predictions of one trained model (those in predictions/). Outside: test cells of any kind outside the range of the training data.",
                ["Property", "Trained on", "Model", "#n train", "#MAE", "#R²", "#n validation", "#MAE", "#R²", "#n test", "#MAE", "#R²", "#Outside"],
                rows);
        }
    }

    internal static void Hyperparameters(HtmlText page, StudyResult result)
    {
        if (!result.Hyperparameters.IsEmpty)
        {
            string[] names = [.. result.Hyperparameters.SelectMany(row => row.Values.Select(value => value.Name)).Distinct(StringComparer.Ordinal)];
            page.Table(
                $"{TableNumber.Settings}. Settings of the reported models.",
                ["Property", "Trained on", "Model", .. names.Select(name => "#" + name)],
                result.Hyperparameters.Select(row => (IReadOnlyList<HtmlCell>)
                [
                    Property.All.FirstOrDefault(property => property.Key == row.Property)?.Title ?? row.Property, row.TrainedOn, row.Model,
                    .. names.Select(name => (HtmlCell)(row.Values.FirstOrDefault(value => value.Name == name)?.Value ?? Numbers.Missing)),
                ]));
        }
    }

    internal static void Comparisons(HtmlText page, IReadOnlyCollection<PairedComparison> comparisons)
    {
        if (comparisons.Count > 0)
        {
            string methods = string.Join("; ", comparisons.Select(comparison => comparison.Method).Distinct(StringComparer.Ordinal));
            page.Table(
                $"{TableNumber.Comparisons}. Difference of the mean absolute errors of two kinds of training data on the same test cells, with 95 % interval ({methods}); negative: the first kind is better.",
                ["Property", "Tested on", "First", "Second", "#Training size", "#MAE(first) − MAE(second)", "Unit", "#Corrected p", "Verdict"],
                comparisons.Select(c => (IReadOnlyList<HtmlCell>)
                [
                    c.Property.Title, c.TestedOn, c.TrainedOn, c.ComparedWith, Count(c.TrainingSize), new(Numbers.WithInterval(c.Difference), c.Difference.Value), c.Property.Unit, PValue(c.AdjustedPValue),
                    !double.IsFinite(c.Difference.Value) ? "not computed" : !c.IsDecided ? "undecided" : (c.Difference.Value < 0 ? c.TrainedOn : c.ComparedWith) + " better",
                ]));
        }
    }

    /// <summary>Published numbers, and those of the learning curves on the own kind of test cells.</summary>
    internal static void Published(HtmlText page, StudyView view)
    {
        StudyResult result = view.Result;
        if (result.Published.IsEmpty)
        {
            return;
        }

        string[] properties = [.. result.Published.Select(published => published.Property.Key).Distinct(StringComparer.Ordinal)];
        IEnumerable<IReadOnlyList<HtmlCell>> own =
            from curve in result.LearningCurves
            where properties.Contains(curve.Property.Key) && !curve.Points.IsEmpty && (curve.TestedOn == curve.TrainedOn || !view.TrainingKinds.Contains(curve.TestedOn))
            let spread = view.LabelSpread(curve.Property, curve.TestedOn)
            from point in Milestones(curve)
            select (IReadOnlyList<HtmlCell>)
            [
                "this study", Name(curve.Property), curve.Model, $"trained on {curve.TrainedOn}, tested on {Claims.Kind(curve.TestedOn)}; {result.Material.Level}, {Numbers.Formula(result.Material.Formula)} alone, from scratch", Count(point.TrainingSize), Interval(point.MeanAbsoluteError),
                Number(spread), new HtmlCell(Numbers.Significant(point.MeanAbsoluteError.Value / spread, 2), point.MeanAbsoluteError.Value / spread), RSquared(point.RSquared),
            ];
        page.Table(
            $"{TableNumber.Published}. Beside published numbers. They are of other labels, levels and sets: errors in absolute terms follow the spread of the labels, shares of the spread follow what is in the set; neither column ranks models across rows of different sources. Own rows: the sizes nearest to 100, 300 and 1000, and the largest; all sizes are in the data of Figure 4.",
            ["Source", "Property", "Model", "What it is", "#Training size", "#MAE", "#Label spread", "#MAE/spread", "#R²"],
            result.Published.Select(published => (IReadOnlyList<HtmlCell>)
            [
                published.Source, Name(published.Property), published.Model, published.Remark, published.TrainingSize is { } size ? Count(size) : Numbers.Missing, Number(published.MeanAbsoluteError),
                published.LabelSpread is { } spread ? Number(spread) : Numbers.Missing,
                published.LabelSpread is { } label ? new HtmlCell(Numbers.Significant(published.MeanAbsoluteError / label, 2), published.MeanAbsoluteError / label) : Numbers.Missing,
                published.RSquared is { } squared ? Number(squared) : Numbers.Missing,
            ]).Concat(own));
    }

    /// <summary>The measured points nearest to the sizes that are asked for, and the largest.</summary>
    private static IEnumerable<LearningCurvePoint> Milestones(LearningCurve curve)
    {
        static double Away(LearningCurvePoint point, double size) => Math.Abs(Math.Log(point.TrainingSize / size));
        return PublishedSizes.Select(size => curve.Points.MinBy(point => Away(point, size))!).Where(point => PublishedSizes.Min(size => Away(point, size)) < Math.Log(NearFactor)).Append(curve.Points[^1]).Distinct();
    }

    /// <summary>What became of each hypothesis.</summary>
    internal static void Hypotheses(HtmlText page, IEnumerable<HypothesisAnswer> answers) => page.Table(
        "Hypotheses written down before the labels, and what came out. A difference of errors decides with a corrected p-value below 5 %; a loss of R² decides where both 95 % intervals agree.",
        ["Hypothesis", "Claim", "Property", "Outcome", "Numbers"],
        answers.Select(answer => (IReadOnlyList<HtmlCell>)[answer.Hypothesis.Name, answer.Hypothesis.Claim, answer.Property.Title, answer.Verdict, answer.Evidence]));

    /// <summary>Shares of importance and of bonds.</summary>
    internal static void Importance(HtmlText page, StudyExplanation explanation) => page.Table(
        $"{TableNumber.Importance}. Share of importance and of bonds by pair of elements, with 95 % intervals over test cells and training draws; against chance: whether the intervals of both shares overlap. Change: prediction of the {explanation.Property.Title.ToLowerInvariant()} minus prediction without all bonds of the pair ({explanation.Property.Unit}), which shows the networks graphs that they were not trained on.",
        ["Model", "Test cells", "#MAE", "Pair", "#Bonds per cell", "#Share of bonds", "#Share of importance", "Against chance", "#Change"],
        explanation.Trainings.SelectMany(training => training.Importance.Pairs.Select(pair => (IReadOnlyList<HtmlCell>)
        [
            ExplanationClaims.Name(training), training.TestedOn, Number(training.MeanAbsoluteError), pair.Name, Number(pair.BondsPerStructure), Interval(pair.Bonds), Interval(pair.Importance),
            pair.IsAboveChance ? "more" : pair.IsBelowChance ? "less" : "undecided", Interval(pair.Change),
        ])));

    /// <summary>The network against the simple baselines.</summary>
    internal static void Baselines(HtmlText page, IReadOnlyCollection<BaselineResult> results)
    {
        if (results.Count > 0)
        {
            string methods = string.Join("; ", results.Select(result => result.Method).Distinct(StringComparer.Ordinal));
            page.Table(
                $"{TableNumber.Baselines}. Difference of the mean absolute errors of the network and of simple baselines that were trained on the same cells, on the same test cells, with 95 % interval ({methods}); negative: the network is better. The errors themselves stand in {TableNumber.Errors}.",
                ["Property", "Trained on", "Tested on", "Model", "Baseline", "#Training size", "#MAE(model) − MAE(baseline)", "Unit", "#Corrected p", "Verdict"],
                results.Select(r => (IReadOnlyList<HtmlCell>)
                [
                    r.Property.Title, r.TrainedOn, r.TestedOn, r.Model, r.Baseline, Count(r.TrainingSize), new(Numbers.WithInterval(r.Difference), r.Difference.Value), r.Property.Unit, PValue(r.AdjustedPValue), BaselineClaims.Verdict(r),
                ]));
        }
    }

    internal static void Metrics(HtmlText page, ImmutableArray<MetricRecord> metrics) => page.Table(
        $"{TableNumber.Errors}. Errors of every model on every test set with 95 % intervals (also in metrics.json). " + BaselineClaims.Terms(metrics.Select(record => record.Model)) + ".",
        ["Property", "Model", "Trained on", "Tested on", "#Training size", "#n", "#Label spread", "#MAE", "#MAE/spread", "#RMSE", "#R²", "#Largest error"],
        metrics.Select(m => (IReadOnlyList<HtmlCell>)
        [
            Name(m.Property), m.Model, m.TrainedOn, m.TestedOn, Count(m.TrainingSize), Count(m.TestCount), Number(m.LabelStandardDeviation.Value),
            Interval(m.MeanAbsoluteError), new(Numbers.Significant(StudyView.ErrorOverSpread(m).Value, 2), StudyView.ErrorOverSpread(m).Value), Interval(m.RootMeanSquareError), RSquared(m.RSquared), Number(m.MaximumError.Value),
        ]));

    internal static void Conditions(HtmlText page, StudyView view)
    {
        IReadOnlyList<ConditionError> errors = view.ConditionErrors;
        if (errors.Count > 0)
        {
            page.Table(
                $"{TableNumber.Conditions}. Errors of the reported models by temperature or width of the test cells; intervals by bootstrap over test cells, one trained model. Fewer than ten cells say little.",
                ["Property", "Trained on", "Scheme", "#Temperature or width", "#n", "#Label spread", "#MAE", "#MAE/spread", "#R²"],
                errors.Select(e => (IReadOnlyList<HtmlCell>)
                [
                    Name(e.Property), e.TrainedOn, e.Scheme, new(StudyView.Condition(e.TemperatureKelvin, e.WidthAngstrom), e.TemperatureKelvin ?? e.WidthAngstrom ?? 0), Count(e.Count), Number(e.LabelSpread),
                    Interval(e.MeanAbsoluteError), Interval(e.ErrorOverSpread), new(Numbers.Fixed(e.RSquared, 2), e.RSquared),
                ]));
        }
    }

    internal static void Split(HtmlText page, SplitStatement split) => page.Table(
        "Configurations in each set.", ["Kind", "Set", "#Configurations"],
        split.Counts.Select(count => (IReadOnlyList<HtmlCell>)[count.Scheme, count.Set, Count(count.Count)]));

    internal static void Provenance(HtmlText page, StudyProvenance provenance)
    {
        page.Table("Data files.", ["File", "SHA-256"], provenance.Data.Select(data => (IReadOnlyList<HtmlCell>)[data.File, data.Sha256]));
        page.Table("Settings of the study.", ["Setting", "Value"], provenance.Settings.Select(setting => (IReadOnlyList<HtmlCell>)[setting.Name, setting.Value]));
    }

    private static string Name(Property property) => $"{property.Title} ({property.Unit})";

    private static HtmlCell Count(int count) => new(Numbers.Plain(count), count);

    private static HtmlCell Number(double value) => new(Numbers.Significant(value), value);

    private static HtmlCell PValue(double value) => new(value < 0.001 ? "< 0.001" : Numbers.Significant(value, 2), value);

    private static HtmlCell Interval(Interval interval) => new(Numbers.WithInterval(interval), interval.Value);

    private static HtmlCell RSquared(Interval interval) => new(Numbers.RSquared(interval), interval.Value);

    private static string MeanAndSpread(LabelSummary label, double origin)
    {
        int decimals = Numbers.Decimals(new Interval(label.Mean, label.Mean - label.StandardDeviation, label.Mean + label.StandardDeviation));
        return $"{Numbers.Fixed(label.Mean - origin, decimals)} ± {Numbers.Fixed(label.StandardDeviation, decimals)}";
    }
}
