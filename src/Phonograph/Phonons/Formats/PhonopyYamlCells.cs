using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files.Yaml;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Formats;

/// <summary>Reads the crystals and matrices of a phonopy YAML file.</summary>
internal static class PhonopyYamlCells
{
    internal const string Advice = "Write the file again with phonopy.";
    private const int MostAtoms = 100_000;

    /// <summary>A crystal: <c>lattice</c>, and <c>points</c> with <c>symbol</c>, <c>coordinates</c> and <c>mass</c>; older files say <c>atoms</c> and <c>position</c>.</summary>
    internal static Crystal Crystal(YamlNode node, double lengthFactor)
    {
        Matrix3x3 rows = lengthFactor * Matrix(node.Required("lattice", Advice), "lattice vectors");
        IReadOnlyList<YamlNode> points = (node.Find("points") ?? node.Required("atoms", Advice)).Items;
        var elements = ImmutableArray.CreateBuilder<Element>(points.Count);
        var positions = ImmutableArray.CreateBuilder<Vector3D>(points.Count);
        var masses = ImmutableArray.CreateBuilder<double>(points.Count);
        foreach (YamlNode point in points)
        {
            string symbol = point.Required("symbol", Advice).Text.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            if (!Element.TryFind(symbol, out Element? element))
            {
                throw point.Wrong($"the symbol '{symbol}'", "the symbol of an element from H to Cm", Advice);
            }

            elements.Add(element);
            positions.Add(Vector(point.Find("coordinates") ?? point.Required("position", Advice), "fractional coordinates"));
            masses.Add(point.Find("mass") is { } mass ? mass.Real("mass, amu") : element.MassAmu);
        }

        try
        {
            return elements.Count > 0 ? new Crystal(new Lattice(rows), elements.ToImmutable(), positions.ToImmutable(), masses.ToImmutable()) : throw node.Wrong("no atoms", "one or more", Advice);
        }
        catch (ArgumentException error)
        {
            throw node.Wrong($"a cell that cannot be ({error.Message.Split(" (Parameter")[0]})", "lattice vectors that span a volume and positive masses", Advice);
        }
    }

    /// <summary>The supercell of a matrix that acts on columns, as phonopy's does.</summary>
    internal static Supercell Supercell(YamlNode node, Crystal unit)
    {
        IReadOnlyList<YamlNode> rows = node.Sequence(3, "rows of the supercell matrix");
        var m = new int[9];
        for (int row = 0; row < 3; row++)
        {
            IReadOnlyList<YamlNode> numbers = rows[row].Sequence(3, "integers of the supercell matrix");
            for (int column = 0; column < 3; column++)
            {
                m[(3 * column) + row] = numbers[column].Integer("element of the supercell matrix");
            }
        }

        // Larger elements could overflow the determinant.
        bool isSmall = m.All(element => element is >= -500 and <= 500);
        var matrix = new IntegerMatrix3(new(m[0], m[1], m[2]), new(m[3], m[4], m[5]), new(m[6], m[7], m[8]));
        try
        {
            if (isSmall && matrix.Determinant != 0 && (long)Math.Abs(matrix.Determinant) * unit.AtomCount <= MostAtoms)
            {
                return Crystals.Supercell.Of(unit, matrix);
            }
        }
        catch (ArgumentException)
        {
            // A nearly flat cell can lose its volume in the supercell.
        }

        throw node.Wrong("a supercell matrix that spans no volume, elements beyond 500, or more than 100000 atoms", "a supercell matrix that spans a volume", Advice);
    }

    internal static Vector3D Vector(YamlNode node, string what)
    {
        Span<double> v = stackalloc double[3];
        node.Reals(v, what);
        return new Vector3D(v[0], v[1], v[2]);
    }

    internal static Matrix3x3 Matrix(YamlNode node, string what)
    {
        IReadOnlyList<YamlNode> rows = node.Sequence(3, $"rows of three numbers ({what})");
        return new Matrix3x3(Vector(rows[0], what), Vector(rows[1], what), Vector(rows[2], what));
    }
}
