using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Phonons.Polar;

/// <summary>The dipole interaction as force constants of a supercell: its Fourier sum over the wave vectors that the supercell holds.</summary>
internal static class ShortRangeConstants
{
    /// <summary>Constants between each unit-cell atom (in its first lattice point) and each supercell atom, eV/Å², from the interaction.</summary>
    internal static Func<int, int, Matrix3x3> Subtracted(ForceConstants constants, DipoleInteraction interaction)
    {
        Supercell supercell = constants.Supercell;
        int atoms = supercell.Crystal.AtomCount, order = 3 * supercell.Unit.AtomCount, cells = supercell.CellCount;
        var dipole = new double[9 * supercell.Unit.AtomCount * atoms];
        var scratch = new DipoleScratch(order);
        var real = new double[order * order];
        var imaginary = new double[order * order];
        foreach (Vector3D wave in CommensurateWaveVectors.Of(supercell))
        {
            Array.Clear(real);
            Array.Clear(imaginary);
            interaction.AddTo(real, imaginary, interaction.FirstZone(wave, scratch), null, scratch);
            for (int first = 0; first < supercell.Unit.AtomCount; first++)
            {
                IntegerVector3 home = supercell.UnitImage[first * cells];
                for (int atom = 0; atom < atoms; atom++)
                {
                    int second = supercell.UnitAtom[atom];
                    (double s, double c) = Math.SinCos(2 * Math.PI * Vector3D.Dot(wave, (supercell.UnitImage[atom] - home).ToVector3D()));
                    double weight = Math.Sqrt(supercell.Unit.MassesAmu[first] * supercell.Unit.MassesAmu[second]) / cells;
                    for (int element = 0; element < 9; element++)
                    {
                        (int row, int column) = ((3 * first) + (element / 3), (3 * second) + (element % 3));
                        bool isLower = row >= column;
                        int at = isLower ? (row * order) + column : (column * order) + row;
                        double turned = isLower ? imaginary[at] : -imaginary[at];
                        dipole[(9 * ((first * atoms) + atom)) + element] += weight * ((c * real[at]) + (s * turned));
                    }
                }
            }
        }

        return (first, atom) =>
        {
            ReadOnlySpan<double> d = dipole.AsSpan(9 * ((first * atoms) + atom), 9);
            return constants.Block(first * cells, atom) - new Matrix3x3(new(d[0], d[1], d[2]), new(d[3], d[4], d[5]), new(d[6], d[7], d[8]));
        };
    }
}
