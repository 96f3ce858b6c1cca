using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting.Comparisons;

/// <summary>Files of a comparison: JSON with everything, CSV tables, and a table to read.</summary>
public static class ComparisonFiles
{
    /// <summary>Name of the folder beside the report of a study that they lie in.</summary>
    public const string Folder = "comparison";

    private static readonly string[] WayColumns = ["property", "unit", "model", "trained_on", "tested_on"];

    /// <summary>Writes <c>comparison.json</c>, <c>comparison.csv</c>, <c>differences.csv</c>, <c>contrasts.csv</c>, <c>thermal-means.csv</c>, <c>curves.csv</c>, <c>curve-fits.csv</c>, <c>savings.csv</c>, <c>settings.csv</c>, where there are hypotheses <c>hypotheses.csv</c>, and <c>comparison.md</c>.</summary>
    /// <param name="folder">Folder; made when missing.</param>
    /// <param name="result">The comparison.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> Write(string folder, ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        (string Name, CsvTable Table)[] tables =
        [
            ("comparison.csv", Errors(result)), ("differences.csv", Differences(result)), ("contrasts.csv", Contrasts(result)), ("thermal-means.csv", ThermalMeans(result)),
            ("curves.csv", Curves(result)), ("curve-fits.csv", Fits(result)), ("savings.csv", Savings(result)), ("settings.csv", Settings(result)),
            .. result.Hypotheses.IsEmpty ? Array.Empty<(string, CsvTable)>() : [("hypotheses.csv", Hypotheses(result))],
        ];
        var paths = ImmutableArray.CreateBuilder<string>();
        paths.Add(ComparisonResultFile.Write(result, folder));
        foreach ((string name, CsvTable table) in tables)
        {
            paths.Add(Path.Combine(folder, name));
            AtomicFile.WriteText(paths[^1], table.ToString());
        }

        paths.Add(Path.Combine(folder, "comparison.md"));
        AtomicFile.WriteText(paths[^1], ComparisonText.Of(result));
        return paths.ToImmutable();
    }

    private static CsvTable Errors(ComparisonResult result)
    {
        var table = new CsvTable([.. WayColumns, "training_size", "n", "blocks", .. Named("label_std"), .. Named("mae"), .. Named("mae_over_std"), .. Named("r2"), .. Named("rmse")]);
        foreach (SchemeError error in result.Errors)
        {
            MetricRecord metric = error.Metric;
            table.Add([
                metric.Property.Key, metric.Property.Unit, metric.Model, metric.TrainedOn, metric.TestedOn, Numbers.Csv(metric.TrainingSize), Numbers.Csv(metric.TestCount), Numbers.Csv(error.Blocks),
                .. Cells(metric.LabelStandardDeviation), .. Cells(metric.MeanAbsoluteError), .. Cells(error.OverSpread), .. Cells(metric.RSquared), .. Cells(metric.RootMeanSquareError),
            ]);
        }

        return table;
    }

    private static CsvTable Differences(ComparisonResult result)
    {
        var table = new CsvTable([
            "family", "meaning", "property", "unit", "tested_on", "first_model", "first_trained_on", "second_model", "second_trained_on", "training_size", "first_mae", "second_mae", .. Named("difference"), "p", "p_holm",
            .. Named("difference_nadeau_bengio"), "p_nadeau_bengio", "p_nadeau_bengio_holm", "tests_in_family", .. Named("ratio"), "share_of_smaller_error", "standardised_effect", "small", "verdict",
        ]);
        foreach (SchemeDifference row in result.Differences)
        {
            ErrorDifference numbers = row.Numbers;
            table.Add([
                row.Family.ToString().ToLowerInvariant(), row.Meaning, row.Property.Key, row.Property.Unit, row.TestedOn, row.First.Model, row.First.Scheme, row.Second.Model, row.Second.Scheme, Count(row.TrainingSize),
                Csv(numbers.FirstError), Csv(numbers.SecondError), .. Cells(numbers.Difference), Csv(numbers.PValue), Csv(row.AdjustedPValue), .. Cells(numbers.Corrected), Csv(numbers.CorrectedPValue), Csv(row.AdjustedCorrectedPValue),
                Count(row.FamilySize), .. Cells(numbers.Ratio), Csv(numbers.ShareOfSmallerError), Csv(numbers.StandardisedEffect), numbers.IsSmall ? "yes" : "no", row.Verdict,
            ]);
        }

        return table;
    }

    private static CsvTable Contrasts(ComparisonResult result)
    {
        var table = new CsvTable(["meaning", "formula", "property", "unit", "model", "tested_on", .. Named("value"), "p"]);
        foreach (SchemeContrast row in result.Contrasts)
        {
            table.Add([row.Meaning, row.Formula, row.Property.Key, row.Property.Unit, row.Model, row.TestedOn, .. Cells(row.Value), Csv(row.PValue)]);
        }

        return table;
    }

    private static CsvTable ThermalMeans(ComparisonResult result)
    {
        var table = new CsvTable(["model", "trained_on", "frames", "training_size", "blocks", .. Named("labelled_eV"), .. Named("predicted_eV"), .. Named("error_eV")]);
        foreach (ThermalMean row in result.ThermalMeans)
        {
            table.Add([row.Way.Model, row.Way.Scheme, row.TestedOn, Count(row.TrainingSize), Count(row.Mean.Blocks), .. Cells(row.Mean.Labelled), .. Cells(row.Mean.Predicted), .. Cells(row.Mean.Error)]);
        }

        return table;
    }

    private static CsvTable Curves(ComparisonResult result)
    {
        var table = new CsvTable([.. WayColumns, "training_size", "draw", "mae", "r2", "mean_mae", "mean_mae_low", "mean_mae_high"]);
        foreach (LearningCurve curve in result.Curves.Select(each => each.Curve))
        {
            foreach (LearningCurvePoint point in curve.Points)
            {
                for (int draw = 0; draw < point.MeanAbsoluteErrors.Length; draw++)
                {
                    table.Add([
                        .. Way(curve), Count(point.TrainingSize), Count(draw + 1), Csv(point.MeanAbsoluteErrors[draw]), Csv(point.RSquareds[draw]), .. Cells(point.MeanAbsoluteError),
                    ]);
                }
            }
        }

        return table;
    }

    private static CsvTable Fits(ComparisonResult result)
    {
        var table = new CsvTable([.. WayColumns, "label_std", "scale", "exponent", "floor", .. Named("exponent_over_draws"), .. Named("n_at_mae_0.3_std"), "standing"]);
        foreach (SchemeCurve curve in result.Curves)
        {
            if (curve is { Fit: { } fit, SizeAtRegisteredShare: { } size })
            {
                table.Add([.. Way(curve.Curve), Csv(curve.Spread), Csv(fit.Mean.Scale), Csv(fit.Mean.Exponent), Csv(fit.Mean.Floor), .. Cells(fit.Exponent), .. Cells(size.Size), ComparisonText.Standing(size.Standing)]);
            }
        }

        return table;
    }

    private static CsvTable Savings(ComparisonResult result)
    {
        var table = new CsvTable(["property", "unit", "model", "tested_on", "first", "second", "error", .. Named("n_first"), "first_standing", .. Named("n_second"), "second_standing", .. Named("n_second_over_n_first")]);
        foreach (SchemeSaving row in result.Savings)
        {
            LabelSaving saving = row.Saving;
            table.Add([
                row.Property.Key, row.Property.Unit, row.Model, row.TestedOn, row.First, row.Second, Csv(saving.Error), .. Cells(saving.FirstSize.Size), ComparisonText.Standing(saving.FirstSize.Standing),
                .. Cells(saving.SecondSize.Size), ComparisonText.Standing(saving.SecondSize.Standing), .. Cells(saving.Ratio),
            ]);
        }

        return table;
    }

    private static CsvTable Hypotheses(ComparisonResult result)
    {
        var table = new CsvTable("hypothesis", "claim", "tested_on", "property", "model", "outcome", "numbers");
        foreach (SchemeAnswer answer in SchemeAnswer.All(result))
        {
            table.Add(answer.Hypothesis.Name, answer.Hypothesis.Claim, answer.Hypothesis.TestedOn, answer.Property.Key, answer.Model, answer.Verdict, answer.Evidence);
        }

        return table;
    }

    private static CsvTable Settings(ComparisonResult result)
    {
        var table = new CsvTable("model", "property", "trials", "validation_mae", "settings");
        foreach (ComparedSettings row in result.Settings)
        {
            table.Add(row.Model, row.Property, Count(row.Trials), Numbers.Csv(row.ValidationMeanAbsoluteError), string.Join(' ', row.Values.Select(value => $"{value.Name}={value.Value}")));
        }

        return table;
    }

    private static string[] Way(LearningCurve curve) => [curve.Property.Key, curve.Property.Unit, curve.Model, curve.TrainedOn, curve.TestedOn];

    private static string[] Named(string name) => [name, name + "_low", name + "_high"];

    private static string[] Cells(Interval interval) => [Csv(interval.Value), Csv(interval.Low), Csv(interval.High)];

    private static string Csv(double value) => Numbers.Csv(value);

    private static string Count(int value) => Numbers.Csv(value);
}
