using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// The orthogonal projection of force constants onto those that obey the space group, Φ(g·i, g·j) = R Φ(i, j) Rᵀ, the permutation symmetry, Φ(j, i) = Φ(i, j)ᵀ, and the acoustic sum rule, Σⱼ Φ(i, j) = 0. The
/// single projections (mean over the group, mean with the transposed, removal of the means of rows and columns) commute, so one after the other they are the joint projection: exact, without iteration.
/// </summary>
public static class SymmetryProjection
{
    /// <summary>The nearest force constants (least squares over all elements of the full matrix) that obey all three.</summary>
    /// <param name="constants">Any force constants of the supercell, eV/Å².</param>
    /// <param name="symmetry">Symmetry of their supercell.</param>
    public static ForceConstants Apply(ForceConstants constants, SupercellSymmetry symmetry) =>
        Apply(CompactForceConstants.Of(constants, symmetry), symmetry).ToFull();

    /// <summary>The same in the compact form, which repeats with the translations already.</summary>
    /// <param name="constants">Any compact force constants of the supercell, eV/Å².</param>
    /// <param name="symmetry">Symmetry of their supercell.</param>
    public static CompactForceConstants Apply(CompactForceConstants constants, SupercellSymmetry symmetry)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentNullException.ThrowIfNull(symmetry);
        int atoms = constants.Supercell.Crystal.AtomCount;
        if (atoms != symmetry.Supercell.Crystal.AtomCount)
        {
            throw new ArgumentException($"Force constants of {atoms} atoms for the symmetry of {symmetry.Supercell.Crystal.AtomCount}.", nameof(symmetry));
        }

        double[] elements = SumRule(Permutation(Rotations(constants.Elements, symmetry), symmetry.Translations), symmetry.Translations);
        return new CompactForceConstants(constants.Supercell, symmetry.Translations, elements);
    }

    /// <summary>Mean over one operation for each rotation; with numbers that repeat with the translations this is the mean over the group.</summary>
    private static double[] Rotations(ReadOnlySpan<double> elements, SupercellSymmetry symmetry)
    {
        TranslationTable translations = symmetry.Translations;
        int atoms = symmetry.Supercell.Crystal.AtomCount;
        double share = 1.0 / symmetry.SpaceGroup.Representatives.Length;
        var mean = new double[elements.Length];
        foreach (SymmetryOperation operation in symmetry.SpaceGroup.Representatives)
        {
            Matrix3x3 rotation = operation.RotationCartesian, back = rotation.Transposed;
            for (int row = 0; row < translations.FirstAtom.Length; row++)
            {
                int target = operation.Images[translations.FirstAtom[row]], translation = translations.TranslationOf[target];
                for (int atom = 0; atom < atoms; atom++)
                {
                    Matrix3x3 block = share * (rotation * Block(elements, (row * atoms) + atom) * back);
                    Add(mean, (translations.ClassOf[target] * atoms) + translations.CarryBack(translation, operation.Images[atom]), block);
                }
            }
        }

        return mean;
    }

    private static double[] Permutation(double[] elements, TranslationTable translations)
    {
        int atoms = translations.ClassOf.Length;
        var mean = new double[elements.Length];
        for (int row = 0; row < translations.FirstAtom.Length; row++)
        {
            for (int atom = 0; atom < atoms; atom++)
            {
                int mirrored = (translations.ClassOf[atom] * atoms) + translations.CarryBack(translations.TranslationOf[atom], translations.FirstAtom[row]);
                Add(mean, (row * atoms) + atom, 0.5 * (Block(elements, (row * atoms) + atom) + Block(elements, mirrored).Transposed));
            }
        }

        return mean;
    }

    /// <summary>Takes the means of rows and columns out of numbers that obey the permutation symmetry.</summary>
    private static double[] SumRule(double[] elements, TranslationTable translations)
    {
        int atoms = translations.ClassOf.Length, rows = translations.FirstAtom.Length;
        var means = new Matrix3x3[rows];
        Matrix3x3 total = default;
        for (int row = 0; row < rows; row++)
        {
            for (int atom = 0; atom < atoms; atom++)
            {
                means[row] += Block(elements, (row * atoms) + atom);
            }

            means[row] = (1.0 / atoms) * means[row];
            total += (1.0 / rows) * means[row];
        }

        for (int row = 0; row < rows; row++)
        {
            for (int atom = 0; atom < atoms; atom++)
            {
                Add(elements, (row * atoms) + atom, total - means[row] - means[translations.ClassOf[atom]].Transposed);
            }
        }

        return elements;
    }

    private static Matrix3x3 Block(ReadOnlySpan<double> elements, int pair)
    {
        ReadOnlySpan<double> b = elements.Slice(9 * pair, 9);
        return new Matrix3x3(new(b[0], b[1], b[2]), new(b[3], b[4], b[5]), new(b[6], b[7], b[8]));
    }

    private static void Add(double[] elements, int pair, Matrix3x3 block)
    {
        for (int alpha = 0; alpha < 3; alpha++)
        {
            Vector3D row = block[alpha];
            int start = (9 * pair) + (3 * alpha);
            elements[start] += row.X;
            elements[start + 1] += row.Y;
            elements[start + 2] += row.Z;
        }
    }
}
