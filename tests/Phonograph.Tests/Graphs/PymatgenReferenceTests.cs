using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Graphs;

/// <summary>Neighbours and published edges as computed with pymatgen 2022.11.7 (tests/reference/pymatgen).</summary>
public class PymatgenReferenceTests
{
    private const double Tolerance = 2e-7;

    public static TheoryData<string> Names => [.. Cases().Select(each => each.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pairs_images_and_distances_equal_those_of_pymatgen(string name)
    {
        JsonElement given = Cases().Single(each => each.GetProperty("name").GetString() == name);
        var ours = NeighbourSearch.Find(CrystalOf(given), 5.5);
        Assert.Equal(given.GetProperty("exact_count").GetInt32(), ours.Length);
        JsonElement[] theirs = [.. given.GetProperty("exact").EnumerateArray()];
        for (int pair = 0; pair < theirs.Length; pair++)
        {
            int[] expected = [.. Enumerable.Range(0, 5).Select(column => theirs[pair][column].GetInt32())];
            Assert.Equal(expected, new[] { ours[pair].Target, ours[pair].Source, ours[pair].Image.X, ours[pair].Image.Y, ours[pair].Image.Z });
            Assert.Equal(theirs[pair][5].GetDouble(), ours[pair].Distance, Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Legacy_edges_equal_those_of_the_published_procedure_on_pymatgen(string name)
    {
        JsonElement given = Cases().Single(each => each.GetProperty("name").GetString() == name);
        var ours = LegacyEdges.Find(CrystalOf(given), 5.5).OrderBy(pair => pair.Target).ThenBy(pair => pair.Source).ThenBy(pair => pair.Distance).ToList();
        Assert.Equal(given.GetProperty("published_count").GetInt32(), ours.Count);
        foreach ((NeighbourPair pair, JsonElement expected) in ours.Zip(given.GetProperty("published").EnumerateArray()))
        {
            Assert.Equal((expected[0].GetInt32(), expected[1].GetInt32()), (pair.Target, pair.Source));
            Assert.Equal(expected[2].GetDouble(), pair.Distance, Tolerance);
        }
    }

    private static List<JsonElement> Cases()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "reference", "pymatgen", "neighbours.json")));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(each => each.Clone())];
    }

    private static Crystal CrystalOf(JsonElement given)
    {
        Vector3D[] Vectors(string key) => [.. given.GetProperty(key).EnumerateArray().Select(row => new Vector3D(row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble()))];
        Vector3D[] rows = Vectors("lattice_A");
        return new Crystal(
            new Lattice(new Matrix3x3(rows[0], rows[1], rows[2])),
            [.. given.GetProperty("elements").EnumerateArray().Select(symbol => Element.Of(symbol.GetString()!))],
            [.. Vectors("positions_fractional")]);
    }
}
