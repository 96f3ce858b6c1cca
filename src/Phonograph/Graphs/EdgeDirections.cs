using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Graphs;

/// <summary>Unit vectors along the edges of a graph.</summary>
public static class EdgeDirections
{
    /// <summary>Computes them from the crystal behind the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <returns>Cartesian unit vectors from target to source, shape [edges, 3], row-major; zero for an edge of length zero.</returns>
    /// <exception cref="ArgumentException">The graph does not know its crystal.</exception>
    public static ImmutableArray<double> Of(CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Crystal crystal = graph.Crystal
            ?? throw new ArgumentException("Directions of edges need the crystal, and this graph was made without one. Build it with CrystalGraphBuilder.", nameof(graph));
        Vector3D[] positions = [.. crystal.PositionsFractional.Select(crystal.Lattice.ToCartesian)];
        var directions = new double[3 * graph.EdgeCount];
        for (int target = 0; target < graph.NodeCount; target++)
        {
            for (int edge = graph.EdgeStart[target]; edge < graph.EdgeStart[target + 1]; edge++)
            {
                Vector3D separation = positions[graph.EdgeSource[edge]] + crystal.Lattice.ToCartesian(graph.EdgeImage[edge].ToVector3D()) - positions[target];
                double length = separation.Length;
                if (length > 0)
                {
                    directions[3 * edge] = separation.X / length;
                    directions[(3 * edge) + 1] = separation.Y / length;
                    directions[(3 * edge) + 2] = separation.Z / length;
                }
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(directions);
    }
}
