using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// An orthonormal basis of all force constants of a supercell that obey space group, permutation symmetry and acoustic sum rule: what is left to determine. The basis vectors are the sparse ones of
/// <see cref="PairOrbits"/>, turned by as many reflections as the sum rule has independent conditions; nothing of the size of the full matrix is kept for each vector.
/// Orthonormal in the scalar product Σ Φ(iα, jβ) Ψ(iα, jβ) over the full matrix, so coefficients have the unit of force constants, eV/Å².
/// </summary>
public sealed class ForceConstantsBasis
{
    private readonly PairOrbits _orbits;
    private readonly Lazy<HouseholderReflections> _reflections;
    private readonly int _conditions;

    private ForceConstantsBasis(SupercellSymmetry symmetry)
    {
        Symmetry = symmetry;
        _orbits = PairOrbits.Of(symmetry);
        _conditions = SumRuleConstraints.CountOf(symmetry.SpaceGroup);
        _reflections = new(Reflections);
    }

    /// <summary>Symmetry of the supercell.</summary>
    public SupercellSymmetry Symmetry { get; }

    /// <summary>Number of independent parameters.</summary>
    public int Count => _orbits.ParameterCount - _conditions;

    /// <summary>Number of parameters without the acoustic sum rule.</summary>
    internal int OrbitParameterCount => _orbits.ParameterCount;

    /// <summary>Builds the basis of a supercell.</summary>
    public static ForceConstantsBasis Of(SupercellSymmetry symmetry)
    {
        ArgumentNullException.ThrowIfNull(symmetry);
        return new ForceConstantsBasis(symmetry);
    }

    /// <summary>Force constants of given coefficients.</summary>
    /// <param name="coefficients"><see cref="Count"/> numbers, eV/Å².</param>
    public CompactForceConstants Constants(ReadOnlySpan<double> coefficients)
    {
        double[] parameters = Expanded(coefficients);
        int pairs = Symmetry.Translations.FirstAtom.Length * Symmetry.Translations.ClassOf.Length;
        var elements = new double[9 * pairs];
        for (int pair = 0; pair < pairs; pair++)
        {
            Span<double> target = elements.AsSpan(9 * pair, 9);
            int start = _orbits.Start(pair);
            for (int vector = 0; vector < _orbits.Dimension(pair); vector++)
            {
                ReadOnlySpan<double> block = _orbits.Block(pair, vector);
                double factor = parameters[start + vector];
                for (int index = 0; index < 9; index++)
                {
                    target[index] += factor * block[index];
                }
            }
        }

        return new CompactForceConstants(Symmetry.Supercell, Symmetry.Translations, elements);
    }

    /// <summary>Coefficients of the projection of any force constants onto the basis, eV/Å².</summary>
    public double[] Coefficients(CompactForceConstants constants)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ReadOnlySpan<double> elements = constants.Elements;
        int pairs = Symmetry.Translations.FirstAtom.Length * Symmetry.Translations.ClassOf.Length;
        if (elements.Length != 9 * pairs)
        {
            throw new ArgumentException("The force constants are those of another supercell.", nameof(constants));
        }

        var parameters = new double[_orbits.ParameterCount];
        for (int pair = 0; pair < pairs; pair++)
        {
            int start = _orbits.Start(pair);
            for (int vector = 0; vector < _orbits.Dimension(pair); vector++)
            {
                ReadOnlySpan<double> block = _orbits.Block(pair, vector);
                double sum = 0;
                for (int index = 0; index < 9; index++)
                {
                    sum += block[index] * elements[(9 * pair) + index];
                }

                // Every row of the compact form stands for as many rows of the full one as there are translations.
                parameters[start + vector] += Symmetry.Translations.Count * sum;
            }
        }

        return Reduced(parameters);
    }

    /// <summary>
    /// Derivatives of forces with respect to the parameters without sum rule: three rows of <see cref="OrbitParameterCount"/> numbers for each atom asked for, Å.
    /// </summary>
    /// <param name="displacements">Displacement of every atom, Cartesian, Å.</param>
    /// <param name="firstAtom">First atom.</param>
    /// <param name="rows">Overwritten; its length says for how many atoms.</param>
    internal void ForceDerivatives(ReadOnlySpan<Vector3D> displacements, int firstAtom, Span<double> rows)
    {
        TranslationTable translations = Symmetry.Translations;
        int atoms = displacements.Length, parameters = _orbits.ParameterCount;
        rows.Clear();
        for (int first = firstAtom; first < firstAtom + (rows.Length / (3 * parameters)); first++)
        {
            Span<double> x = rows.Slice(3 * (first - firstAtom) * parameters, parameters);
            Span<double> y = rows.Slice(((3 * (first - firstAtom)) + 1) * parameters, parameters), z = rows.Slice(((3 * (first - firstAtom)) + 2) * parameters, parameters);
            int translation = translations.TranslationOf[first], row = translations.ClassOf[first];
            for (int atom = 0; atom < atoms; atom++)
            {
                Vector3D u = displacements[translations.Carry(translation, atom)];
                if (u == Vector3D.Zero)
                {
                    continue;
                }

                int pair = (row * atoms) + atom, start = _orbits.Start(pair), dimension = _orbits.Dimension(pair);
                for (int vector = 0; vector < dimension; vector++)
                {
                    ReadOnlySpan<double> b = _orbits.Block(pair, vector);
                    x[start + vector] -= (b[0] * u.X) + (b[1] * u.Y) + (b[2] * u.Z);
                    y[start + vector] -= (b[3] * u.X) + (b[4] * u.Y) + (b[5] * u.Z);
                    z[start + vector] -= (b[6] * u.X) + (b[7] * u.Y) + (b[8] * u.Z);
                }
            }
        }
    }

    /// <summary>Parameters without sum rule from coefficients.</summary>
    internal double[] Expanded(ReadOnlySpan<double> coefficients)
    {
        if (coefficients.Length != Count)
        {
            throw new ArgumentException($"{coefficients.Length} coefficients; the basis has {Count} vectors.", nameof(coefficients));
        }

        var parameters = new double[_orbits.ParameterCount];
        coefficients.CopyTo(parameters.AsSpan(_conditions));
        _reflections.Value.Apply(parameters);
        return parameters;
    }

    /// <summary>Coefficients from parameters without sum rule, or from derivatives with respect to them. The argument is overwritten.</summary>
    internal double[] Reduced(double[] parameters)
    {
        _reflections.Value.ApplyTransposed(parameters);
        return parameters[_conditions..];
    }

    /// <summary>The same for a symmetric matrix by rows. The argument is overwritten.</summary>
    internal double[] ReducedMatrix(double[] matrix)
    {
        int order = _orbits.ParameterCount, count = Count;
        _reflections.Value.ApplyToBothSides(matrix);
        var reduced = new double[count * count];
        for (int row = 0; row < count; row++)
        {
            matrix.AsSpan(((row + _conditions) * order) + _conditions, count).CopyTo(reduced.AsSpan(row * count));
        }

        return reduced;
    }

    /// <summary>Standard errors of the elements of one coupling from the covariance of the coefficients.</summary>
    internal Matrix3x3 StandardErrors(ReadOnlySpan<double> covariance, int first, int second)
    {
        TranslationTable translations = Symmetry.Translations;
        int count = Count, pair = (translations.ClassOf[first] * translations.ClassOf.Length) + translations.CarryBack(translations.TranslationOf[first], second);
        var errors = new double[9];
        for (int index = 0; index < 9; index++)
        {
            var parameters = new double[_orbits.ParameterCount];
            for (int vector = 0; vector < _orbits.Dimension(pair); vector++)
            {
                parameters[_orbits.Start(pair) + vector] = _orbits.Block(pair, vector)[index];
            }

            double[] direction = Reduced(parameters);
            double variance = 0;
            for (int row = 0; row < count; row++)
            {
                double sum = 0;
                for (int column = 0; column < count; column++)
                {
                    sum += covariance[(row * count) + column] * direction[column];
                }

                variance += direction[row] * sum;
            }

            errors[index] = Math.Sqrt(Math.Max(0, variance));
        }

        return new Matrix3x3(new(errors[0], errors[1], errors[2]), new(errors[3], errors[4], errors[5]), new(errors[6], errors[7], errors[8]));
    }

    private HouseholderReflections Reflections()
    {
        var reflections = HouseholderReflections.Of(SumRuleConstraints.Of(Symmetry, _orbits).Vectors(), _orbits.ParameterCount, 1e-6);
        return reflections.Rank == _conditions
            ? reflections
            : throw new InvalidOperationException($"The acoustic sum rule has {_conditions} independent conditions by characters and {reflections.Rank} as vectors: the symmetry operations are no group.");
    }
}
