using Phonograph.Datasets;

namespace Phonograph.Reporting.Comparisons;

/// <summary>The section of a report that holds the comparison of sampling schemes.</summary>
internal static class ComparisonPage
{
    private static readonly string[] Files = ["comparison.md", "comparison.csv", "differences.csv", "contrasts.csv", "thermal-means.csv", "curves.csv", "curve-fits.csv", "savings.csv", "settings.csv"];

    /// <summary>The test sets that figures show: frames of molecular dynamics where there are some, else all cells together, else the first.</summary>
    internal static IReadOnlyList<string> Shown(ComparisonResult result)
    {
        string[] frames = [.. result.TestSets.Where(set => set.BlockFemtosecond is not null).Select(set => set.Name)];
        return frames.Length > 0 ? frames
            : result.TestSets.Any(set => set.Name == StudyView.Combined) ? [StudyView.Combined]
            : [.. result.TestSets.Take(1).Select(set => set.Name)];
    }

    /// <summary>Writes the section.</summary>
    /// <param name="page">The page.</param>
    /// <param name="result">The comparison.</param>
    /// <param name="figures">Writes the figures whose names begin so.</param>
    internal static void Write(HtmlText page, ComparisonResult result, Action<string> figures)
    {
        ComparisonDesign design = result.Design;
        page.Element(
            "p", $"{design.TrainingSize} training and {design.ValidationSize} validation cells of each scheme ({string.Join(", ", design.Schemes)}), {design.Draws} draws, seed {design.Seed}. {design.Division} "
            + (design.GapAboveElectronvolt is { } gap ? $"Only cells with a gap above {Numbers.Plain(gap)} eV took part; {design.FilteredCells} were taken out. " : "No range filter. ") + design.Leakage);
        page.List(SchemeAnswer.Sentences(result));
        page.List(Shown(result).SelectMany(tested => Property.All.Select(property => Sentence(result, property, tested)).OfType<string>()));
        figures("figure-9-");
        figures("figure-10-");
        Differences(page, result);
        Thermal(page, result);
        Contrasts(page, result);
        CurveTables.Laws(page, TableNumber.SchemeLaws, result.Curves.Where(curve => Shown(result).Contains(curve.Curve.TestedOn)));
        CurveTables.Savings(page, TableNumber.SchemeSavings, [.. result.Savings.Where(saving => Shown(result).Contains(saving.TestedOn))]);
        Hypotheses(page, result);
        page.List(result.Notes);
        page.Raw("<p>Everything, for every test set: ").Raw(string.Join(" ", Files.Select(file => $"<a href=\"{ComparisonFiles.Folder}/{file}\">{file}</a>"))).Raw("</p>\n");
    }

    /// <summary>What the pairs of schemes come to, for one property on one test set.</summary>
    private static string? Sentence(ComparisonResult result, Property property, string tested)
    {
        SchemeDifference[] rows = [.. result.Differences.Where(row => row.Property == property && row.TestedOn == tested && row.Family == DifferenceFamily.Pair)];
        if (rows.Length == 0)
        {
            return null;
        }

        IEnumerable<string> pairs = rows.GroupBy(row => (row.First.Scheme, row.Second.Scheme)).Select(pair =>
        {
            int first = pair.Count(row => row.IsDecided && row.Numbers.Difference.Value < 0), second = pair.Count(row => row.IsDecided && row.Numbers.Difference.Value > 0);
            return $"{pair.Key.Item1} against {pair.Key.Item2}: {first} of {pair.Count()} models better with {pair.Key.Item1}, {second} with {pair.Key.Item2}, {pair.Count() - first - second} undecided";
        });
        return $"{property.Title}, tested on {tested}: {string.Join("; ", pairs)}.";
    }

    private static void Differences(HtmlText page, ComparisonResult result)
    {
        IReadOnlyList<string> shown = Shown(result);
        SchemeDifference[] rows = [.. result.Differences.Where(row => shown.Contains(row.TestedOn))];
        if (rows.Length > 0)
        {
            page.Table(
                $"{TableNumber.SchemeDifferences}. Errors of two ways to train on the same test cells: mean absolute errors, their difference with its 95 % interval over draws and test cells or blocks, the interval of Nadeau and Bengio for overlapping draws, and p-values corrected by Holm. Small: less than a tenth of the smaller error.",
                ["Property", "Tested on", "Model", "First", "Second", "Shows", "#MAE first", "#MAE second", "#First − second", "#Nadeau-Bengio", "#Corrected p", "Verdict"],
                rows.Select(row => (IReadOnlyList<HtmlCell>)
                [
                    row.Property.Title, row.TestedOn, row.First.Model == row.Second.Model ? row.First.Model : $"{row.First.Model} / {row.Second.Model}", row.First.Scheme, row.Second.Scheme, row.Meaning,
                    new(Numbers.Significant(row.Numbers.FirstError), row.Numbers.FirstError), new(Numbers.Significant(row.Numbers.SecondError), row.Numbers.SecondError),
                    new(Numbers.WithInterval(row.Numbers.Difference), row.Numbers.Difference.Value), new(Numbers.WithInterval(row.Numbers.Corrected), row.Numbers.Corrected.Value),
                    new(Numbers.Significant(row.AdjustedPValue, 2), row.AdjustedPValue), row.Verdict,
                ]));
        }
    }

    private static void Hypotheses(HtmlText page, ComparisonResult result)
    {
        if (!result.Hypotheses.IsEmpty)
        {
            page.Table(
                $"{TableNumber.SchemeHypotheses}. Hypotheses written down before the labels, and what came out, for every property and model. A difference or a sum decides with a p-value below 5 %, a ratio where its 95 % interval does; an order has no p-value.",
                ["Hypothesis", "Claim", "Tested on", "Property", "Model", "Outcome", "Numbers"],
                SchemeAnswer.All(result).Select(answer => (IReadOnlyList<HtmlCell>)[answer.Hypothesis.Name, answer.Hypothesis.Claim, answer.Hypothesis.TestedOn, answer.Property.Title, answer.Model, answer.Verdict, answer.Evidence]));
        }
    }

    private static void Thermal(HtmlText page, ComparisonResult result)
    {
        if (!result.ThermalMeans.IsEmpty)
        {
            page.Table(
                $"{TableNumber.ThermalMeans}. Mean band gap of molecular dynamics (eV): as labelled, as each model predicts it, and predicted minus labelled on the same frames, with 95 % intervals over draws and blocks.",
                ["Frames", "#Blocks", "Model", "Trained on", "#Labelled", "#Predicted", "#Error"],
                result.ThermalMeans.Select(row => (IReadOnlyList<HtmlCell>)
                [
                    row.TestedOn, new(Numbers.Plain(row.Mean.Blocks), row.Mean.Blocks), row.Way.Model, row.Way.Scheme, new(Numbers.WithInterval(row.Mean.Labelled), row.Mean.Labelled.Value),
                    new(Numbers.WithInterval(row.Mean.Predicted), row.Mean.Predicted.Value), new(Numbers.WithInterval(row.Mean.Error), row.Mean.Error.Value),
                ]));
        }
    }

    private static void Contrasts(HtmlText page, ComparisonResult result)
    {
        if (!result.Contrasts.IsEmpty)
        {
            page.Table(
                $"{TableNumber.SchemeContrasts}. Sums of errors of several schemes with 95 % intervals; p-values not corrected.",
                ["Asks", "Sum of errors", "Property", "Model", "Tested on", "#Value", "#p"],
                result.Contrasts.Select(row => (IReadOnlyList<HtmlCell>)
                [
                    row.Meaning, row.Formula, $"{row.Property.Title} ({row.Property.Unit})", row.Model, row.TestedOn, new(Numbers.WithInterval(row.Value), row.Value.Value), new(Numbers.Significant(row.PValue, 2), row.PValue),
                ]));
        }
    }
}
