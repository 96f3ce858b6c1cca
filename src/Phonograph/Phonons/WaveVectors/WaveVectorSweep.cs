using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Memory;

namespace Phonograph.Phonons.WaveVectors;

/// <summary>Solves the dynamical matrix at many wave vectors on several threads. The cut into blocks is fixed, so results do not depend on the threads.</summary>
internal static class WaveVectorSweep
{
    /// <summary>Visits every wave vector once; those of a block in their order, blocks in any order.</summary>
    /// <param name="matrix">The dynamical matrix.</param>
    /// <param name="waves">Wave vectors in units of the reciprocal vectors.</param>
    /// <param name="withVectors">Whether eigenvectors are wanted.</param>
    /// <param name="wavesPerBlock">Wave vectors of one block.</param>
    /// <param name="pool">Threads; null for those of the process.</param>
    /// <param name="visit">Called with the number of the wave vector, the number of its block and the solved matrix; blocks must not share what they write.</param>
    /// <param name="direction">For each wave vector the direction from which Γ is approached; null for none.</param>
    internal static void Run(
        DynamicalMatrix matrix, IReadOnlyList<Vector3D> waves, bool withVectors, int wavesPerBlock, WorkerPool? pool, Action<int, int, PhononSolver> visit, Func<int, Vector3D?>? direction = null)
    {
        WorkerPool threads = pool ?? WorkerPool.Shared;
        var solvers = new PhononSolver?[threads.ThreadCount];
        threads.Run((waves.Count + wavesPerBlock - 1) / wavesPerBlock, (block, worker) =>
        {
            PhononSolver solver = solvers[worker] ??= new PhononSolver(matrix);
            int end = Math.Min(waves.Count, (block + 1) * wavesPerBlock);
            for (int wave = block * wavesPerBlock; wave < end; wave++)
            {
                solver.Solve(waves[wave], direction?.Invoke(wave), withVectors);
                visit(wave, block, solver);
            }
        });
    }
}
