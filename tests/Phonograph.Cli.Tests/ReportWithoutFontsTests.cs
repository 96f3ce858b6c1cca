using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Phonograph.Testing;
using SkiaSharp;

namespace Phonograph.Cli.Tests;

/// <summary>
/// The report of a machine without fonts, written once: the program runs with the configuration of fonts pointing nowhere and, where mounts are allowed,
/// with every folder of fonts empty.
/// </summary>
public sealed class ReportWithoutFonts : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReportWithoutFonts(SmallStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        string none = Directory.CreateDirectory(_folder.File("none")).FullName;
        _folder.Write("fonts.conf", $"<?xml version=\"1.0\"?><fontconfig><dir>{none}</dir><cachedir>{none}</cachedir></fontconfig>");
        (string, string?)[] environment =
        [
            ("FONTCONFIG_FILE", _folder.File("fonts.conf")),
            ("FONTCONFIG_PATH", none),
            ("HOME", none),
            ("XDG_DATA_HOME", none),
            ("XDG_DATA_DIRS", none),
        ];
        string[] hidden = Shell.CanMount ? Shell.WithMount("for folder in /usr/share/fonts /usr/local/share/fonts /usr/share/fontconfig /etc/fonts; do [ ! -d $folder ] || mount -t tmpfs tmpfs $folder || exit 9; done") : [];
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, $"report {study.Report} --output report --quiet", environment, hidden);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        WithFonts = study.Report;
    }

    /// <summary>Folder of the report.</summary>
    internal string Folder => _folder.File("report");

    /// <summary>Folder of the same report, written with the fonts of this machine.</summary>
    internal string WithFonts { get; }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}

/// <summary>All lettering is there without fonts: in the SVG as outlines and in the PNG as ink.</summary>
public sealed partial class ReportWithoutFontsTests(ReportWithoutFonts report) : IClassFixture<ReportWithoutFonts>
{
    private const double Scale = 2;

    [Fact]
    public void Every_file_of_the_report_is_the_same_as_with_fonts()
    {
        string[] files = [.. Directory.GetFiles(report.Folder, "*", SearchOption.AllDirectories)];
        Assert.Contains(files, file => file.EndsWith(".png", StringComparison.Ordinal));
        Assert.All(files, file => Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(report.WithFonts, Path.GetRelativePath(report.Folder, file)))), file));
    }

    [Fact]
    public void Every_word_is_drawn_in_the_svg_and_is_ink_in_the_png()
    {
        string[] drawings = Directory.GetFiles(Path.Combine(report.Folder, "figures"), "*.svg");
        Assert.True(drawings.Length >= 8);
        foreach (string drawing in drawings)
        {
            XDocument svg = XDocument.Parse(File.ReadAllText(drawing));
            Lettering[] words = [.. Lettering.Of(svg)];
            Assert.True(words.Length > 10, drawing);
            // An axis says its unit, or that it is a share; a picture of a structure has none.
            string[] marks = ["(", "MAE", "R²", "share"];
            Assert.True(Path.GetFileName(drawing).Contains("structure", StringComparison.Ordinal) || words.Any(word => marks.Any(mark => word.Text.Contains(mark, StringComparison.Ordinal))), drawing);
            using SKBitmap png = SKBitmap.Decode(Path.ChangeExtension(drawing, ".png"));
            using var bare = new SKBitmap(png.Width, png.Height);
            bare.Erase(SKColors.White);
            Assert.All(words, word =>
            {
                // Solid parts of the letters, drawn here once more from the outlines of the SVG, have the colour of the text in the PNG (but for a few pixels of thin strokes), and none in a picture without text.
                double inked = word.InkIn(png), inBare = word.InkIn(bare);
                Assert.True(inked > 0.75, $"{Path.GetFileName(drawing)}: {inked:P0} of '{word.Text}' is ink");
                Assert.True(inBare < 0.01, $"'{word.Text}' seems to stand in an empty picture");
            });
        }
    }

    /// <summary>A line of text in an SVG: its words and the outlines of its letters.</summary>
    private sealed partial record Lettering(string Text, SKColor Colour, SKPath Outline)
    {
        internal static IEnumerable<Lettering> Of(XDocument svg)
        {
            Dictionary<string, string> glyphs = svg.Descendants().Where(element => element.Attribute("id") is not null && element.Attribute("d") is not null)
                .ToDictionary(element => "#" + element.Attribute("id")!.Value, element => element.Attribute("d")!.Value);
            foreach (XElement group in svg.Descendants().Where(element => element.Name.LocalName == "g" && element.Attribute("aria-label") is not null))
            {
                var outline = new SKPath();
                Assert.NotEmpty(group.Elements());
                foreach (XElement letter in group.Elements())
                {
                    using SKPath glyph = SKPath.ParseSvgPathData(glyphs[letter.Attribute("href")!.Value]);
                    outline.AddPath(glyph, Matrix(letter.Attribute("transform")!.Value));
                }

                outline.Transform(SKMatrix.CreateScale((float)Scale, (float)Scale).PreConcat(Matrix(group.Attribute("transform")!.Value)));
                yield return new Lettering(group.Attribute("aria-label")!.Value, SKColor.Parse(group.Attribute("fill")!.Value), outline);
            }
        }

        /// <summary>Share of the pixels wholly inside the letters that have the colour of the text.</summary>
        internal double InkIn(SKBitmap picture)
        {
            SKRectI box = SKRectI.Ceiling(Outline.Bounds, outwards: true);
            box = SKRectI.Intersect(box, new SKRectI(0, 0, picture.Width, picture.Height));
            if (box.IsEmpty)
            {
                return 0;
            }

            int solid = 0, inked = 0;
            using var mask = new SKBitmap(box.Width, box.Height, SKColorType.Gray8, SKAlphaType.Opaque);
            using (var canvas = new SKCanvas(mask))
            using (var paint = new SKPaint { Color = SKColors.White, IsAntialias = true })
            {
                canvas.Clear(SKColors.Black);
                canvas.Translate(-box.Left, -box.Top);
                canvas.DrawPath(Outline, paint);
            }

            for (int y = 0; y < box.Height; y++)
            {
                for (int x = 0; x < box.Width; x++)
                {
                    if (mask.GetPixel(x, y).Red >= 250)
                    {
                        solid++;
                        SKColor pixel = picture.GetPixel(box.Left + x, box.Top + y);
                        inked += Math.Abs(pixel.Red - Colour.Red) + Math.Abs(pixel.Green - Colour.Green) + Math.Abs(pixel.Blue - Colour.Blue) < 90 ? 1 : 0;
                    }
                }
            }

            return solid > 0 ? (double)inked / solid : 0;
        }

        private static SKMatrix Matrix(string transform)
        {
            SKMatrix matrix = SKMatrix.Identity;
            foreach (Match step in Steps().Matches(transform))
            {
                float[] numbers = [.. step.Groups[2].Value.Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
                matrix = matrix.PreConcat(step.Groups[1].Value switch
                {
                    "translate" => SKMatrix.CreateTranslation(numbers[0], numbers[1]),
                    "rotate" => SKMatrix.CreateRotationDegrees(numbers[0]),
                    _ => SKMatrix.CreateScale(numbers[0], numbers[0]),
                });
            }

            return matrix;
        }

        [GeneratedRegex(@"(translate|rotate|scale)\(([^)]*)\)")]
        private static partial Regex Steps();
    }
}
