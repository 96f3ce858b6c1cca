using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Crystals.Symmetry;

/// <summary>One crystal of tests/reference/spglib with what spglib 2.0.2 and phonopy 2.17.1 find (the folder's README says how to find it again).</summary>
internal sealed class SpglibReference
{
    private static readonly JsonElement Document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "reference", "spglib", "symmetry.json"))).RootElement;
    private readonly JsonElement _entry;

    private SpglibReference(JsonElement entry) => _entry = entry;

    internal static IEnumerable<string> Names => Document.GetProperty("crystals").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!);

    internal Crystal Crystal => new(
        new Lattice(Rows("lattice_rows_A")),
        [.. _entry.GetProperty("elements").EnumerateArray().Select(symbol => Element.Of(symbol.GetString()!))],
        [.. Vectors(_entry.GetProperty("positions_fractional"))]);

    internal Supercell Supercell
    {
        get
        {
            int[][] rows = _entry.GetProperty("supercell_rows").Deserialize<int[][]>()!;
            IntegerVector3 Row(int index) => new(rows[index][0], rows[index][1], rows[index][2]);
            return Supercell.Of(Crystal, new IntegerMatrix3(Row(0), Row(1), Row(2)));
        }
    }

    internal int Operations => _entry.GetProperty("operations").GetInt32();

    internal int SupercellOperations => _entry.GetProperty("operations_supercell").GetInt32();

    internal int PrimitiveAtoms => _entry.GetProperty("atoms_primitive").GetInt32();

    internal int[] EquivalentAtoms => _entry.GetProperty("equivalent_atoms").Deserialize<int[]>()!;

    /// <summary>Rotations for fractional rows and translations of the cell as given.</summary>
    internal IEnumerable<(IntegerMatrix3 Rotation, Vector3D Translation)> Pairs
    {
        get
        {
            int[][] rotations = _entry.GetProperty("rotations_for_rows").Deserialize<int[][]>()!;
            return rotations.Select(r => new IntegerMatrix3(new(r[0], r[1], r[2]), new(r[3], r[4], r[5]), new(r[6], r[7], r[8])))
                .Zip(Vectors(_entry.GetProperty("translations_fractional")));
        }
    }

    internal static SpglibReference Of(string name) =>
        new(Document.GetProperty("crystals").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name));

    /// <summary>phonopy's displacements: place of the atom and displacement, both Å.</summary>
    internal ImmutableArray<(Vector3D Position, Vector3D Displacement)> Displacements(string rule) =>
    [
        .. _entry.GetProperty("displacements").GetProperty(rule).EnumerateArray()
            .Select(entry => (VectorOf(entry.GetProperty("position_A")), VectorOf(entry.GetProperty("displacement_A")))),
    ];

    private Matrix3x3 Rows(string property)
    {
        Vector3D[] rows = [.. Vectors(_entry.GetProperty(property))];
        return new Matrix3x3(rows[0], rows[1], rows[2]);
    }

    private static IEnumerable<Vector3D> Vectors(JsonElement list) => list.EnumerateArray().Select(VectorOf);

    private static Vector3D VectorOf(JsonElement v) => new(v[0].GetDouble(), v[1].GetDouble(), v[2].GetDouble());
}
