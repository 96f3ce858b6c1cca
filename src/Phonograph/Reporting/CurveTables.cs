using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Reporting;

/// <summary>Power laws of learning curves and labels saved, as tables of a page.</summary>
internal static class CurveTables
{
    /// <summary>Power laws of the curves that have one.</summary>
    internal static void Laws(HtmlText page, string number, IEnumerable<SchemeCurve> curves)
    {
        SchemeCurve[] fitted = [.. curves.Where(curve => curve.Fit is not null)];
        if (fitted.Length > 0)
        {
            page.Table(
                $"{number}. Power laws of the learning curves: mean absolute error = scale / n to the power of the exponent, with a floor where six sizes or more ask for one; 95 % intervals over training draws, which come from one pool. n for 0.3: training configurations at which the error is 0.3 of the label spread; "
                + $"extrapolated beyond the sizes that were measured, not reached beyond {Numbers.Plain(CurveFit.FarthestFactor)} times the largest.",
                ["Property", "Model", "Trained on", "Tested on", "#Sizes", "#Exponent", "#Floor", "#n for 0.3", "Known by"],
                fitted.Select(curve => (IReadOnlyList<HtmlCell>)
                [
                    curve.Curve.Property.Title, curve.Curve.Model, curve.Curve.TrainedOn, curve.Curve.TestedOn, $"{curve.Fit!.Sizes[0]} to {curve.Fit.Sizes[^1]} ({curve.Fit.Sizes.Length})",
                    new(Numbers.WithInterval(curve.Fit.Exponent), curve.Fit.Exponent.Value), curve.Fit.HasFloor ? new HtmlCell(Numbers.Significant(curve.Fit.Mean.Floor), curve.Fit.Mean.Floor) : "none",
                    curve.SizeAtRegisteredShare is { } size ? Size(size) : Numbers.Missing, curve.SizeAtRegisteredShare is { } known ? ComparisonText.Standing(known.Standing) : Numbers.Missing,
                ]));
        }
    }

    /// <summary>Labels that one kind of training data saves against another.</summary>
    internal static void Savings(HtmlText page, string number, IReadOnlyCollection<SchemeSaving> savings)
    {
        if (savings.Count > 0)
        {
            page.Table(
                $"{number}. Labels saved at equal error: configurations that the second kind needs over those that the first needs, for the error that the worse of the two has at the largest size; above 1 the first saves labels. 95 % intervals over training draws.",
                ["Property", "Model", "Tested on", "First", "Second", "#At error", "#n first", "#n second", "#n second / n first"],
                savings.Select(row => (IReadOnlyList<HtmlCell>)
                [
                    row.Property.Title, row.Model, row.TestedOn, row.First, row.Second, new(Numbers.Significant(row.Saving.Error), row.Saving.Error), Size(row.Saving.FirstSize), Size(row.Saving.SecondSize),
                    row.Saving.IsReached ? new HtmlCell(Numbers.WithInterval(row.Saving.Ratio), row.Saving.Ratio.Value) : Numbers.Missing,
                ]));
        }
    }

    private static HtmlCell Size(SizeEstimate size) => new(ComparisonText.Size(size), size.Standing == SizeStanding.NotReached ? double.PositiveInfinity : size.Size.Value);
}
