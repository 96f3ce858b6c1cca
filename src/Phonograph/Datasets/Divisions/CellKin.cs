using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Datasets.Divisions;

/// <summary>A cell with what its kin are known by, computed once.</summary>
internal sealed class CellKin
{
    private readonly double[]? _direction;
    private readonly PairSums _sums;

    internal CellKin(LabelledConfiguration cell)
    {
        Cell = cell;
        Place = TrajectoryPlace.Of(cell);
        _sums = PairSums.Of(cell.Crystal);
        _direction = Direction(cell);
    }

    internal LabelledConfiguration Cell { get; }

    /// <summary>Place of a frame in its run.</summary>
    internal TrajectoryPlace? Place { get; }

    /// <summary>How this cell is kin to another; null when it is not. Frames of one run resemble each other by time, which is for blocks to judge: here they are kin by name only.</summary>
    internal Kinship? With(CellKin other, double toleranceAngstrom)
    {
        if (Cell.Id == other.Cell.Id)
        {
            return Kinship.Identifier;
        }

        if (Cell.Group == other.Cell.Group)
        {
            return Kinship.Group;
        }

        return Place is { } place && place.Run == other.Place?.Run ? null
            : LeakageCheck.AreCloser(Cell, other.Cell, toleranceAngstrom) ? Kinship.Geometry
            : IsScaled(other) ? Kinship.ScaledDisplacement
            : IsCopy(other) ? Kinship.SymmetryCopy
            : null;
    }

    /// <summary>True for copies by symmetry.</summary>
    internal bool IsCopy(CellKin other) => _sums.IsCopy(other._sums);

    private bool IsScaled(CellKin other)
    {
        if (_direction is null || other._direction is null || _direction.Length != other._direction.Length || !Cell.Crystal.Elements.AsSpan().SequenceEqual(other.Cell.Crystal.Elements.AsSpan()))
        {
            return false;
        }

        double cosine = 0;
        for (int coordinate = 0; coordinate < _direction.Length; coordinate++)
        {
            cosine += _direction[coordinate] * other._direction[coordinate];
        }

        return Math.Abs(cosine) > LeakageCheck.ScaledCopyCosine;
    }

    private static double[]? Direction(LabelledConfiguration cell)
    {
        if (cell.DisplacementsCartesian is not { } moves)
        {
            return null;
        }

        double length = Math.Sqrt(moves.Sum((Vector3D move) => move.LengthSquared));
        return length > 0 ? [.. moves.SelectMany(move => new[] { move.X / length, move.Y / length, move.Z / length })] : null;
    }
}
