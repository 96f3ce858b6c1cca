using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Electrons;

/// <summary>Electronic bands of a crystal along a path, with what its supercell says about the shells in them.</summary>
/// <param name="Crystal">The cell.</param>
/// <param name="Path">The path.</param>
/// <param name="States">States at the points of the path, piece after piece.</param>
/// <param name="Density">Density of states.</param>
/// <param name="Folded">States of a supercell at Γ with shares of shells, on the same zero; null when none were computed.</param>
/// <param name="FoldedPoints">Wave vectors of the cell that Γ of that supercell holds, in units of the reciprocal vectors.</param>
public sealed record ElectronicBands(Crystal Crystal, BandPath Path, ElectronicStates States, ElectronicDensity Density, ElectronicStates? Folded, ImmutableArray<Vector3D> FoldedPoints)
{
    /// <summary>States this close in energy are the same one computed in two cells, eV: grids and sums over k-points differ.</summary>
    public const double SameStateElectronvolt = 0.05;

    /// <summary>Highest filled and lowest empty state on the path and on the mesh of the density.</summary>
    public BandExtrema Extrema { get; } = BandExtrema.Of([States, Density.States]);

    /// <summary>
    /// Shares of the shells at a state of the path, where the supercell holds its wave vector: means over the states of the supercell that lie within <see cref="SameStateElectronvolt"/> of it. A supercell mixes states of equal energy from
    /// different wave vectors, and means over such sets are all that it says. Null elsewhere.
    /// </summary>
    /// <param name="point">Number of the point of the path.</param>
    /// <param name="band">Band, from 0.</param>
    public ImmutableArray<double>? SharesAt(int point, int band)
    {
        if (Folded is not { } folded || !FoldedPoints.Any(held => IsSame(held, States.PointsFractional[point])))
        {
            return null;
        }

        double energy = States.EnergiesElectronvolt[point][band];
        int[] near = [.. Enumerable.Range(0, folded.EnergiesElectronvolt[0].Length).Where(state => Math.Abs(folded.EnergiesElectronvolt[0][state] - energy) < SameStateElectronvolt)];
        return near.Length == 0 ? null : [.. Enumerable.Range(0, folded.Shells.Length).Select(shell => near.Average(state => folded.Shares[0][state][shell]))];
    }

    private static bool IsSame(Vector3D a, Vector3D b)
    {
        Vector3D apart = a - b;
        return new[] { apart.X, apart.Y, apart.Z }.All(component => Math.Abs(component - Math.Round(component)) < 1e-6);
    }
}

/// <summary>Edges of the bands.</summary>
/// <param name="ValenceElectronvolt">Highest filled eigenvalue, eV.</param>
/// <param name="ValenceAt">Its wave vector, in units of the reciprocal vectors.</param>
/// <param name="ConductionElectronvolt">Lowest empty eigenvalue, eV.</param>
/// <param name="ConductionAt">Its wave vector.</param>
/// <param name="DirectGapElectronvolt">Smallest difference at one wave vector, eV.</param>
/// <param name="DirectAt">Its wave vector.</param>
public sealed record BandExtrema(double ValenceElectronvolt, Vector3D ValenceAt, double ConductionElectronvolt, Vector3D ConductionAt, double DirectGapElectronvolt, Vector3D DirectAt)
{
    /// <summary>Lowest empty minus highest filled, eV; negative when bands overlap.</summary>
    public double GapElectronvolt => ConductionElectronvolt - ValenceElectronvolt;

    /// <summary>Finds them.</summary>
    /// <param name="sets">States at wave vectors; sets without wave vectors are allowed.</param>
    public static BandExtrema Of(IEnumerable<ElectronicStates> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        (double Valence, double Conduction, Vector3D At)[] points =
            [.. sets.SelectMany(states => states.PointsFractional.Select((point, index) => (states.EnergiesElectronvolt[index][states.Occupied - 1], states.EnergiesElectronvolt[index][states.Occupied], point)))];
        (double Valence, double Conduction, Vector3D At) top = points.MaxBy(point => point.Valence), bottom = points.MinBy(point => point.Conduction), direct = points.MinBy(point => point.Conduction - point.Valence);

        // Adding zero turns -0 into 0.
        return new BandExtrema(top.Valence, top.At + Vector3D.Zero, bottom.Conduction, bottom.At + Vector3D.Zero, direct.Conduction - direct.Valence, direct.At + Vector3D.Zero);
    }
}
