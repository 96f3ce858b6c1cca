using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Reporting;
using Phonograph.Reporting.Explanations;
using Phonograph.Tests.Explaining.Networks;
using Phonograph.Tests.Learning;

namespace Phonograph.Tests.Reporting;

/// <summary>Figures of explanations show what the explanations say: bonds where they are, each once, and the numbers of the tables.</summary>
public sealed class ImportanceFiguresTests : IDisposable
{
    private readonly Phonograph.Testing.TemporaryFolder _folder = new();

    /// <summary>A displaced cell, moved as a whole so that atoms lie outside.</summary>
    private static readonly Crystal Cell = Moved(SyntheticCells.Displaced(SyntheticCells.Ideal, 21, 0.15), new Vector3D(1.3, -0.4, 0.05));

    private static readonly CellExplanation Explanation = Explain([CrystalGraphBuilder.Build(Cell)])[0];

    [Fact]
    public void Every_line_is_the_bond_of_one_periodic_image_and_begins_in_the_cell()
    {
        (string[] header, string[][] rows) = Structure(0.86);
        int Column(string name) => Array.IndexOf(header, name);
        double Number(string[] row, string name) => double.Parse(row[Column(name)], CultureInfo.InvariantCulture);
        foreach (IGrouping<string, string[]> bond in rows.GroupBy(row => row[Column("bond")]))
        {
            Bond known = Explanation.Bonds[int.Parse(bond.Key, CultureInfo.InvariantCulture) - 1];
            foreach (string[] row in bond)
            {
                Assert.Equal(
                    (known.First + 1, known.Second + 1, known.Image),
                    ((int)Number(row, "first"), (int)Number(row, "second"), new IntegerVector3((int)Number(row, "image_a"), (int)Number(row, "image_b"), (int)Number(row, "image_c"))));
                var from = new Vector3D(Number(row, "from_x_A"), Number(row, "from_y_A"), Number(row, "from_z_A"));
                var to = new Vector3D(Number(row, "to_x_A"), Number(row, "to_y_A"), Number(row, "to_z_A"));
                Assert.Equal(known.LengthAngstrom, (to - from).Length, 1e-9);
                Vector3D home = Cell.Lattice.ToFractional(from);
                Assert.All(new[] { home.X, home.Y, home.Z }, coordinate => Assert.InRange(coordinate, -0.1, 0.9));

                // Both ends are images of the two atoms of the bond.
                bool IsImage(Vector3D point, int atom) => Whole(Cell.Lattice.ToFractional(point) - Cell.PositionsFractional[atom]);
                Assert.True((IsImage(from, known.First) && IsImage(to, known.Second)) || (IsImage(from, known.Second) && IsImage(to, known.First)));
            }

            // A bond in the cell is one line; one that leaves it is two parallel ones.
            Vector3D end = Cell.Lattice.ToFractional(new Vector3D(Number(bond.First(), "to_x_A"), Number(bond.First(), "to_y_A"), Number(bond.First(), "to_z_A")));
            bool isInside = new[] { end.X, end.Y, end.Z }.All(coordinate => coordinate is >= -0.1 and < 0.9);
            Assert.Equal(isInside ? 1 : 2, bond.Count());
        }

        Assert.Equal(Explanation.Bonds.Length, rows.Select(row => row[Column("bond")]).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.86)]
    [InlineData(1)]
    public void Figure_table_and_page_count_the_same_bonds(double threshold)
    {
        (string[] header, string[][] rows) = Structure(threshold);
        int expected = ImportanceLevels.Of(Explanation.Importance).Count(level => level >= threshold);
        Assert.InRange(expected, 1, Explanation.Bonds.Length);
        Assert.Equal(expected, rows.Where(row => row[Array.IndexOf(header, "is_important")] == "true").Select(row => row[1]).Distinct().Count());

        string page = File.ReadAllText(_folder.File("structure.html"));
        string json = page.Split("id=\"data\">")[1].Split("</script>")[0];
        JsonElement data = JsonDocument.Parse(json).RootElement[0];
        Assert.Equal(expected, data.GetProperty("bonds").EnumerateArray().Count(bond => bond.GetProperty("level").GetDouble() >= threshold));
        Assert.Equal(rows.Length, data.GetProperty("lines").GetArrayLength());
        Assert.Contains($"value=\"{threshold.ToString(CultureInfo.InvariantCulture)}\"", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("https?://", page);
    }

    [Fact]
    public void Tables_of_figures_are_the_numbers_of_the_summary()
    {
        var summary = new ImportanceSummary(20, 5.5);
        foreach (CellExplanation each in Explain([.. SyntheticCells.Many(90, 5).Select(each => each.Graph)]))
        {
            summary.Add(each);
        }

        var series = ImportanceSeries.Of("model", summary, BootstrapOptions.Default with { Resamples = 200 });
        ImportanceFigures.WriteDensities(_folder.File("densities"), [series, series with { Name = "control" }], "About.");
        ImportanceFigures.WritePairs(_folder.File("pairs"), [series], "About.");
        ImportanceFigures.WriteFeatures(_folder.File("features"), [series], "eV", "About.");
        string[][] densities = Read("densities"), pairs = Read("pairs"), features = Read("features");
        foreach (IGrouping<string, string[]> curve in densities.GroupBy(row => $"{row[0]} {row[1]} {row[2]}"))
        {
            foreach (int column in new[] { 7, 8 })
            {
                Assert.Equal(1, curve.Sum(row => Number(row[column]) * (Number(row[4]) - Number(row[3]))), 1e-9);
            }
        }

        Assert.Equal(series.Densities.Select(row => row.Importance).Order(), densities.Where(row => row[0] == "model").Select(row => Number(row[6])).Order());
        Assert.Equal(series.Pairs.Select(pair => (pair.First, pair.Second, pair.Importance.Value, pair.Importance.Low, pair.Bonds.Value)), pairs.Select(row => (row[1], row[2], Number(row[9]), Number(row[10]), Number(row[6]))));
        Assert.Equal(1, pairs.Sum(row => Number(row[9])), 1e-9);
        Assert.Equal(series.Features.Select(effect => (effect.Element ?? "all", effect.Feature, effect.Change.Value, effect.Change.High)), features.Select(row => (row[1], row[2], Number(row[4]), Number(row[6]))));
        Assert.All(["densities", "pairs", "features"], name => Assert.StartsWith("<svg xmlns=", File.ReadAllText(_folder.File(name + ".svg")), StringComparison.Ordinal));
    }

    [Fact]
    public void A_structure_whose_bonds_do_not_matter_is_drawn_with_faint_bonds_alone()
    {
        DrawnImportance drawn = DrawnImportance.Of("model", Cell, Explanation);
        ImportanceFigures.WriteStructure(_folder.File("none"), [drawn with { Bonds = [.. drawn.Bonds.Select(bond => bond with { Importance = 0 })] }], "About.");
        Assert.All(Read("none"), row => Assert.Equal("false", row[13]));
    }

    public void Dispose() => _folder.Dispose();

    private (string[] Header, string[][] Rows) Structure(double threshold)
    {
        ImportanceFigures.WriteStructure(_folder.File("structure"), [DrawnImportance.Of("model", Cell, Explanation)], "About.", threshold);
        return (File.ReadLines(_folder.File("structure.csv")).First().Split(','), Read("structure"));
    }

    private string[][] Read(string name) => [.. File.ReadLines(_folder.File(name + ".csv")).Skip(1).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static bool Whole(Vector3D fractional) => new[] { fractional.X, fractional.Y, fractional.Z }.All(coordinate => Math.Abs(coordinate - Math.Round(coordinate)) < 1e-9);

    private static ImmutableArray<CellExplanation> Explain(CrystalGraph[] graphs) =>
        new NetworkExplainer([new ExplainedModel<float>(ExplainedNetworks.Trained("schnet"))], new ExplanationOptions { Method = ImportanceMethod.Gradients }).Explain(graphs);

    private static Crystal Moved(Crystal crystal, Vector3D fractional) => new(crystal.Lattice, crystal.Elements, [.. crystal.PositionsFractional.Select(position => position + fractional)]);
}
