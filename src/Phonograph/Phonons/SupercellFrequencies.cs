using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Memory;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Phonons;

/// <summary>
/// The frequencies of a supercell without its eigenvectors: those of the unit cell at the wave vectors that the supercell holds. The numbers of <see cref="PhononModes"/>, from many small
/// matrices instead of one large one, for force constants that repeat with the unit cell.
/// </summary>
public static class SupercellFrequencies
{
    private const int WavesPerBlock = 4;

    /// <summary>The 3N-3 ordinary frequencies, THz, rising; imaginary ones as negative numbers. The three rigid translations are split off by projection.</summary>
    /// <param name="constants">Force constants; masses are those of the unit cell of their supercell.</param>
    /// <param name="pool">Threads; null for those of the process. The result does not depend on them.</param>
    public static ImmutableArray<double> Terahertz(ForceConstants constants, WorkerPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(constants);
        var matrix = DynamicalMatrix.Of(constants);
        Vector3D[] waves = [.. CommensurateWaveVectors.Of(constants.Supercell).Where(wave => wave != Vector3D.Zero)];
        PhononModes atGamma = PhononModes.Of(Repeated(constants));
        var frequencies = new double[atGamma.Count + (waves.Length * matrix.Order)];
        atGamma.FrequenciesTerahertz.CopyTo(frequencies);
        WaveVectorSweep.Run(
            matrix, waves, withVectors: false, WavesPerBlock, pool, (wave, _, solver) => solver.FrequenciesTerahertz.CopyTo(frequencies.AsSpan(atGamma.Count + (wave * matrix.Order))));
        Array.Sort(frequencies);
        return [.. frequencies];
    }

    /// <summary>Force constants when every unit cell moves alike.</summary>
    private static ForceConstants Repeated(ForceConstants constants)
    {
        Supercell supercell = constants.Supercell;
        int order = 3 * supercell.Unit.AtomCount, cells = supercell.CellCount;
        var elements = new double[order * order];
        for (int first = 0; first < supercell.Unit.AtomCount; first++)
        {
            for (int second = 0; second < supercell.Crystal.AtomCount; second++)
            {
                Matrix3x3 block = constants.Block(first * cells, second);
                for (int element = 0; element < 9; element++)
                {
                    elements[(((3 * first) + (element / 3)) * order) + (3 * supercell.UnitAtom[second]) + (element % 3)] += block[element / 3, element % 3];
                }
            }
        }

        return new ForceConstants(Supercell.Of(supercell.Unit, IntegerMatrix3.Identity), elements);
    }
}
