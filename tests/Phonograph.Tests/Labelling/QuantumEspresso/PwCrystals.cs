using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;
using Phonograph.Tests.Labelling.Cp2k;

namespace Phonograph.Tests.Labelling.QuantumEspresso;

/// <summary>Small crystals on which pw.x is tried.</summary>
internal static class PwCrystals
{
    /// <summary>Silicon, two atoms, sheared and displaced; that of tests/reference/quantum-espresso.</summary>
    internal static Crystal Silicon => Reference("silicon");

    /// <summary>Face-centred aluminium, one atom: a metal.</summary>
    internal static Crystal Aluminium => Cp2kCrystals.Of(Diamond(4.0), "Al", [new(0, 0, 0)]);

    /// <summary>Zinc-blende AlAs, two atoms: a gap of some 1.3 eV in this approximation.</summary>
    internal static Crystal AluminiumArsenide(double edgeAngstrom) => Cp2kCrystals.Of(Diamond(edgeAngstrom), "Al As", [new(0, 0, 0), new(0.25, 0.25, 0.25)]);

    /// <summary>A crystal of tests/reference/quantum-espresso.</summary>
    internal static Crystal Reference(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "reference", "quantum-espresso", name + ".json")));
        Vector3D[] cell = Vectors(document.RootElement.GetProperty("cell"));
        return new Crystal(
            new Lattice(new Matrix3x3(cell[0], cell[1], cell[2])),
            [.. document.RootElement.GetProperty("elements").EnumerateArray().Select(symbol => Element.Of(symbol.GetString()!))],
            [.. Vectors(document.RootElement.GetProperty("fractional"))]);
    }

    /// <summary>Rows of three numbers.</summary>
    internal static Vector3D[] Vectors(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => new Vector3D(row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble()))];

    private static Lattice Diamond(double edge) => new(new Matrix3x3(new(0, edge / 2, edge / 2), new(edge / 2, 0, edge / 2), new(edge / 2, edge / 2, 0)));
}
