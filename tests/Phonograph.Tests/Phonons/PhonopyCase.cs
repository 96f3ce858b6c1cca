using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Polar;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons;

/// <summary>A crystal of springs with what phonopy computed for it (tests/reference/phonopy/properties).</summary>
internal sealed record PhonopyCase(JsonElement Json, HarmonicCrystal Crystal)
{
    private static readonly JsonElement All = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "reference", "phonopy", "properties", "properties.json"))).RootElement;

    internal static double[] Temperatures { get; } = Numbers(All.GetProperty("temperatures"));

    internal static TheoryData<string> Plain => [.. Names(isPolar: false)];

    internal static TheoryData<string> Polar => [.. Names(isPolar: true)];

    internal static PhonopyCase Load(string name)
    {
        JsonElement json = All.GetProperty("cases").GetProperty(name);
        ImmutableArray<Element> elements = [.. json.GetProperty("symbols").EnumerateArray().Select(symbol => Element.Of(symbol.GetString()!))];
        var unit = new Crystal(new Lattice(Matrix(json.GetProperty("lattice"))), elements, Vectors(json.GetProperty("positions")), [.. Numbers(json.GetProperty("masses"))]);

        // phonopy's matrices act on columns.
        Matrix3x3 s = Matrix(json.GetProperty("supercell")).Transposed;
        IntegerVector3 Row(int row) => new((int)s[row, 0], (int)s[row, 1], (int)s[row, 2]);
        var supercell = Supercell.Of(unit, new IntegerMatrix3(Row(0), Row(1), Row(2)));
        Assert.Equal(json.GetProperty("atoms_supercell").GetInt32(), supercell.Crystal.AtomCount);
        ForceConstants springs = new SpringModel(json.GetProperty("cutoff").GetDouble(), json.GetProperty("transverse").GetDouble()).Constants(supercell);
        Crystal primitive = new PrimitiveTransformation(Matrix(json.GetProperty("primitive")).Transposed).CellOf(unit);
        var group = SpaceGroup.Of(primitive);
        BornCharges? charges = json.TryGetProperty("born", out JsonElement born)
            ? new BornCharges(Matrix(json.GetProperty("dielectric")), [.. born.EnumerateArray().Select(Matrix)]) { CoulombElectronvoltAngstrom = 14.4 }.Symmetrised(group)
            : null;
        return new PhonopyCase(json, new HarmonicCrystal(PrimitiveTransformation.OnPrimitive(springs, primitive), charges, group, name));
    }

    internal static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    internal static Vector3D Vector(JsonElement n) => new(n[0].GetDouble(), n[1].GetDouble(), n[2].GetDouble());

    internal static Matrix3x3 Matrix(JsonElement n) => new(Vector(n[0]), Vector(n[1]), Vector(n[2]));

    internal static ImmutableArray<Vector3D> Vectors(JsonElement list) => [.. list.EnumerateArray().Select(Vector)];

    /// <summary>phonopy's older constants shift every frequency by 1.2e-7; rounding near zero gives 1e-7 THz.</summary>
    internal static void AssertFrequencies(double[] expected, IReadOnlyList<double> found)
    {
        Assert.Equal(expected.Length, found.Count);
        for (int band = 0; band < expected.Length; band++)
        {
            double allowed = Math.Max(1e-6 * Math.Abs(expected[band]), 1e-5);
            Assert.InRange(found[band], expected[band] - allowed, expected[band] + allowed);
        }
    }

    internal static void AssertRelative(double expected, double found, double relative, double absolute) =>
        Assert.InRange(found, expected - Math.Max(relative * Math.Abs(expected), absolute), expected + Math.Max(relative * Math.Abs(expected), absolute));

    private static IEnumerable<string> Names(bool isPolar) =>
        All.GetProperty("cases").EnumerateObject().Where(each => each.Value.TryGetProperty("born", out _) == isPolar).Select(each => each.Name);
}
