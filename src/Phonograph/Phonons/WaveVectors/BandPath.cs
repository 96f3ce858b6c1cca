using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.WaveVectors;

/// <summary>A straight piece of a path through the Brillouin zone.</summary>
/// <param name="From">Name of the first point.</param>
/// <param name="To">Name of the last point.</param>
/// <param name="PointsFractional">Wave vectors from the first to the last point, in units of the reciprocal vectors.</param>
public sealed record BandSegment(string From, string To, ImmutableArray<Vector3D> PointsFractional);

/// <summary>A path through the Brillouin zone, piece by piece.</summary>
/// <param name="Segments">The pieces; one that does not begin where the one before ended stands apart.</param>
public sealed record BandPath(ImmutableArray<BandSegment> Segments)
{
    /// <summary>The customary path of the lattice (<see cref="SpecialPoints"/>).</summary>
    /// <param name="lattice">Lattice of the primitive cell.</param>
    /// <param name="pointsOnLongest">Wave vectors on the longest piece, both ends included; the others are as dense.</param>
    public static BandPath Automatic(Lattice lattice, int pointsOnLongest = 51)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        return Parse(SpecialPoints.Of(BravaisLattice.Of(lattice)).Path, lattice, pointsOnLongest);
    }

    /// <summary>
    /// A path in words: names of special points of the lattice (G stands for Γ), or names with a place, like <c>Q=0.1,0.2,0.3</c> or without a name <c>0.1,0.2,1/3</c>;
    /// a bar separates pieces that do not touch.
    /// </summary>
    /// <param name="text">For example <c>G X M | R=1/2,1/2,1/2 G</c>.</param>
    /// <param name="lattice">Lattice of the primitive cell; places are in units of its reciprocal vectors.</param>
    /// <param name="pointsOnLongest">Wave vectors on the longest piece, both ends included; the others are as dense.</param>
    /// <exception cref="InputException">A name is not known, a number is wrong, or a piece has fewer than two points.</exception>
    public static BandPath Parse(string text, Lattice lattice, int pointsOnLongest = 51)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(lattice);
        ArgumentOutOfRangeException.ThrowIfLessThan(pointsOnLongest, 2);
        var bravais = BravaisLattice.Of(lattice);
        var special = SpecialPoints.Of(bravais);
        var ends = new List<(string From, Vector3D Start, string To, Vector3D End)>();
        foreach (string piece in text.Split('|'))
        {
            (string Name, Vector3D Place)[] points = [.. piece.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(token => Point(token, text, bravais, special, lattice))];
            if (points.Length < 2)
            {
                throw new InputException($"The path '{text}': found a piece with {points.Length} points; expected two or more between bars. Write for example 'G X M | R G'.");
            }

            ends.AddRange(points.Zip(points.Skip(1), (from, to) => (from.Name, from.Place, to.Name, to.Place)));
        }

        double[] lengths = [.. ends.Select(end => ((end.End - end.Start) * lattice.ReciprocalRows).Length)];
        double step = lengths.Max() / (pointsOnLongest - 1);
        return step > 0
            ? new BandPath([.. ends.Select((end, index) => Segment(end.From, end.Start, end.To, end.End, Math.Max(2, (int)Math.Round(lengths[index] / step) + 1)))])
            : throw new InputException($"The path '{text}': found only one place; expected a way from one point to another.");
    }

    private static BandSegment Segment(string from, Vector3D start, string to, Vector3D end, int count) =>
        new(from, to, [.. Enumerable.Range(0, count).Select(index => index == count - 1 ? end : start + ((index / (double)(count - 1)) * (end - start)))]);

    private static (string Name, Vector3D Place) Point(string token, string text, BravaisLattice bravais, SpecialPoints special, Lattice lattice)
    {
        int equals = token.IndexOf('=', StringComparison.Ordinal);
        string name = Label(equals < 0 ? token : token[..equals]);
        if (equals < 0 && special.Points.TryGetValue(name, out Vector3D standard))
        {
            return (name, bravais.ToReciprocalOf(standard, lattice));
        }

        double[] numbers = [.. token[(equals + 1)..].Split(',').Select(Number)];
        if (numbers.Length != 3 || numbers.Any(double.IsNaN))
        {
            throw new InputException(
                $"The path '{text}': found '{token}'; expected one of {string.Join(", ", special.Points.Keys.Order(StringComparer.Ordinal))} (the points of a lattice of type {bravais.Type}) or a place like Q=0.1,0.2,1/3. "
                + "Write G for Γ and S1 for S₁.");
        }

        return (equals < 0 ? "" : name, new Vector3D(numbers[0], numbers[1], numbers[2]));
    }

    /// <summary>G, Gamma and GAMMA stand for Γ, Sigma for Σ; digits are set low.</summary>
    private static string Label(string name)
    {
        string greek = name.ToUpperInvariant() switch
        {
            "G" or "GAMMA" => "Γ",
            "SIGMA" or "SIGMA1" => "Σ" + name[5..],
            _ => name,
        };
        return greek.Contains(',', StringComparison.Ordinal) ? greek : string.Concat(greek.Select((letter, place) => place > 0 && char.IsAsciiDigit(letter) ? (char)('₀' + (letter - '0')) : letter));
    }

    private static double Number(string token)
    {
        string[] parts = token.Split('/');
        bool isNumber = double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) < 1000;
        if (isNumber && parts.Length == 2)
        {
            isNumber = double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double divisor) && Math.Abs(divisor) is > 0 and < 1000;
            value /= divisor;
        }

        return isNumber && parts.Length <= 2 ? value : double.NaN;
    }
}
