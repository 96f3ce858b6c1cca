using System.Collections.Immutable;
using Phonograph.Datasets.Divisions;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Datasets;

/// <summary>Looks for configurations that stand, or nearly stand, in more than one part of a split.</summary>
public static class LeakageCheck
{
    /// <summary>Cells closer than this, r.m.s. per atom, count as the same cell, Å.</summary>
    public const double DefaultToleranceAngstrom = 0.01;

    /// <summary>Displacement fields whose cosine is beyond this in size are copies of each other scaled by a factor.</summary>
    public const double ScaledCopyCosine = 0.9999;

    private const double LatticeToleranceAngstrom = 1e-4;

    /// <summary>Examines all pairs of parts.</summary>
    /// <param name="split">The split.</param>
    /// <param name="toleranceAngstrom">Smallest allowed distance between cells of different parts, r.m.s. per atom, Å.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static LeakageReport Examine(Split split, double toleranceAngstrom = DefaultToleranceAngstrom, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(split);
        (string Name, ImmutableArray<LabelledConfiguration> Members)[] parts = [("train", split.Training), ("validation", split.Validation), ("test", split.Test)];
        ImmutableArray<string> shared =
        [
            .. parts.SelectMany(part => part.Members.Select(member => member.Id).Distinct(StringComparer.Ordinal))
                .GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).Order(StringComparer.Ordinal),
        ];
        var close = ImmutableArray.CreateBuilder<ClosePair>();
        var scaled = ImmutableArray.CreateBuilder<ScaledPair>();
        var copies = ImmutableArray.CreateBuilder<CopyPair>();
        Dictionary<LabelledConfiguration, PairSums> sums = parts.SelectMany(part => part.Members).Distinct(ReferenceEqualityComparer.Instance).Cast<LabelledConfiguration>()
            .ToDictionary(member => member, member => PairSums.Of(member.Crystal), (IEqualityComparer<LabelledConfiguration>)ReferenceEqualityComparer.Instance);
        var nearestToTraining = ImmutableArray.CreateBuilder<double>();
        for (int second = 1; second < parts.Length; second++)
        {
            foreach (LabelledConfiguration member in parts[second].Members)
            {
                cancellation.ThrowIfCancellationRequested();
                for (int first = 0; first < second; first++)
                {
                    double nearest = double.PositiveInfinity;
                    foreach (LabelledConfiguration other in parts[first].Members)
                    {
                        double distance = DistanceAngstrom(member, other);
                        nearest = Math.Min(nearest, distance);
                        if (distance < toleranceAngstrom)
                        {
                            close.Add(new ClosePair(other.Id, parts[first].Name, member.Id, parts[second].Name, distance));
                        }
                        else if (double.IsFinite(distance) && DisplacementCosine(member, other) is { } cosine && Math.Abs(cosine) > ScaledCopyCosine)
                        {
                            scaled.Add(new ScaledPair(other.Id, parts[first].Name, member.Id, parts[second].Name, cosine));
                        }
                        else if (sums[member].IsCopy(sums[other]))
                        {
                            copies.Add(new CopyPair(other.Id, parts[first].Name, member.Id, parts[second].Name));
                        }
                    }

                    if (first == 0 && parts[second].Name == "test" && double.IsFinite(nearest))
                    {
                        nearestToTraining.Add(nearest);
                    }
                }
            }
        }

        nearestToTraining.Sort();
        double[] sorted = [.. nearestToTraining];
        return new LeakageReport(
            shared,
            close.ToImmutable(),
            scaled.ToImmutable(),
            toleranceAngstrom,
            sorted.Length == 0 ? null : sorted[0],
            sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2)
        {
            SharedGroups =
            [
                .. parts.SelectMany(part => part.Members.Select(member => member.Group).Distinct(StringComparer.Ordinal))
                    .GroupBy(group => group, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).Except(shared, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ],
            SymmetryCopies = copies.ToImmutable(),
        };
    }

    /// <summary>
    /// Root mean square difference of the positions of two cells per atom, Å: each atom by the nearest image along the cell axes, a rigid shift
    /// taken out. Infinite when lattices or elements differ. Permuted or rotated copies are far apart by it; they are found by their distances between elements.
    /// </summary>
    public static double DistanceAngstrom(LabelledConfiguration a, LabelledConfiguration b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        Matrix3x3 lattices = a.Crystal.Lattice.Rows - b.Crystal.Lattice.Rows;
        bool sameLattice = Math.Max(lattices.RowA.Length, Math.Max(lattices.RowB.Length, lattices.RowC.Length)) < LatticeToleranceAngstrom;
        if (!sameLattice || !a.Crystal.Elements.AsSpan().SequenceEqual(b.Crystal.Elements.AsSpan()))
        {
            return double.PositiveInfinity;
        }

        Vector3D sum = Vector3D.Zero;
        double squares = 0;
        int count = a.Crystal.AtomCount;
        for (int atom = 0; atom < count; atom++)
        {
            Vector3D apart = a.Crystal.PositionsFractional[atom] - b.Crystal.PositionsFractional[atom];
            Vector3D nearest = a.Crystal.Lattice.ToCartesian(new(apart.X - Math.Round(apart.X), apart.Y - Math.Round(apart.Y), apart.Z - Math.Round(apart.Z)));
            sum += nearest;
            squares += nearest.LengthSquared;
        }

        return Math.Sqrt(Math.Max(0, (squares / count) - (sum / count).LengthSquared));
    }

    /// <summary>Whether two cells are closer than a distance, by <see cref="DistanceAngstrom"/>; most pairs are told apart by their first atoms.</summary>
    internal static bool AreCloser(LabelledConfiguration a, LabelledConfiguration b, double toleranceAngstrom)
    {
        const int FirstAtoms = 6;
        int count = a.Crystal.AtomCount;
        if (count != b.Crystal.AtomCount)
        {
            return false;
        }

        Vector3D sum = Vector3D.Zero;
        double squares = 0;
        int some = Math.Min(FirstAtoms, count);
        for (int atom = 0; atom < some; atom++)
        {
            Vector3D apart = a.Crystal.PositionsFractional[atom] - b.Crystal.PositionsFractional[atom];
            Vector3D nearest = a.Crystal.Lattice.ToCartesian(new(apart.X - Math.Round(apart.X), apart.Y - Math.Round(apart.Y), apart.Z - Math.Round(apart.Z)));
            sum += nearest;
            squares += nearest.LengthSquared;
        }

        // The scatter of some atoms about their own mean is a part of that of all.
        return squares - (sum.LengthSquared / some) < count * toleranceAngstrom * toleranceAngstrom && DistanceAngstrom(a, b) < toleranceAngstrom;
    }

    /// <summary>Cosine between two displacement fields; null where a file has none or one is zero.</summary>
    private static double? DisplacementCosine(LabelledConfiguration a, LabelledConfiguration b)
    {
        if (a.DisplacementsCartesian is not { } first || b.DisplacementsCartesian is not { } second)
        {
            return null;
        }

        double product = 0, firstSquare = 0, secondSquare = 0;
        for (int atom = 0; atom < first.Length; atom++)
        {
            product += Vector3D.Dot(first[atom], second[atom]);
            firstSquare += first[atom].LengthSquared;
            secondSquare += second[atom].LengthSquared;
        }

        return firstSquare > 0 && secondSquare > 0 ? product / Math.Sqrt(firstSquare * secondSquare) : null;
    }
}

/// <summary>Two cells of different parts whose displacements are the same but for a factor, as draws with one seed at two temperatures have them.</summary>
/// <param name="First">Identifier of the one.</param>
/// <param name="FirstPart">Its part.</param>
/// <param name="Second">Identifier of the other.</param>
/// <param name="SecondPart">Its part.</param>
/// <param name="Cosine">Cosine between the displacement fields; -1 for opposite ones.</param>
public sealed record ScaledPair(string First, string FirstPart, string Second, string SecondPart, double Cosine);

/// <summary>Two cells of different parts with the same distances between the same elements: copies by a rotation, a mirror, or another order of atoms.</summary>
/// <param name="First">Identifier of the one.</param>
/// <param name="FirstPart">Its part.</param>
/// <param name="Second">Identifier of the other.</param>
/// <param name="SecondPart">Its part.</param>
public sealed record CopyPair(string First, string FirstPart, string Second, string SecondPart);

/// <summary>Two cells of different parts that are nearly the same.</summary>
/// <param name="First">Identifier of the one.</param>
/// <param name="FirstPart">Its part.</param>
/// <param name="Second">Identifier of the other.</param>
/// <param name="SecondPart">Its part.</param>
/// <param name="DistanceAngstrom">Distance, r.m.s. per atom, Å.</param>
public sealed record ClosePair(string First, string FirstPart, string Second, string SecondPart, double DistanceAngstrom);

/// <summary>What the examination of a split found.</summary>
/// <param name="SharedIds">Identifiers that stand in more than one part.</param>
/// <param name="ClosePairs">Cells of different parts closer than the tolerance.</param>
/// <param name="ScaledPairs">Cells of different parts with the same displacements but for a factor; found only where files hold displacements.</param>
/// <param name="ToleranceAngstrom">The tolerance, Å r.m.s. per atom.</param>
/// <param name="NearestTestToTrainingAngstrom">Smallest distance of a test cell to a training cell, Å; null when none are comparable.</param>
/// <param name="MedianTestToTrainingAngstrom">Median over test cells of the distance to the nearest training cell, Å.</param>
public sealed record LeakageReport(
    ImmutableArray<string> SharedIds,
    ImmutableArray<ClosePair> ClosePairs,
    ImmutableArray<ScaledPair> ScaledPairs,
    double ToleranceAngstrom,
    double? NearestTestToTrainingAngstrom,
    double? MedianTestToTrainingAngstrom)
{
    /// <summary>Groups of which cells of different identifiers stand in more than one part.</summary>
    public ImmutableArray<string> SharedGroups { get; init; } = [];

    /// <summary>Copies by symmetry that stand in different parts.</summary>
    public ImmutableArray<CopyPair> SymmetryCopies { get; init; } = [];

    /// <summary>True when nothing leaks.</summary>
    public bool IsClean => SharedIds.IsEmpty && SharedGroups.IsEmpty && ClosePairs.IsEmpty && ScaledPairs.IsEmpty && SymmetryCopies.IsEmpty;
}
