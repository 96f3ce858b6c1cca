using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// Harmonic force constants of a supercell: second derivatives of the energy with respect to atomic displacements, eV/Å².
/// The force on atom j along β from a displacement u of atom i along α is -Φ(iα, jβ) u.
/// </summary>
public sealed class ForceConstants
{
    private readonly double[] _elements;

    /// <summary>Takes the elements of a supercell.</summary>
    /// <param name="supercell">The supercell; rows and columns follow its atom order.</param>
    /// <param name="elements">3N × 3N numbers by rows, eV/Å²; row 3i+α, column 3j+β. The array is copied.</param>
    /// <exception cref="ArgumentException">The count is wrong or a number is not finite.</exception>
    public ForceConstants(Supercell supercell, ReadOnlySpan<double> elements)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        int order = 3 * supercell.Crystal.AtomCount;
        if (elements.Length != order * order)
        {
            throw new ArgumentException($"{elements.Length} force constants for {supercell.Crystal.AtomCount} atoms; {order * order} are needed.", nameof(elements));
        }

        foreach (double element in elements)
        {
            if (!double.IsFinite(element))
            {
                throw new ArgumentException("A force constant is not a finite number.", nameof(elements));
            }
        }

        Supercell = supercell;
        _elements = elements.ToArray();
    }

    /// <summary>The supercell whose atoms are coupled.</summary>
    public Supercell Supercell { get; }

    /// <summary>Number of rows and columns, three per atom.</summary>
    public int Order => 3 * Supercell.Crystal.AtomCount;

    /// <summary>All elements by rows, eV/Å².</summary>
    public ReadOnlySpan<double> Elements => _elements;

    /// <summary>Coupling of two atoms, eV/Å²; row: direction of the first atom, column: of the second.</summary>
    public Matrix3x3 Block(int first, int second)
    {
        int order = Order;
        Vector3D Row(int alpha)
        {
            int start = (((3 * first) + alpha) * order) + (3 * second);
            return new Vector3D(_elements[start], _elements[start + 1], _elements[start + 2]);
        }

        return new Matrix3x3(Row(0), Row(1), Row(2));
    }

    /// <summary>The same constants for another description of the same supercell, for example one built from the primitive cell.</summary>
    /// <param name="other">Supercell with the same atoms at the same places, in any order; its lattice may use other vectors of the same translations.</param>
    /// <exception cref="ArgumentException">The two are not the same arrangement of atoms.</exception>
    public ForceConstants On(Supercell other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Crystal target = other.Crystal;
        var sites = new SiteIndex(Supercell.Crystal, 1e-3);
        int[] own = [.. Enumerable.Range(0, target.AtomCount).Select(atom => sites.Find(target.Elements[atom], Supercell.Crystal.Lattice.ToFractional(target.PositionCartesian(atom))))];
        bool sameVolume = Math.Abs(target.Lattice.Volume - Supercell.Crystal.Lattice.Volume) <= 1e-6 * target.Lattice.Volume;
        if (!sameVolume || target.AtomCount != Supercell.Crystal.AtomCount || own.Contains(-1) || own.Distinct().Count() != own.Length)
        {
            throw new ArgumentException("The two supercells do not hold the same atoms at the same places.", nameof(other));
        }

        int order = Order;
        var elements = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                elements[(row * order) + column] = _elements[(((3 * own[row / 3]) + (row % 3)) * order) + (3 * own[column / 3]) + (column % 3)];
            }
        }

        return new ForceConstants(other, elements);
    }

    /// <summary>Largest absolute sum of a row over all atoms, eV/Å²: zero when a rigid translation costs no energy.</summary>
    public double AcousticSumRuleViolation()
    {
        double worst = 0;
        int order = Order;
        for (int row = 0; row < order; row++)
        {
            for (int beta = 0; beta < 3; beta++)
            {
                double sum = 0, mirrored = 0;
                for (int column = beta; column < order; column += 3)
                {
                    sum += _elements[(row * order) + column];
                    mirrored += _elements[(column * order) + row];
                }

                worst = Math.Max(worst, Math.Max(Math.Abs(sum), Math.Abs(mirrored)));
            }
        }

        return worst;
    }

    /// <summary>Largest absolute difference of mirrored elements, eV/Å²: zero for exact second derivatives.</summary>
    public double PermutationAsymmetry()
    {
        double worst = 0;
        int order = Order;
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < row; column++)
            {
                worst = Math.Max(worst, Math.Abs(_elements[(row * order) + column] - _elements[(column * order) + row]));
            }
        }

        return worst;
    }

    /// <summary>
    /// The nearest constants (least squares) that obey the acoustic sum rule and the permutation symmetry: the mean over atoms is taken from every
    /// column, then from every row, then mirrored elements are averaged. The three projections commute, so one pass is exact;
    /// phonopy's symmetrisation at level 1 gives the same matrix.
    /// </summary>
    public ForceConstants Symmetrised()
    {
        int order = Order, atoms = order / 3;
        double[] work = [.. _elements];
        for (int column = 0; column < order; column++)
        {
            for (int alpha = 0; alpha < 3; alpha++)
            {
                double sum = 0;
                for (int row = alpha; row < order; row += 3)
                {
                    sum += work[(row * order) + column];
                }

                sum /= atoms;
                for (int row = alpha; row < order; row += 3)
                {
                    work[(row * order) + column] -= sum;
                }
            }
        }

        for (int row = 0; row < order; row++)
        {
            for (int beta = 0; beta < 3; beta++)
            {
                double sum = 0;
                for (int column = beta; column < order; column += 3)
                {
                    sum += work[(row * order) + column];
                }

                sum /= atoms;
                for (int column = beta; column < order; column += 3)
                {
                    work[(row * order) + column] -= sum;
                }
            }
        }

        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < row; column++)
            {
                double mean = 0.5 * (work[(row * order) + column] + work[(column * order) + row]);
                work[(row * order) + column] = mean;
                work[(column * order) + row] = mean;
            }
        }

        return new ForceConstants(Supercell, work);
    }
}
