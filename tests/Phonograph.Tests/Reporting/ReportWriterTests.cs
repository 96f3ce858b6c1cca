using System.Text.Json;
using System.Text.RegularExpressions;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting;
using SkiaSharp;

namespace Phonograph.Tests.Reporting;

[Collection<ReportWrittenOnce>]
public sealed partial class ReportWriterTests(WrittenReport report)
{
    private static readonly string[] MetricKeys = ["label_std", "mae", "rmse", "r2", "max_error"];

    [Fact]
    public void Metrics_file_is_a_list_of_records_with_the_agreed_keys()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(report.Folder, "metrics.json")));
        string[] expected = ["property", "unit", "model", "trained_on", "tested_on", "training_size", "n", .. MetricKeys.SelectMany(key => new[] { key, key + "_low", key + "_high" })];
        Assert.Equal(JsonValueKind.Array, json.RootElement.ValueKind);
        Assert.Equal(4 * 3 * 3 * 2, json.RootElement.GetArrayLength());
        Assert.All(json.RootElement.EnumerateArray(), record => Assert.Equal(expected, record.EnumerateObject().Select(pair => pair.Name)));
    }

    [Fact]
    public void Metrics_file_carries_the_numbers_of_the_study_unrounded()
    {
        MetricRecord record = report.Study.Metrics[5];
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(report.Folder, "metrics.json")));
        JsonElement written = json.RootElement[5];
        Assert.Equal(record.Property.Key, written.GetProperty("property").GetString());
        Assert.Equal(record.MeanAbsoluteError.High, written.GetProperty("mae_high").GetDouble());
        Assert.Equal(record.TestCount, written.GetProperty("n").GetInt32());
    }

    [Fact]
    public void Page_asks_for_nothing_outside_its_own_folder()
    {
        string page = report.Page;
        Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
        HashSet<string> identifiers = [.. Identifiers().Matches(page).Select(match => match.Groups[1].Value)];
        HashSet<string> references = [.. References().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.All(references, target => Assert.True(target.StartsWith('#') ? identifiers.Contains(target[1..]) : File.Exists(Path.Combine(report.Folder, target)), target));
    }

    [Fact]
    public void Identifiers_in_the_page_are_unique()
    {
        string[] identifiers = [.. Identifiers().Matches(report.Page).Select(match => match.Groups[1].Value)];
        Assert.Equal(identifiers.Distinct().Count(), identifiers.Length);
    }

    [Fact]
    public void Every_figure_has_svg_png_and_data_and_stands_in_the_page()
    {
        string page = report.Page;
        string[] expected =
        [
            "figure-1-crystal-graph", "figure-2-parity-phonon", "figure-2-parity-random", "figure-2-parity-combined", "figure-3-configurations", "figure-3-map",
            "figure-4-learning-curves-mae", "figure-4-learning-curves-r2", "figure-5-importance-structure", "figure-5-importance-densities", "figure-5-importance-pairs", "figure-5-importance-features", "figure-6-cross-set", "figure-7-conditions", "figure-8-training-history",
        ];
        Assert.Equal(expected, report.Summary.Figures);
        Assert.All(expected, name =>
        {
            string stem = Path.Combine(report.Folder, "figures", name);
            Assert.StartsWith("<svg xmlns=", File.ReadAllText(stem + ".svg"), StringComparison.Ordinal);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(stem + ".png")[..4]);
            Assert.True(File.ReadLines(stem + ".csv").Count() > 1, name);
            Assert.Contains($"<figure id=\"{name}\">", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Prediction_files_hold_one_line_for_every_prediction()
    {
        foreach (PropertyPredictions table in report.Study.Predictions)
        {
            string[] lines = File.ReadAllLines(Path.Combine(report.Folder, "predictions", $"{table.Property.Key}-{table.TrainedOn}.csv"));
            Assert.Equal("id,scheme,temperature_K,width_A,set,label,prediction,unit,outside", lines[0]);
            Assert.Equal(table.Predictions.Length + 1, lines.Length);
        }

        string[] first = File.ReadLines(Path.Combine(report.Folder, "predictions", "band_gap-phonon.csv")).ElementAt(1).Split(',');
        Assert.Equal(("phonon-0000", "phonon", "150", "", "train"), (first[0], first[1], first[2], first[3], first[4]));
    }

    [Fact]
    public void The_same_result_gives_the_same_bytes_also_after_a_round_trip_through_json()
    {
        using var folder = new TemporaryFolder();
        ReportWriter.Write(StudyResultFile.Read(report.Folder), folder.Path, cancellation: TestContext.Current.CancellationToken);
        string[] files = [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.Path, file)).Order(StringComparer.Ordinal)];
        Assert.Contains("index.html", files);
        Assert.All(files, file => Assert.True(
            File.ReadAllBytes(Path.Combine(report.Folder, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder.Path, file))), file));
    }

    [Fact]
    public void Text_of_figures_is_outlines_of_letters_that_the_shipped_font_has()
    {
        foreach (string name in report.Summary.Figures)
        {
            string svg = File.ReadAllText(Path.Combine(report.Folder, "figures", name + ".svg"));
            Assert.DoesNotContain("<text", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("font-family", svg, StringComparison.Ordinal);
            MatchCollection labels = Labels().Matches(svg);
            Assert.True(labels.Count > 10, name);
            Assert.All(labels, label => Assert.True(label.Groups[2].Value.Split("<use").Length > 1, label.Groups[1].Value));

            // Glyph 0 is the box that stands for a letter the font does not have.
            Assert.DoesNotContain("#s-regular0\"", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("#s-bold0\"", svg, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Drawing_never_asks_for_a_font_of_the_machine()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Phonograph.slnx")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(root, "src", "Phonograph", "Reporting"), "*.cs", SearchOption.AllDirectories)];
        Assert.Contains(sources, source => File.ReadAllText(source).Contains("SKTypeface.FromData", StringComparison.Ordinal));
        Assert.All(sources, source => Assert.DoesNotMatch(@"SKFontManager|SKTypeface\.(Default|FromFamilyName|FromFile)|\.DrawText\(|new SKFont\(\)", File.ReadAllText(source)));
    }

    [Fact]
    public void Title_of_a_figure_is_dark_pixels_in_the_png()
    {
        using SKBitmap picture = SKBitmap.Decode(Path.Combine(report.Folder, "figures", "figure-2-parity-phonon.png"));
        int Dark(int left, int top, int right, int bottom) =>
            (from x in Enumerable.Range(left, right - left) from y in Enumerable.Range(top, bottom - top) where picture.GetPixel(x, y).Red < 90 select 1).Count();

        // "Trained on phonon data" starts at (12, 20) in units of two pixels; nothing is drawn to the right of it.
        Assert.InRange(Dark(24, 16, 330, 46), 800, 5000);
        Assert.Equal(0, Dark(420, 8, 1400, 46));
    }

    [Fact]
    public void Text_of_the_study_is_escaped()
    {
        const string nasty = "<script>alert(\"x\")</script> & 'more'";
        StudyResult result = Small() with { Title = nasty, Notice = nasty, Caveats = [nasty] };
        result = result with { Material = result.Material with { Formula = "A<b>&\"" }, Predictions = [.. result.Predictions.Select(table => table with { TrainedOn = "x\"<y>" })] };
        using var folder = new TemporaryFolder();
        ReportSummary summary = ReportWriter.Write(result, folder.Path, cancellation: TestContext.Current.CancellationToken);
        string page = File.ReadAllText(summary.PagePath);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; 'more'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<y>", page, StringComparison.Ordinal);
        Assert.All(summary.Figures, name => Assert.True(File.Exists(Path.Combine(folder.Path, "figures", name + ".svg")), name));
    }

    [Fact]
    public void Numbers_that_are_not_finite_become_null_dashes_and_gaps()
    {
        var none = new Interval(double.NaN, double.NaN, double.PositiveInfinity);
        StudyResult result = Small();
        result = result with
        {
            Metrics = [.. result.Metrics.Select(metric => metric with { RSquared = none, MeanAbsoluteError = none, LabelStandardDeviation = none })],
            Predictions = [.. result.Predictions.Select(table => table with { Predictions = [.. table.Predictions.Select((p, i) => i % 3 == 0 ? p with { Predicted = double.NaN } : p)] })],
            LearningCurves = [.. result.LearningCurves.Select(curve => curve with { Points = [.. curve.Points.Select(point => point with { RSquared = none, MeanAbsoluteErrors = [double.NaN] })] })],
            Comparisons = [.. result.Comparisons.Select(comparison => comparison with { Difference = none })],
            Configurations = [.. result.Configurations.Select(row => row with { Labels = [] })],
        };
        using var folder = new TemporaryFolder();
        StudyResultFile.Write(result, folder.Path);
        ReportSummary summary = ReportWriter.Write(StudyResultFile.Read(folder.Path), folder.Path, cancellation: TestContext.Current.CancellationToken);
        string page = File.ReadAllText(summary.PagePath);
        Assert.DoesNotContain("NaN", page[..page.IndexOf("<script>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain("∞", page, StringComparison.Ordinal);
        Assert.Contains("not defined", page, StringComparison.Ordinal);
        Assert.All(summary.Figures, name => Assert.DoesNotContain("NaN", File.ReadAllText(Path.Combine(folder.Path, "figures", name + ".svg")), StringComparison.Ordinal));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "metrics.json")));
        Assert.All(json.RootElement.EnumerateArray(), record => Assert.Equal(JsonValueKind.Null, record.GetProperty("r2_high").ValueKind));
    }

    [Fact]
    public void A_learning_curve_without_points_leaves_published_numbers_alone_in_their_table()
    {
        StudyResult result = Small() with { LearningCurves = [.. report.Study.LearningCurves.Select(curve => curve with { Points = [] })] };
        using var folder = new TemporaryFolder();
        string page = File.ReadAllText(ReportWriter.Write(result, folder.Path, cancellation: TestContext.Current.CancellationToken).PagePath);
        int table = page.IndexOf("Table 3.", StringComparison.Ordinal);
        string rows = page[table..page.IndexOf("</table>", table, StringComparison.Ordinal)];
        Assert.Contains("a paper", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("this study", rows, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_study_says_what_is_missing()
    {
        StudyResult full = report.Study;
        var empty = new StudyResult { Title = "Nothing yet", Material = full.Material, Provenance = full.Provenance };
        using var folder = new TemporaryFolder();
        ReportSummary summary = ReportWriter.Write(empty, folder.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(summary.Figures);
        Assert.Equal("[]", File.ReadAllText(Path.Combine(folder.Path, "metrics.json")));
        string page = File.ReadAllText(summary.PagePath);
        Assert.Equal(13, page.Split("class=\"missing\"").Length - 1);
    }

    [Fact]
    public void A_file_that_is_no_study_result_is_refused_with_its_line()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no such file", Assert.Throws<InputException>(() => StudyResultFile.Read(folder.Path)).Message, StringComparison.Ordinal);
        string path = Path.Combine(folder.Path, StudyResultFile.Name);
        File.WriteAllText(path, "{\n\"title\": 3 }");
        Assert.Contains($"{path}, line 2", Assert.Throws<InputException>(() => StudyResultFile.Read(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "{ \"title\": \"only a title\" }");
        Assert.Throws<InputException>(() => StudyResultFile.Read(folder.Path));
    }

    private static StudyResult Small() => SyntheticStudy.Create(perCondition: 20) with { TrainingCurves = [], Example = null };

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex References();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Identifiers();

    [GeneratedRegex("<g aria-label=\"([^\"]*)\"[^>]*>(.*?)</g>")]
    private static partial Regex Labels();
}
