using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Tests.Crystals.Symmetry;

namespace Phonograph.Tests.Phonons;

/// <summary>Small supercells of many space groups, and the textbook forms of what the library does cleverly.</summary>
internal static class SymmetrySamples
{
    internal static readonly string[] Small =
    [
        "P1", "P-1", "Pm", "C2/m", "rutile SnO2", "quartz SiO2", "wurtzite ZnS", "wurtzite ZnS, skewed cell", "Bi2Te3, rhombohedral cell", "iron, body-centred cell",
        "NaCl, face-centred cell", "NaCl, primitive cell, low-symmetry supercell", "diamond", "FeSi", "Ag3SBr",
    ];

    /// <summary>The crystal itself, or for the smallest ones a supercell that is not diagonal.</summary>
    internal static Supercell SupercellOf(string name)
    {
        Crystal crystal = SpglibReference.Of(name).Crystal;
        IntegerMatrix3 matrix = crystal.AtomCount > 3 ? IntegerMatrix3.Identity : new IntegerMatrix3(new(1, 1, 0), new(-1, 1, 0), new(0, 0, 1));
        return Supercell.Of(crystal, matrix);
    }

    /// <summary>Numbers without any symmetry.</summary>
    internal static ForceConstants Random(Supercell supercell, ulong seed)
    {
        var random = new Philox(seed, 0);
        return new ForceConstants(supercell, [.. Enumerable.Range(0, 9 * supercell.Crystal.AtomCount * supercell.Crystal.AtomCount).Select(_ => random.NextNormal())]);
    }

    /// <summary>Mean over every operation of the group, one by one; then with the transposed; then the means of rows and columns taken out.</summary>
    internal static ForceConstants BruteForceProjection(ForceConstants constants, SupercellSymmetry symmetry)
    {
        int atoms = constants.Supercell.Crystal.AtomCount, order = 3 * atoms;
        var sum = new double[order, order];
        foreach (var operation in symmetry.SpaceGroup.Operations)
        {
            for (int first = 0; first < atoms; first++)
            {
                for (int second = 0; second < atoms; second++)
                {
                    Matrix3x3 turned = operation.RotationCartesian * constants.Block(first, second) * operation.RotationCartesian.Transposed;
                    for (int index = 0; index < 9; index++)
                    {
                        sum[(3 * operation.Images[first]) + (index / 3), (3 * operation.Images[second]) + (index % 3)] += turned[index / 3, index % 3] / symmetry.SpaceGroup.Order;
                    }
                }
            }
        }

        var symmetric = new double[order, order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                symmetric[row, column] = 0.5 * (sum[row, column] + sum[column, row]);
            }
        }

        var elements = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                double rowMean = 0, columnMean = 0, total = 0;
                for (int i = 0; i < atoms; i++)
                {
                    rowMean += symmetric[row, (3 * i) + (column % 3)] / atoms;
                    columnMean += symmetric[(3 * i) + (row % 3), column] / atoms;
                    for (int j = 0; j < atoms; j++)
                    {
                        total += symmetric[(3 * i) + (row % 3), (3 * j) + (column % 3)] / (atoms * atoms);
                    }
                }

                elements[(row * order) + column] = symmetric[row, column] - rowMean - columnMean + total;
            }
        }

        return new ForceConstants(constants.Supercell, elements);
    }
}
