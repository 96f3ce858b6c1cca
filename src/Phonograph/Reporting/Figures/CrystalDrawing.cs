using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Draws a crystal in weak perspective: shaded atoms, bonds and cell edges, the far ones first and paler.</summary>
internal static class CrystalDrawing
{
    internal const double RadiusShare = 0.42, TurnDegrees = 24, TiltDegrees = 16, Perspective = 6;
    private const double BondReach = 1.12, Fog = 0.5;

    /// <summary>Draws into a square.</summary>
    /// <param name="scene">Where to.</param>
    /// <param name="area">The square.</param>
    /// <param name="crystal">The crystal.</param>
    /// <param name="hasBoundaryImages">True to repeat atoms on faces, edges and corners of the cell.</param>
    internal static void Draw(SceneBuilder scene, PageRectangle area, CrystalSnapshot crystal, bool hasBoundaryImages)
    {
        Atom[] atoms = [.. Atoms(crystal, hasBoundaryImages)];
        Matrix3x3 rows = crystal.LatticeRowsAngstrom;
        Vector3D centre = 0.5 * (rows.RowA + rows.RowB + rows.RowC);
        Vector3D[] corners = [.. Enumerable.Range(0, 8).Select(bits => new Vector3D(bits & 1, (bits >> 1) & 1, bits >> 2) * rows)];
        double reach = corners.Max(corner => (corner - centre).Length);
        (double X, double Y, double Depth, double Scale)[] frame = [.. corners.Concat(atoms.Select(atom => atom.Cartesian)).Select(point => Project(point - centre, reach))];
        double largest = atoms.Max(atom => atom.Radius);
        double left = frame.Min(p => p.X) - largest, right = frame.Max(p => p.X) + largest, bottom = frame.Min(p => p.Y) - largest, top = frame.Max(p => p.Y) + largest;
        double zoom = Math.Min(area.Width / (right - left), area.Height / (top - bottom));
        PagePoint Place((double X, double Y, double Depth, double Scale) p) => new(
            area.Left + (area.Width / 2) + ((p.X - ((left + right) / 2)) * zoom), area.Top + (area.Height / 2) - ((p.Y - ((bottom + top) / 2)) * zoom));

        var parts = new List<(double Depth, SceneItem Item)>();
        foreach ((Vector3D from, Vector3D to) in Edges(corners))
        {
            const int pieces = 40;
            for (int piece = 0; piece < pieces; piece++)
            {
                var start = Project(from + (piece / (double)pieces * (to - from)) - centre, reach);
                var end = Project(from + ((piece + 1) / (double)pieces * (to - from)) - centre, reach);
                Vector3D middle = from + ((piece + 0.5) / pieces * (to - from));
                if (atoms.Any(atom => (atom.Cartesian - middle).Length < atom.Radius))
                {
                    continue;
                }

                parts.Add(((start.Depth + end.Depth) / 2, PathItem.Polyline([Place(start), Place(end)], isClosed: false, null, new Stroke(Pale(Palette.Soft, (start.Depth + end.Depth) / 2), 0.9))));
            }
        }

        foreach ((Atom first, Atom second) in Bonds(atoms))
        {
            Vector3D middle = 0.5 * (first.Cartesian + second.Cartesian);
            foreach (Atom end in new[] { first, second })
            {
                var near = Project(middle - centre, reach);
                // The bond leaves the sphere at its surface, not at its centre.
                Vector3D half = middle - end.Cartesian;
                var far = Project(end.Cartesian + (0.9 * end.Radius / half.Length * half) - centre, reach);
                double depth = (near.Depth + far.Depth) / 2;
                parts.Add((depth, PathItem.Polyline([Place(near), Place(far)], isClosed: false, null, new Stroke(Pale(ElementColours.Of(end.Symbol).Towards(Palette.Ink, 0.15), depth), 0.16 * zoom * near.Scale))));
            }
        }

        foreach (Atom atom in atoms)
        {
            var place = Project(atom.Cartesian - centre, reach);
            Colour colour = Pale(ElementColours.Of(atom.Symbol), place.Depth);
            parts.Add((place.Depth, new DiscItem(
                Place(place), atom.Radius * zoom * place.Scale, colour.Towards(Palette.Ink, 0.12), colour.Towards(Palette.White, 0.75), new Stroke(colour.Towards(Palette.Ink, 0.5), 0.6))));
        }

        foreach ((_, SceneItem item) in parts.OrderBy(part => part.Depth))
        {
            scene.Add(item);
        }
    }

    /// <summary>Page coordinates in Å, depth from -1 (far) to 1 (near), and the magnification of perspective.</summary>
    internal static (double X, double Y, double Depth, double Scale) Project(Vector3D point, double reach)
    {
        (double sinTurn, double cosTurn) = Math.SinCos(TurnDegrees * Math.PI / 180);
        (double sinTilt, double cosTilt) = Math.SinCos(TiltDegrees * Math.PI / 180);
        double x = (cosTurn * point.X) - (sinTurn * point.Y);
        double away = (sinTurn * point.X) + (cosTurn * point.Y);
        double y = (cosTilt * point.Z) + (sinTilt * away);
        double depth = ((sinTilt * point.Z) - (cosTilt * away)) / reach;
        double scale = Perspective / (Perspective - depth);
        return (x * scale, y * scale, depth, scale);
    }

    /// <summary>A colour in the fog of its depth.</summary>
    internal static Colour Pale(Colour colour, double depth) => colour.Towards(Palette.White, Fog * Math.Clamp((0.8 - depth) / 1.6, 0, 1));

    /// <summary>The twelve edges of a cell from its corners, numbered by bits.</summary>
    internal static IEnumerable<(Vector3D From, Vector3D To)> Edges(Vector3D[] corners) =>
        from corner in Enumerable.Range(0, 8)
        from bit in new[] { 1, 2, 4 }
        where (corner & bit) == 0
        select (corners[corner], corners[corner | bit]);

    private static IEnumerable<Atom> Atoms(CrystalSnapshot crystal, bool hasBoundaryImages)
    {
        const double tolerance = 1e-6;
        Vector3D shift = hasBoundaryImages ? Vector3D.Zero : ToMiddle(crystal);
        for (int i = 0; i < crystal.Symbols.Length; i++)
        {
            Vector3D home = crystal.PositionsFractional[i] + shift;
            for (int image = 0; image < (hasBoundaryImages ? 8 : 1); image++)
            {
                var translation = new Vector3D(image & 1, (image >> 1) & 1, image >> 2);
                Vector3D moved = home + translation;
                if (image == 0 || (moved.X <= 1 + tolerance && moved.Y <= 1 + tolerance && moved.Z <= 1 + tolerance))
                {
                    double radius = CovalentRadius(crystal.Symbols[i]);
                    yield return new Atom(crystal.Symbols[i], moved * crystal.LatticeRowsAngstrom, RadiusShare * radius, radius);
                }
            }
        }
    }

    /// <summary>Covalent radius of an element, Å.</summary>
    internal static double CovalentRadius(string symbol) => Element.TryFind(symbol, out Element? element) ? element.CovalentRadiusPicometre / 100 : 1.2;

    /// <summary>Moves the middle of the atoms' extent to the middle of the cell, so that atoms of low faces do not crowd one corner.</summary>
    private static Vector3D ToMiddle(CrystalSnapshot crystal)
    {
        double Middle(Func<Vector3D, double> coordinate) => 0.5 - ((crystal.PositionsFractional.Min(coordinate) + crystal.PositionsFractional.Max(coordinate)) / 2);
        return new Vector3D(Middle(p => p.X), Middle(p => p.Y), Middle(p => p.Z));
    }

    private static IEnumerable<(Atom First, Atom Second)> Bonds(Atom[] atoms)
    {
        bool isElemental = atoms.Select(atom => atom.Symbol).Distinct(StringComparer.Ordinal).Count() == 1;
        for (int i = 0; i < atoms.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double length = (atoms[i].Cartesian - atoms[j].Cartesian).Length;
                if ((isElemental || atoms[i].Symbol != atoms[j].Symbol) && length < BondReach * (atoms[i].CovalentRadius + atoms[j].CovalentRadius))
                {
                    yield return (atoms[i], atoms[j]);
                }
            }
        }
    }

    private sealed record Atom(string Symbol, Vector3D Cartesian, double Radius, double CovalentRadius);
}
