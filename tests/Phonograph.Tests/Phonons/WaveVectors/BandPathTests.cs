using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons.WaveVectors;

public sealed class BandPathTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "reference", "ase", "special-points.json"))).RootElement;

    public static TheoryData<string> Types => [.. Reference.GetProperty("cases").EnumerateArray().Select(each => each.GetProperty("type").GetString()!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Special_points_and_path_are_those_of_ase_in_any_basis_and_orientation(string type)
    {
        JsonElement wanted = Reference.GetProperty("cases").EnumerateArray().Single(each => each.GetProperty("type").GetString() == type);
        foreach (JsonElement cell in wanted.GetProperty("cells").EnumerateArray())
        {
            var lattice = new Lattice(new Matrix3x3(Row(cell[0]), Row(cell[1]), Row(cell[2])));
            var bravais = BravaisLattice.Of(lattice);
            Assert.Equal(type, bravais.Type.ToString());
            var special = SpecialPoints.Of(bravais);
            foreach (JsonProperty length in wanted.GetProperty("lengths").EnumerateObject())
            {
                Vector3D q = bravais.ToReciprocalOf(special.Points.Single(point => Plain(point.Key) == length.Name).Value, lattice) * lattice.ReciprocalRows;
                Assert.Equal(length.Value.GetDouble(), q.Length, 1e-9);
            }

            double[][] steps = [.. wanted.GetProperty("steps").EnumerateArray().Select(piece => piece.EnumerateArray().Select(step => step.GetDouble()).ToArray())];
            BandSegment[] segments = [.. BandPath.Automatic(lattice).Segments];
            Assert.Equal(steps.Sum(piece => piece.Length), segments.Length);
            Assert.All(steps.SelectMany(piece => piece).Zip(segments), pair =>
                Assert.Equal(pair.First, ((pair.Second.PointsFractional[^1] - pair.Second.PointsFractional[0]) * lattice.ReciprocalRows).Length, 1e-9));
            string path = string.Join(",", special.Path.Split(" | ").Select(piece => string.Concat(piece.Split(' ').Select(Plain))));
            Assert.Equal(wanted.GetProperty("path").GetString(), path);
        }
    }

    [Fact]
    public void A_face_centred_lattice_on_the_border_between_two_zones_is_seen_as_such()
    {
        double b = 5, c = 6, a = 1 / Math.Sqrt((1 / (b * b)) + (1 / (c * c)));
        var lattice = new Lattice(new Matrix3x3(new(0, b / 2, c / 2), new(a / 2, 0, c / 2), new(a / 2, b / 2, 0)));
        Assert.Equal(BravaisType.Orcf3, BravaisLattice.Of(lattice).Type);
    }

    [Fact]
    public void Low_symmetry_gets_a_path_through_the_middles_of_the_faces()
    {
        var triclinic = BravaisLattice.Of(TestCrystals.Triclinic.Lattice);
        Assert.Equal(BravaisType.Triclinic, triclinic.Type);
        var monoclinic = new Lattice(new Matrix3x3(new(4, 0, 0), new(0, 5, 0), new(1.1, 0, 6)));
        Assert.Equal(BravaisType.Monoclinic, BravaisLattice.Of(monoclinic).Type);
        foreach (Lattice lattice in new[] { TestCrystals.Triclinic.Lattice, monoclinic })
        {
            // Every end point is half of a reciprocal lattice vector.
            Assert.All(BandPath.Automatic(lattice).Segments.SelectMany(segment => new[] { segment.PointsFractional[0], segment.PointsFractional[^1] }), place =>
                Assert.All(new[] { place.X, place.Y, place.Z }, component => Assert.Equal(Math.Round(2 * component), 2 * component, 1e-9)));
        }
    }

    [Fact]
    public void A_path_in_words_is_understood()
    {
        BandPath path = BandPath.Parse("G X Q=0.1,0.2,1/4 | R GAMMA", Lattice.Cubic(4), 21);
        Assert.Equal([("Γ", "X"), ("X", "Q"), ("R", "Γ")], path.Segments.Select(segment => (segment.From, segment.To)));
        Assert.Equal(new Vector3D(0.1, 0.2, 0.25), path.Segments[1].PointsFractional[^1]);
        Assert.Equal(21, path.Segments.Max(segment => segment.PointsFractional.Length));
        double[] steps = [.. path.Segments.Select(segment => (segment.PointsFractional[1] - segment.PointsFractional[0]).Length)];
        Assert.InRange(steps.Max() / steps.Min(), 1, 1.1);
        Assert.Equal("A₁", BandPath.Parse("A1=0,0,1/2 G", Lattice.Cubic(4)).Segments[0].From);
        Assert.Equal("", BandPath.Parse("0,0,1/2 G", Lattice.Cubic(4)).Segments[0].From);
    }

    [Theory]
    [InlineData("G", "pieces")]
    [InlineData("", "pieces")]
    [InlineData("G Q", "found 'Q'")]
    [InlineData("G Q=1,2", "found 'Q=1,2'")]
    [InlineData("G Q=1,2,1/0", "found 'Q=1,2,1/0'")]
    [InlineData("G Q=1,2,NaN", "found 'Q=1,2,NaN'")]
    [InlineData("G G", "only one place")]
    public void A_path_that_makes_no_sense_is_refused(string text, string message)
    {
        var error = Assert.Throws<InputException>(() => BandPath.Parse(text, Lattice.Cubic(4)));
        Assert.Contains(message == "pieces" ? "a piece with" : message, error.Message, StringComparison.Ordinal);
    }

    private static Vector3D Row(JsonElement row) => new(row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble());

    private static string Plain(string name) => string.Concat(name.Select(letter => letter switch
    {
        'Γ' => 'G',
        'Σ' => 'S',
        >= '₀' and <= '₉' => (char)('0' + (letter - '₀')),
        _ => letter,
    }));
}
