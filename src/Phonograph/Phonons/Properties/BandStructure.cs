using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Memory;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Phonons.Properties;

/// <summary>Phonons along one straight piece of a path.</summary>
/// <param name="Path">The piece.</param>
/// <param name="Distances">Length of the whole path up to each wave vector, 1/Å without 2π.</param>
/// <param name="Modes">Phonons at each wave vector.</param>
public sealed record BandStructureSegment(BandSegment Path, ImmutableArray<double> Distances, ImmutableArray<WaveVectorModes> Modes);

/// <summary>Choices of a band structure.</summary>
/// <param name="IsConnected">Whether bands are followed by their eigenvectors (<see cref="BandConnection"/>) instead of sorted by frequency.</param>
/// <param name="HasVectors">Whether eigenvectors are kept.</param>
public sealed record BandStructureOptions(bool IsConnected = true, bool HasVectors = false);

/// <summary>
/// Phonons along a path. In a polar crystal the long-range part at Γ is taken along the piece that begins or ends there, as it is printed everywhere.
/// </summary>
/// <param name="Crystal">The primitive cell.</param>
/// <param name="Segments">The pieces.</param>
public sealed record BandStructure(Crystal Crystal, ImmutableArray<BandStructureSegment> Segments)
{
    private const double GammaTolerance = 1e-5;

    /// <summary>Lowest frequency, THz; negative when a mode is imaginary.</summary>
    public double LowestTerahertz => Segments.Min(segment => segment.Modes.Min(modes => modes.FrequenciesTerahertz.Min()));

    /// <summary>Highest frequency, THz.</summary>
    public double HighestTerahertz => Segments.Max(segment => segment.Modes.Max(modes => modes.FrequenciesTerahertz.Max()));

    /// <summary>Solves all wave vectors of a path.</summary>
    /// <param name="matrix">Dynamical matrix.</param>
    /// <param name="path">Path in units of the reciprocal vectors of the matrix's cell.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <param name="pool">Threads; null for those of the process. The result does not depend on them.</param>
    public static BandStructure Of(DynamicalMatrix matrix, BandPath path, BandStructureOptions? options = null, WorkerPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(path);
        options ??= new BandStructureOptions();
        Vector3D[] waves = [.. path.Segments.SelectMany(segment => segment.PointsFractional)];
        Vector3D[] directions = [.. path.Segments.SelectMany(segment => segment.PointsFractional.Select(_ => segment.PointsFractional[^1] - segment.PointsFractional[0]))];
        var modes = new WaveVectorModes[waves.Length];
        bool withVectors = options.IsConnected || options.HasVectors;
        WaveVectorSweep.Run(matrix, waves, withVectors, 4, pool, (wave, _, solver) => modes[wave] = WaveVectorModes.Of(waves[wave], solver, withVectors), wave => IsGamma(waves[wave]) ? directions[wave] : null);

        var segments = ImmutableArray.CreateBuilder<BandStructureSegment>();
        (int at, double distance) = (0, 0);
        foreach (BandSegment segment in path.Segments)
        {
            ImmutableArray<Vector3D> points = segment.PointsFractional;
            var distances = ImmutableArray.CreateBuilder<double>();
            for (int index = 0; index < points.Length; index++)
            {
                distance += index == 0 ? 0 : ((points[index] - points[index - 1]) * matrix.Crystal.Lattice.ReciprocalRows).Length;
                distances.Add(distance);
            }

            IReadOnlyList<WaveVectorModes> here = modes[at..(at + points.Length)];
            at += points.Length;
            ImmutableArray<WaveVectorModes> ordered = options.IsConnected ? BandConnection.Connect(here) : [.. here];
            segments.Add(new BandStructureSegment(segment, distances.ToImmutable(), options.HasVectors ? ordered : [.. ordered.Select(each => each.WithoutVectors())]));
        }

        return new BandStructure(matrix.Crystal, segments.ToImmutable());
    }

    private static bool IsGamma(Vector3D q) =>
        Math.Abs(q.X - Math.Round(q.X)) < GammaTolerance && Math.Abs(q.Y - Math.Round(q.Y)) < GammaTolerance && Math.Abs(q.Z - Math.Round(q.Z)) < GammaTolerance;
}
