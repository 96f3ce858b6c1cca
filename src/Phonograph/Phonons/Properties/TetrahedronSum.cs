using System.Runtime.CompilerServices;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Memory;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Phonons.Properties;

/// <summary>
/// Counts states in intervals of the frequency axis by linear interpolation in tetrahedra (O. Jepsen, O. Andersen, Solid State Commun. 9, 1763 (1971); P. Blöchl, O.
/// Jepsen, O. Andersen, Phys. Rev. B 49, 16223 (1994), without their correction). Each cell of the mesh is cut into six tetrahedra along its shortest diagonal.
/// </summary>
internal static class TetrahedronSum
{
    /// <summary>Blocks into which the tetrahedra are cut; their sums are added in order.</summary>
    private const int BlockCount = 32;

    /// <summary>Densities in the intervals, per THz, and the states below them; columns: total, then the elements.</summary>
    /// <param name="phonons">Phonons of a mesh.</param>
    /// <param name="low">Lower end of the first interval, THz.</param>
    /// <param name="step">Width of an interval, THz.</param>
    /// <param name="count">Number of intervals.</param>
    /// <param name="pool">Threads; null for those of the process.</param>
    internal static (double[] Densities, double[] Below) Of(MeshPhonons phonons, double low, double step, int count, WorkerPool? pool)
    {
        int columns = 1 + phonons.Elements.Length;
        ((int A, int B, int C, int D) Points, int Count)[] tetrahedra = Distinct(phonons.Mesh, Corners(phonons.Mesh, phonons.Crystal.Lattice));
        int perBlock = (tetrahedra.Length + BlockCount - 1) / BlockCount;
        var partial = new double[(tetrahedra.Length + perBlock - 1) / perBlock][];
        (pool ?? WorkerPool.Shared).Run(partial.Length, (block, _) =>
        {
            // Integrated states at the lower end of each interval and the upper end of the last; what is full from there on.
            var histogram = new Histogram(phonons, low, step, count);
            for (int index = block * perBlock; index < Math.Min(tetrahedra.Length, (block + 1) * perBlock); index++)
            {
                histogram.AddTetrahedron(tetrahedra[index].Points, tetrahedra[index].Count);
            }

            partial[block] = histogram.Integrated();
        });
        var integrated = new double[(count + 1) * columns];
        foreach (double[] part in partial)
        {
            for (int index = 0; index < integrated.Length; index++)
            {
                integrated[index] += part[index];
            }
        }

        double scale = 1.0 / (6.0 * phonons.Mesh.TotalCount);
        var densities = new double[count * columns];
        for (int index = 0; index < densities.Length; index++)
        {
            densities[index] = scale * (integrated[index + columns] - integrated[index]) / step;
        }

        return (densities, [.. integrated[..columns].Select(value => scale * value)]);
    }

    /// <summary>Offsets of the four corners of the six tetrahedra of a cell, three steps (0 or 1) each.</summary>
    private static int[][] Corners(WaveVectorMesh mesh, Lattice lattice)
    {
        Matrix3x3 b = lattice.ReciprocalRows;
        Vector3D[] edges = [(1.0 / mesh.Numbers.X) * b.RowA, (1.0 / mesh.Numbers.Y) * b.RowB, (1.0 / mesh.Numbers.Z) * b.RowC];

        // The diagonal starts at a corner; mirroring the cell's axes brings that corner to the origin.
        int diagonal = Enumerable.Range(0, 4).MinBy(start =>
            ((((start & 1) != 0 ? -1 : 1) * edges[0]) + (((start & 2) != 0 ? -1 : 1) * edges[1]) + edges[2]).Length);
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        return
        [
            .. orders.Select(order =>
            {
                var steps = new int[12];
                int[] at = [diagonal & 1, (diagonal >> 1) & 1, 0];
                for (int corner = 0; corner < 4; corner++)
                {
                    if (corner > 0)
                    {
                        at[order[corner - 1]] ^= 1;
                    }

                    at.CopyTo(steps, 3 * corner);
                }

                return steps;
            }),
        ];
    }

    /// <summary>The different tetrahedra of the reduced mesh, in the order they first occur, with how often they occur; symmetry makes most of them alike.</summary>
    private static ((int A, int B, int C, int D) Points, int Count)[] Distinct(WaveVectorMesh mesh, int[][] corners)
    {
        (int nx, int ny, int nz) = (mesh.Numbers.X, mesh.Numbers.Y, mesh.Numbers.Z);
        var places = new Dictionary<(int, int, int, int), int>();
        var found = new List<((int, int, int, int), int)>();
        Span<int> points = stackalloc int[4];
        for (int cell = 0; cell < mesh.TotalCount; cell++)
        {
            (int x, int y, int z) = (cell % nx, cell / nx % ny, cell / nx / ny);
            foreach (int[] steps in corners)
            {
                for (int corner = 0; corner < 4; corner++)
                {
                    int index = ((x + steps[3 * corner]) % nx) + (nx * (((y + steps[(3 * corner) + 1]) % ny) + (ny * ((z + steps[(3 * corner) + 2]) % nz))));
                    points[corner] = mesh.Representatives[index];
                }

                points.Sort();
                (int, int, int, int) key = (points[0], points[1], points[2], points[3]);
                if (places.TryGetValue(key, out int place))
                {
                    found[place] = (key, found[place].Item2 + 1);
                }
                else
                {
                    places.Add(key, found.Count);
                    found.Add((key, 1));
                }
            }
        }

        return [.. found];
    }

    /// <summary>Integrated states of some tetrahedra, before scaling: every tetrahedron and band counts one.</summary>
    private sealed class Histogram(MeshPhonons phonons, double low, double step, int count)
    {
        private readonly int _columns = 1 + phonons.Elements.Length, _elements = phonons.Elements.Length;
        private readonly double[] _partial = new double[(count + 1) * (1 + phonons.Elements.Length)], _full = new double[(count + 2) * (1 + phonons.Elements.Length)];
        private readonly int[] _points = new int[4], _sorted = new int[4];
        private readonly double[] _energies = new double[4], _weights = new double[4];

        internal void AddTetrahedron((int A, int B, int C, int D) points, double count)
        {
            (_points[0], _points[1], _points[2], _points[3]) = points;
            for (int band = 0; band < phonons.BandCount; band++)
            {
                AddBand(band, count);
            }
        }

        internal double[] Integrated()
        {
            var running = new double[_columns];
            for (int edge = 0; edge <= count; edge++)
            {
                for (int column = 0; column < _columns; column++)
                {
                    running[column] += _full[(edge * _columns) + column];
                    _partial[(edge * _columns) + column] += running[column];
                }
            }

            return _partial;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void AddBand(int band, double multiplicity)
        {
            for (int corner = 0; corner < 4; corner++)
            {
                double energy = phonons.FrequenciesTerahertz(_points[corner])[band];
                int at = corner;
                for (; at > 0 && _energies[at - 1] > energy; at--)
                {
                    _energies[at] = _energies[at - 1];
                    _sorted[at] = _sorted[at - 1];
                }

                _energies[at] = energy;
                _sorted[at] = _points[corner];
            }

            // Edges below the lowest corner hold nothing, those from the highest on everything.
            int first = EdgeFrom(_energies[0]), end = EdgeFrom(_energies[3]);
            for (int edge = first; edge < end; edge++)
            {
                TetrahedronWeights.Integrated(low + (edge * step), _energies, _weights);
                Add(_partial, edge, band, multiplicity);
            }

            Array.Fill(_weights, 0.25);
            Add(_full, end, band, multiplicity);
        }

        private int EdgeFrom(double energy) => (int)Math.Clamp(Math.Ceiling((energy - low) / step), 0, count + 1);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Add(double[] target, int edge, int band, double multiplicity)
        {
            int start = edge * _columns;
            for (int corner = 0; corner < 4; corner++)
            {
                double weight = multiplicity * _weights[corner];
                target[start] += weight;
                if (_elements > 0)
                {
                    ReadOnlySpan<double> shares = phonons.ElementShares(_sorted[corner], band);
                    for (int element = 0; element < _elements; element++)
                    {
                        target[start + 1 + element] += weight * shares[element];
                    }
                }
            }
        }
    }
}
