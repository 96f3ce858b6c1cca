using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Phonograph.Datasets;
using Phonograph.Reporting;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Tests.Reporting;

/// <summary>Text of the figures of a report, by the outlines of its letters: none leaves the figure, none is written over another, for studies of two and three kinds, with and without frames of molecular dynamics.</summary>
public sealed partial class FigureTextTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void No_text_leaves_its_figure_or_covers_another(bool hasFrames, bool hasThirdKind)
    {
        StudyResult study = SyntheticStudy.Create();
        study = hasFrames ? study with { Predictions = [.. study.Predictions.Select(table => With(table, "dynamics", "test"))] } : study;
        study = hasThirdKind ? study with { Predictions = [.. study.Predictions.Select(table => table.TrainedOn == "combined" ? With(table, "einstein", "train", "validation", "test") : table)] } : study;
        using var folder = new TemporaryFolder();
        ReportSummary summary = ReportWriter.Write(study, folder.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(Faults(summary, folder));
    }

    [Theory]
    [InlineData("a", "b", "c")]
    [InlineData("gaussian-energy", "gaussian", "what is matched")]
    [InlineData("phonon", "einstein", "a meaning with more words than either of its schemes")]
    public void Names_of_compared_schemes_may_be_long(string first, string second, string meaning)
    {
        using var folder = new TemporaryFolder();
        SchemeDifference difference = SyntheticComparison.Difference(first, second, -0.02, 0.01);
        SchemeError[] errors = [SyntheticComparison.Error("m6", first, 0.05), SyntheticComparison.Error("m6", second, 0.07)];
        ComparisonResult comparison = SyntheticComparison.Create() with
        {
            TestSets = [new TestSetRow(SyntheticComparison.Frames, 20, 5, 20, false)],
            Differences = [.. Property.All.Select(property => difference with { Property = property, Meaning = meaning })],
            Errors = [.. Property.All.SelectMany(property => errors.Select(error => error with { Metric = error.Metric with { Property = property } }))],
        };
        ReportSummary summary = ReportWriter.Write(SyntheticStudy.Create(), folder.Path, comparison, cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(summary.Figures, name => name.StartsWith("figure-10-", StringComparison.Ordinal));
        Assert.Empty(Faults(summary, folder));
    }

    [Fact]
    public void Frames_are_of_no_kind_that_a_model_was_trained_on()
    {
        StudyResult plain = SyntheticStudy.Create(), study = plain with { Predictions = [.. plain.Predictions.Select(table => With(table, "dynamics", "test"))] };
        using TemporaryFolder before = new(), after = new();
        string Sets(StudyResult result, TemporaryFolder folder)
        {
            string page = File.ReadAllText(ReportWriter.Write(result, folder.Path, cancellation: TestContext.Current.CancellationToken).PagePath);
            int table = page.IndexOf("straight from the predictions of one trained model", StringComparison.Ordinal);
            return page[table..page.IndexOf("</table>", table, StringComparison.Ordinal)];
        }

        string expected = Sets(plain, before), found = Sets(study, after);
        Assert.Contains("combined", expected, StringComparison.Ordinal);
        Assert.Equal(WithoutOutside().Replace(expected, ""), WithoutOutside().Replace(found, ""));
        Assert.All(Directory.GetFiles(Path.Combine(after.Path, "figures"), "figure-2-*.svg"), file => Assert.DoesNotContain("dynamics", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Tables_are_numbered_in_the_order_of_the_page_and_sentences_name_tables_that_are_there()
    {
        using var folder = new TemporaryFolder();
        string page = File.ReadAllText(ReportWriter.Write(SyntheticStudy.Create(), folder.Path, cancellation: TestContext.Current.CancellationToken).PagePath);
        int[] numbers = [.. Caption().Matches(page).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.True(numbers.Length > 8);
        Assert.Equal(numbers.Order().Distinct(), numbers);
        Assert.Empty(Named().Matches(page).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Except(numbers));
    }

    private static List<string> Faults(ReportSummary summary, TemporaryFolder folder)
    {
        var faults = new List<string>();
        foreach (string name in summary.Figures)
        {
            XElement svg = XElement.Load(Path.Combine(folder.Path, "figures", name + ".svg"));
            (string Text, Box Box)[] texts = [.. Texts(svg)];
            Assert.True(texts.Length > 10, name);
            var page = new Box(0, 0, Number(svg.Attribute("width")!.Value), Number(svg.Attribute("height")!.Value));
            faults.AddRange(texts.Where(text => !page.Holds(text.Box)).Select(text => $"{name}: '{text.Text}' leaves the figure, {text.Box}"));
            faults.AddRange(
                from first in Enumerable.Range(0, texts.Length)
                from second in Enumerable.Range(first + 1, texts.Length - first - 1)
                where texts[first].Box.Covers(texts[second].Box)
                select $"{name}: '{texts[first].Text}' over '{texts[second].Text}', {texts[first].Box}, {texts[second].Box}");
        }

        return faults;
    }

    private static PropertyPredictions With(PropertyPredictions table, string scheme, params string[] sets) => table with
    {
        Predictions = [.. table.Predictions, .. sets.SelectMany(set => table.Predictions.Where(p => p.Set == set).Take(5).Select(p => p with { Scheme = scheme, Configuration = $"{scheme}-{p.Configuration}" }))],
    };

    /// <summary>Every line of text with the box around the outlines of its letters.</summary>
    private static IEnumerable<(string Text, Box Box)> Texts(XElement svg)
    {
        Dictionary<string, Box> letters = svg.Descendants().Where(element => element.Name.LocalName == "path" && element.Attribute("id") is not null).ToDictionary(
            element => "#" + element.Attribute("id")!.Value, element => Box.Around(Numbers(element.Attribute("d")!.Value)));
        foreach (XElement line in svg.Descendants().Where(element => element.Name.LocalName == "g" && element.Attribute("aria-label") is not null))
        {
            double[] place = Numbers(line.Attribute("transform")!.Value);
            Box[] parts =
            [
                .. from use in line.Elements()
                   let at = Numbers(use.Attribute("transform")!.Value)
                   select letters[use.Attribute("href")!.Value].Scaled(at[2]).Moved(at[0], at[1]),
            ];
            if (parts.Length > 0)
            {
                Box all = parts.Aggregate(Box.Both);
                yield return (line.Attribute("aria-label")!.Value, (place.Length == 2 ? all : all.Upright(place[2])).Moved(place[0], place[1]));
            }
        }
    }

    private static double[] Numbers(string text) => [.. Numeral().Matches(text).Select(match => Number(match.Value))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE]-?\d+)?")]
    private static partial Regex Numeral();

    [GeneratedRegex(@"<caption[^>]*>Table (\d+)\. ")]
    private static partial Regex Caption();

    [GeneratedRegex(@"Table (\d+)")]
    private static partial Regex Named();

    /// <summary>The last cell of a row, which counts test cells of any kind.</summary>
    [GeneratedRegex(@"<td[^>]*>[^<]*</td></tr>")]
    private static partial Regex WithoutOutside();

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        /// <summary>Outlines may touch, and a curve lies inside the box of its control points.</summary>
        private const double Tolerance = 0.5;

        /// <summary>Around points, control points of curves included: x and y in turn.</summary>
        internal static Box Around(double[] points) => new(
            points.Where((_, place) => place % 2 == 0).Min(), points.Where((_, place) => place % 2 == 1).Min(), points.Where((_, place) => place % 2 == 0).Max(), points.Where((_, place) => place % 2 == 1).Max());

        internal static Box Both(Box first, Box second) => new(Math.Min(first.Left, second.Left), Math.Min(first.Top, second.Top), Math.Max(first.Right, second.Right), Math.Max(first.Bottom, second.Bottom));

        internal Box Scaled(double factor) => new(Left * factor, Top * factor, Right * factor, Bottom * factor);

        internal Box Moved(double x, double y) => new(Left + x, Top + y, Right + x, Bottom + y);

        /// <summary>Turned by a quarter.</summary>
        internal Box Upright(double degrees)
        {
            Assert.Equal(-90, degrees);
            return new Box(Top, -Right, Bottom, -Left);
        }

        internal bool Holds(Box other) => other.Left >= Left - Tolerance && other.Top >= Top - Tolerance && other.Right <= Right + Tolerance && other.Bottom <= Bottom + Tolerance;

        internal bool Covers(Box other) => Math.Min(Right, other.Right) - Math.Max(Left, other.Left) > Tolerance && Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top) > Tolerance;
    }
}
