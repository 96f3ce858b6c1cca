using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// Pairs of atoms sorted into sets that the space group and the exchange of the two atoms carry into each other, with an orthonormal basis of the couplings each set allows. The
/// coupling of one pair of a set is any matrix that the operations leaving the pair in place leave unchanged; those of the others follow. Only pairs whose first atom is the first of its class under
/// translations are kept, so a basis vector costs 9 numbers for each of them.
/// </summary>
internal sealed class PairOrbits
{
    private readonly int[] _start, _blockStart;
    private readonly byte[] _dimension;
    private readonly double[] _blocks;

    private PairOrbits(int[] start, byte[] dimension, int[] blockStart, double[] blocks, int parameterCount)
    {
        _start = start;
        _dimension = dimension;
        _blockStart = blockStart;
        _blocks = blocks;
        ParameterCount = parameterCount;
    }

    /// <summary>Number of basis vectors over all sets; the acoustic sum rule is not yet obeyed.</summary>
    internal int ParameterCount { get; }

    /// <summary>Index of the first basis vector of the set of a pair; pair = row · atoms + atom.</summary>
    internal int Start(int pair) => _start[pair];

    /// <summary>Number of basis vectors of the set of a pair.</summary>
    internal int Dimension(int pair) => _dimension[pair];

    /// <summary>The pair's part of a basis vector of its set: nine numbers by rows. Over the full matrix the vector has norm one.</summary>
    internal ReadOnlySpan<double> Block(int pair, int vector) => _blocks.AsSpan(_blockStart[pair] + (9 * vector), 9);

    internal static PairOrbits Of(SupercellSymmetry symmetry)
    {
        TranslationTable translations = symmetry.Translations;
        int rows = translations.FirstAtom.Length, atoms = translations.ClassOf.Length, pairs = checked(rows * atoms);
        int[] start = [.. Enumerable.Repeat(-1, pairs)], blockStart = new int[pairs];
        var dimension = new byte[pairs];
        var blocks = new List<double>(9 * pairs);
        int count = 0;
        for (int seed = 0; seed < pairs; seed++)
        {
            if (start[seed] >= 0)
            {
                continue;
            }

            (List<(int Pair, Matrix3x3 Rotation, bool Exchanged)> members, double[] projector) = Explore(seed, symmetry, translations);
            List<Matrix3x3> invariants = Invariants(projector);
            double scale = 1 / Math.Sqrt((double)members.Count * translations.Count);
            foreach ((int pair, Matrix3x3 rotation, bool exchanged) in members)
            {
                start[pair] = count;
                dimension[pair] = (byte)invariants.Count;
                blockStart[pair] = blocks.Count;
                foreach (Matrix3x3 invariant in invariants)
                {
                    Matrix3x3 turned = scale * Turned(invariant, rotation, exchanged);
                    for (int index = 0; index < 9; index++)
                    {
                        blocks.Add(turned[index / 3, index % 3]);
                    }
                }
            }

            count += invariants.Count;
        }

        return new PairOrbits(start, dimension, blockStart, [.. blocks], count);
    }

    /// <summary>The pairs reached from one pair, each with an operation that reaches it, and the mean of the operations that lead back to the pair itself, 9 × 9.</summary>
    private static (List<(int Pair, Matrix3x3 Rotation, bool Exchanged)> Members, double[] Projector) Explore(int seed, SupercellSymmetry symmetry, TranslationTable translations)
    {
        int atoms = translations.ClassOf.Length, first = translations.FirstAtom[seed / atoms], second = seed % atoms;
        var members = new List<(int, Matrix3x3, bool)>();
        var reached = new HashSet<int>();
        var projector = new double[81];
        int stabilisers = 0;
        foreach (SymmetryOperation operation in symmetry.SpaceGroup.Representatives)
        {
            foreach (bool exchanged in new[] { false, true })
            {
                int from = operation.Images[exchanged ? second : first], to = operation.Images[exchanged ? first : second];
                int pair = (translations.ClassOf[from] * atoms) + translations.CarryBack(translations.TranslationOf[from], to);
                if (reached.Add(pair))
                {
                    members.Add((pair, operation.RotationCartesian, exchanged));
                }

                if (pair == seed)
                {
                    stabilisers++;
                    AddAction(projector, operation.RotationCartesian, exchanged);
                }
            }
        }

        for (int index = 0; index < 81; index++)
        {
            projector[index] /= stabilisers;
        }

        return (members, projector);
    }

    /// <summary>Adds the 9 × 9 matrix that turns a coupling.</summary>
    private static void AddAction(double[] sum, Matrix3x3 rotation, bool exchanged)
    {
        for (int column = 0; column < 9; column++)
        {
            int alpha = column / 3, beta = column % 3;
            for (int row = 0; row < 9; row++)
            {
                int gamma = exchanged ? row % 3 : row / 3, delta = exchanged ? row / 3 : row % 3;
                sum[(9 * row) + column] += rotation[gamma, alpha] * rotation[delta, beta];
            }
        }
    }

    /// <summary>R B Rᵀ, transposed when the two atoms change places.</summary>
    private static Matrix3x3 Turned(Matrix3x3 block, Matrix3x3 rotation, bool exchanged)
    {
        Matrix3x3 turned = rotation * block * rotation.Transposed;
        return exchanged ? turned.Transposed : turned;
    }

    /// <summary>
    /// Orthonormal basis of what a projector keeps: the coordinate with the largest share in the rest gives the next vector, so that the basis depends on the projector alone and is well conditioned.
    /// </summary>
    private static List<Matrix3x3> Invariants(double[] projector)
    {
        const double Tie = 1e-6;
        var invariants = new List<Matrix3x3>();
        while (true)
        {
            int pivot = 0;
            for (int index = 1; index < 9; index++)
            {
                pivot = projector[10 * index] > projector[10 * pivot] + Tie ? index : pivot;
            }

            double share = projector[10 * pivot];
            if (share < Tie)
            {
                return invariants;
            }

            double[] vector = [.. Enumerable.Range(0, 9).Select(row => projector[(9 * row) + pivot] / Math.Sqrt(share))];
            for (int row = 0; row < 9; row++)
            {
                for (int column = 0; column < 9; column++)
                {
                    projector[(9 * row) + column] -= vector[row] * vector[column];
                }
            }

            invariants.Add(new Matrix3x3(new(vector[0], vector[1], vector[2]), new(vector[3], vector[4], vector[5]), new(vector[6], vector[7], vector[8])));
        }
    }
}
