using System.Numerics;

namespace Phonograph.Sampling;

/// <summary>Signs of modes in cells from the columns of a Hadamard matrix.</summary>
internal static class SignDesign
{
    /// <summary>
    /// Cells × modes signs. Mode k takes the column k mod n of the Sylvester matrix of order n, the smallest power of two that holds all cells; the column of ones comes last, so that no mode has the same sign in
    /// all cells while another column is free. Each time the columns are used up all signs turn: for one cell the signs alternate. Cells of a number that is no power of two are the first rows.
    /// </summary>
    internal static double[] Orthogonal(int cells, int modes)
    {
        int order = (int)BitOperations.RoundUpToPowerOf2((uint)cells);
        var signs = new double[cells * modes];
        for (int cell = 0; cell < cells; cell++)
        {
            for (int mode = 0; mode < modes; mode++)
            {
                int column = ((mode % order) + 1) % order;
                int turned = BitOperations.PopCount((uint)(cell & column)) + (mode / order);
                signs[(cell * modes) + mode] = turned % 2 == 0 ? 1 : -1;
            }
        }

        return signs;
    }
}
