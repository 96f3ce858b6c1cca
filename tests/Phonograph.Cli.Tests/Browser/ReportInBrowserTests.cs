using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Phonograph.Testing;
using SkiaSharp;

namespace Phonograph.Cli.Tests.Browser;

/// <summary>The report as Chromium shows it from a folder, on a wide and on a narrow screen.</summary>
public sealed partial class ReportInBrowserTests(SmallStudy study)
{
    private const int Wide = 1280, Narrow = 360;

    [Fact]
    public void The_page_shows_every_figure_and_asks_for_nothing()
    {
        Assert.SkipUnless(Chromium.Program is not null, Chromium.HowToGet);
        using var folder = new TemporaryFolder();
        JsonElement[] seen = Probe(folder, File.ReadAllText(Path.Combine(study.Report, "index.html")));
        Assert.Equal([Wide, Narrow], seen.Select(page => page.GetProperty("width").GetInt32()));
        string[] names = [.. Directory.GetFiles(Path.Combine(study.Report, "figures"), "*.svg").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];
        foreach (JsonElement page in seen)
        {
            Assert.Equal("[]", page.GetProperty("errors").GetRawText());
            Assert.Equal("[]", page.GetProperty("loads").GetRawText());
            Assert.Equal("[]", page.GetProperty("captions").GetRawText());
            Assert.Equal(0, page.GetProperty("sideways").GetInt32());
            Assert.Equal(0, page.GetProperty("missing").GetInt32());
            Assert.All(["isSorted", "isOpen", "isEnlarged", "isClosed"], property => Assert.True(page.GetProperty(property).GetBoolean(), property));
            JsonElement[] figures = [.. page.GetProperty("figures").EnumerateArray()];
            Assert.Equal(names, figures.Select(figure => figure.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
            Assert.All(figures, figure => CheckFigure(figure, page.GetProperty("width").GetInt32()));
        }

        // On a wide screen no table needs scrolling.
        Assert.Equal("[]", seen[0].GetProperty("clipped").GetRawText());
    }

    [Fact]
    public void A_page_that_would_load_something_or_fails_in_a_script_is_caught()
    {
        Assert.SkipUnless(Chromium.Program is not null, Chromium.HowToGet);
        using var folder = new TemporaryFolder();
        string page = File.ReadAllText(Path.Combine(study.Report, "index.html"));
        string damaged = page.Replace("<main>", "<main><img src=\"https://example.org/a.png\" alt=\"\"><script>nothing.of.the.kind();</script><div style=\"width:3000px\">wide</div>", StringComparison.Ordinal);
        foreach (JsonElement seen in Probe(folder, damaged))
        {
            string errors = seen.GetProperty("errors").GetRawText();
            Assert.Contains("refused: https://example.org", errors, StringComparison.Ordinal);
            Assert.Contains("nothing is not defined", errors, StringComparison.Ordinal);
            Assert.True(seen.GetProperty("sideways").GetInt32() > 1000);
        }
    }

    [Fact]
    public void The_page_opened_from_its_folder_is_drawn()
    {
        Assert.SkipUnless(Chromium.Program is not null, Chromium.HowToGet);
        using var folder = new TemporaryFolder();
        Chromium.Picture(Path.Combine(study.Report, "index.html"), folder.File("page.png"), Wide, 1600);
        using SKBitmap picture = SKBitmap.Decode(folder.File("page.png"));
        Assert.Equal((Wide, 1600), (picture.Width, picture.Height));
        SKColor[] pixels = picture.Pixels;
        int dark = pixels.Count(pixel => pixel.Red + pixel.Green + pixel.Blue < 240), coloured = pixels.Count(pixel => Math.Abs(pixel.Red - pixel.Blue) > 60);
        Assert.InRange(dark, 20_000, pixels.Length / 4);
        Assert.InRange(coloured, 5_000, pixels.Length / 4);
    }

    private static void CheckFigure(JsonElement figure, int pageWidth)
    {
        string name = figure.GetProperty("name").GetString()!;
        Assert.True(figure.GetProperty("width").GetDouble() > 0.6 * Math.Min(pageWidth, 900), name);
        Assert.True(figure.GetProperty("height").GetDouble() > 0.2 * figure.GetProperty("width").GetDouble(), name);
        Assert.Equal("img", figure.GetProperty("role").GetString());
        Assert.True(figure.GetProperty("alternative").GetString()!.Length > 15, name);
        Assert.Equal(figure.GetProperty("alternative").GetString(), figure.GetProperty("title").GetString());
        Assert.True(figure.GetProperty("caption").GetInt32() > 100, name);
        Assert.True(figure.GetProperty("texts").GetInt32() > 10, name);
        Assert.All(["unseen", "outside", "clashes"], list => Assert.True(figure.GetProperty(list).GetArrayLength() == 0, $"{name}, {list}: {figure.GetProperty(list).GetRawText()}"));
    }

    /// <summary>Opens copies of the page in frames of two widths and answers what a script inside each saw.</summary>
    private static JsonElement[] Probe(TemporaryFolder folder, string page)
    {
        string probe = File.ReadAllText(Repository.PathOf("tests", "Phonograph.Cli.Tests", "Browser", "probe.js"));
        folder.Write("page.html", page.Replace("<meta charset=\"utf-8\">", $"<meta charset=\"utf-8\"><script>{probe}</script>", StringComparison.Ordinal));
        folder.Write("frames.html", $$"""
            <!DOCTYPE html><meta charset="utf-8"><script>addEventListener('message', event => {
              const line = document.createElement('pre'); line.textContent = event.data; document.body.append(line); });</script>
            <body><iframe src="page.html" width="{{Wide}}" height="900" style="border:0"></iframe><iframe src="page.html" width="{{Narrow}}" height="700" style="border:0"></iframe></body>
            """);
        string dump = Chromium.Dump(folder.File("frames.html"), "--window-size=1800,1000");
        JsonElement[] answers = [.. Answers().Matches(dump).Select(match => JsonDocument.Parse(WebUtility.HtmlDecode(match.Groups[1].Value)).RootElement)];
        return answers.Length == 2 ? [.. answers.OrderByDescending(answer => answer.GetProperty("width").GetInt32())] : throw new InvalidOperationException($"{answers.Length} of 2 frames answered:\n{dump}");
    }

    [GeneratedRegex("<pre>(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Answers();
}
