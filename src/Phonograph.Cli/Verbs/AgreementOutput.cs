using System.CommandLine;
using System.Globalization;
using System.Text;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting;

namespace Phonograph.Cli.Verbs;

/// <summary>The options of <c>phonograph dataset</c> that set labels of the same cells beside each other.</summary>
internal sealed class AgreementOutput
{
    private readonly Option<string[]> _against = new("--against")
    {
        Description = "Only compare: labels of the same cells (by id) from another level or other settings. Shift, scatter, correlation and slope of each property, with 95 % intervals over cells.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _folder = new("--comparison") { Description = "With --against: folder for label-agreement.svg, .png, .csv and agreement.csv." };

    internal IEnumerable<Option> All => [_against, _folder];

    /// <summary>The comparison that the options ask for; null when they ask for none.</summary>
    /// <exception cref="InputException">Files do not fit together.</exception>
    internal LabelAgreement? Compare(CliRun run, Dataset dataset)
    {
        if (run.Get(_against) is not { Length: > 0 } others)
        {
            return run.Get(_folder) is null ? null : throw new InputException("--comparison: found without --against; expected the labels to compare with. Give --against FILE too.");
        }

        LabelAgreement agreement = LabelAgreement.Of(dataset, Dataset.Read(others));
        if (run.Get(_folder) is { } folder)
        {
            OutputPlace.Prepare(folder);
            AgreementFigures.Write(folder, agreement);
        }

        return agreement;
    }

    internal static string Text(LabelAgreement agreement)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{agreement.Second} minus {agreement.First}: {agreement.Pairs.Length} cells in both, {agreement.FirstOnly} only in the first, {agreement.SecondOnly} only in the second");
        foreach (IGrouping<Property, AgreementRow> property in agreement.Rows.GroupBy(row => row.Property))
        {
            text.AppendLine().AppendLine($"{$"{property.Key.Title} ({property.Key.Unit})",-32} {"n",5} {"shift",11} {"scatter",29} {"of spread",10} {"r",8} {"slope",8}");
            foreach (AgreementRow row in property)
            {
                string scatter = string.Create(CultureInfo.InvariantCulture, $"{row.Scatter.Value:G3} [{row.Scatter.Low:G3}, {row.Scatter.High:G3}]");
                text.AppendLine(CultureInfo.InvariantCulture, $"  {row.Stratum?.Label ?? "all",-30} {row.Cells,5} {row.Shift.Value,11:G3} {scatter,29} {row.Share,10:G3} {row.Correlation.Value,8:F4} {row.Slope.Value,8:F4}");
            }
        }

        return text.ToString().TrimEnd();
    }

    internal static object Json(LabelAgreement agreement) => new
    {
        first = agreement.First,
        second = agreement.Second,
        cells = agreement.Pairs.Length,
        only_first = agreement.FirstOnly,
        only_second = agreement.SecondOnly,
        rows = agreement.Rows.Select(row => new
        {
            property = row.Property.Key,
            unit = row.Property.Unit,
            scheme = row.Stratum?.Scheme,
            temperature_K = row.Stratum?.TemperatureKelvin,
            width_A = row.Stratum?.WidthAngstrom,
            n = row.Cells,
            shift = Numbers(row.Shift),
            scatter = Numbers(row.Scatter),
            spread_of_first = Numbers(row.Spread),
            correlation = Numbers(row.Correlation),
            slope = Numbers(row.Slope),
        }),
    };

    private static double?[] Numbers(Interval interval) => [Finite(interval.Value), Finite(interval.Low), Finite(interval.High)];

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
