using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>
/// Where learning begins, and how far from there each parameter is expected: the mean and the standard deviations of a normal prior. Levels follow a straight line in Pauling's electronegativity; two-centre integrals W. A. Harrison's form
/// η ħ²/(m d²) (Electronic Structure and the Properties of Solids, Freeman 1980, chapters 2 and 20, coefficients rounded), weakened, as more than nearest neighbours interact here. Both are
/// rough on purpose: some tens of labels correct them.
/// </summary>
public sealed class StartingParameters
{
    private const double HbarSquaredOverMass = 7.62;
    private const double Weakening = 0.45;
    private const double LevelAtZero = -3.2, LevelSlope = -2.8, UnknownElectronegativity = 2.5;
    private const double LevelSpread = 3, HoppingSpread = 0.7, SurroundingsSpread = 0.3;
    private const int GridPoints = 60;

    private readonly double[] _values, _spreads;

    /// <summary>Makes them for a form.</summary>
    public StartingParameters(HamiltonianForm form, HamiltonianParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(parameters);
        _values = new double[parameters.Count];
        _spreads = new double[parameters.Count];
        double[] decay = InverseSquare(form);
        foreach (ParameterBlock block in parameters.Blocks)
        {
            if (block.Kind == ParameterKind.Level)
            {
                _values[block.First] = Level(form, block.Element, block.Shell);
                _spreads[block.First] = LevelSpread;
                continue;
            }

            for (int k = 0; k < form.RadialFunctions; k++)
            {
                _values[block.First + k] = block.Kind == ParameterKind.Hopping ? Coefficient(block) * decay[k] : 0;
                _spreads[block.First + k] = block.Kind == ParameterKind.Hopping ? HoppingSpread : SurroundingsSpread;
            }
        }
    }

    /// <summary>Means, eV.</summary>
    public IReadOnlyList<double> Values => _values;


    /// <summary>Standard deviations.</summary>
    public IReadOnlyList<double> Spreads => _spreads;

    private static double Level(HamiltonianForm form, int element, int shell)
    {
        ValenceShells shells = form.Shells[element];
        double valence = LevelAtZero + (LevelSlope * (form.Elements[element].PaulingElectronegativity ?? UnknownElectronegativity));
        bool isMetal = shells.AngularMomenta[^1] == 2 || shells.Electrons < 3;
        return (shell, isMetal) switch
        {
            (0, true) => valence,
            (1, true) => valence + 4,
            (2, _) => valence - 4,

            // From group 13 to 18 the s level falls ever deeper below the p level.
            (0, false) => valence - 4 - (1.7 * (shells.Electrons - 3)),
            _ => valence,
        };
    }

    private static double Coefficient(ParameterBlock block)
    {
        double value = Weakening * HbarSquaredOverMass * Eta(Math.Min(block.Shell, block.NeighbourShell), Math.Max(block.Shell, block.NeighbourShell), block.Bond);
        return block.Shell > block.NeighbourShell && ((block.Shell + block.NeighbourShell) & 1) != 0 ? -value : value;
    }

    /// <summary>η of the integral between two shells, the smaller first; those with d orbitals stand for typical lengths of d orbitals.</summary>
    private static double Eta(int shell, int other, int bond) => (shell, other, bond) switch
    {
        (0, 0, 0) => -1.32,
        (0, 1, 0) => 1.42,
        (0, 2, 0) => -0.8,
        (1, 1, 0) => 2.22,
        (1, 1, 1) => -0.63,
        (1, 2, 0) => -0.9,
        (1, 2, 1) => 0.5,
        (2, 2, 0) => -0.5,
        (2, 2, 1) => 0.3,
        (2, 2, 2) => -0.05,
        _ => throw new ArgumentOutOfRangeException(nameof(bond)),
    };

    /// <summary>The radial functions' best sum for exp(-(d - 2.5 Å)/(3 Å))/d², with a small ridge.</summary>
    private static double[] InverseSquare(HamiltonianForm form)
    {
        int count = form.RadialFunctions;
        double[] normal = new double[count * count], right = new double[count], values = new double[count];
        for (int point = 0; point < GridPoints; point++)
        {
            double length = form.StartAngstrom + ((form.CutoffAngstrom - form.StartAngstrom) * point / (GridPoints - 1));
            form.Radial(length, values);
            double target = Math.Exp(-(length - 2.5) / 3) / (length * length);
            for (int row = 0; row < count; row++)
            {
                right[row] += values[row] * target;
                for (int column = 0; column < count; column++)
                {
                    normal[(row * count) + column] += values[row] * values[column];
                }
            }
        }

        for (int row = 0; row < count; row++)
        {
            normal[(row * count) + row] += 1e-3;
        }

        Cholesky factors = Cholesky.TryDecompose(normal, count) ?? throw new InvalidOperationException("A ridge makes every normal matrix positive definite.");
        return factors.Solve(right);
    }
}
