using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Testing;

/// <summary>Largest differences between the labels of two descriptions of the same crystal.</summary>
/// <param name="EnergyPerAtomElectronvolt">Energy per atom, eV.</param>
/// <param name="ForceElectronvoltPerAngstrom">Any force component, after mapping back, eV/Å.</param>
/// <param name="StressElectronvoltPerCubicAngstrom">Any stress component, after mapping back, eV/Å³.</param>
/// <param name="GapElectronvolt">Band gap, eV.</param>
/// <param name="ValenceBandMaximumElectronvolt">Valence band maximum, eV.</param>
public sealed record EquivalenceDeviation(
    double EnergyPerAtomElectronvolt,
    double ForceElectronvoltPerAngstrom,
    double StressElectronvoltPerCubicAngstrom,
    double GapElectronvolt,
    double ValenceBandMaximumElectronvolt);

/// <summary>Analytic value of one component beside its central difference.</summary>
/// <param name="Component">Which one, for example <c>atom 3 y</c> or <c>xy</c>.</param>
/// <param name="Analytic">What the engine says.</param>
/// <param name="Numeric">Central difference of the engine's energies.</param>
public sealed record DerivativeCheck(string Component, double Analytic, double Numeric)
{
    /// <summary>Absolute difference.</summary>
    public double Deviation => Math.Abs(Analytic - Numeric);
}

/// <summary>
/// What every electronic-structure engine must hold: forces and stress are derivatives of its own energy, with the project's signs and
/// units, and two descriptions of one crystal get one label. The methods return measured deviations; a test asserts on them with the
/// tolerance its engine can keep.
/// </summary>
public sealed class EngineContract(IElectronicStructureEngine engine, string level, int threads = 1)
{
    private static readonly string[] Axes = ["x", "y", "z"];

    /// <summary>Labels a crystal with the first rung that converges.</summary>
    /// <exception cref="InvalidOperationException">No rung gave a label.</exception>
    public async Task<Label> LabelAsync(Crystal crystal, CancellationToken cancellation = default)
    {
        string detail = "no rung";
        for (int rung = 0; rung < engine.RungCount(level); rung++)
        {
            string folder = Directory.CreateTempSubdirectory("phonograph-contract-").FullName;
            try
            {
                LabelOutcome outcome = await engine.ComputeAsync(new EngineRequest(crystal, level, rung, folder, threads), cancellation);
                if (outcome is Label label)
                {
                    return label;
                }

                detail = outcome.ToString();
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        throw new InvalidOperationException($"{engine.Name} {level} gave no label: {detail}");
    }

    /// <summary>Forces against central differences of the energy, eV/Å.</summary>
    /// <param name="crystal">A crystal with atoms off their symmetric sites.</param>
    /// <param name="atoms">Atoms to move, each along all three axes.</param>
    /// <param name="stepAngstrom">Displacement, Å.</param>
    /// <param name="cancellation">Stops the engine.</param>
    public async Task<IReadOnlyList<DerivativeCheck>> ForcesAsync(Crystal crystal, IEnumerable<int> atoms, double stepAngstrom, CancellationToken cancellation = default)
    {
        Label reference = await LabelAsync(crystal, cancellation);
        var checks = new List<DerivativeCheck>();
        foreach (int atom in atoms)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                double above = (await LabelAsync(Moved(crystal, atom, axis, stepAngstrom), cancellation)).EnergyElectronvolt;
                double below = (await LabelAsync(Moved(crystal, atom, axis, -stepAngstrom), cancellation)).EnergyElectronvolt;
                checks.Add(new DerivativeCheck($"atom {atom} {Axes[axis]}", reference.Forces[atom][axis], -(above - below) / (2 * stepAngstrom)));
            }
        }

        return checks;
    }

    /// <summary>Stress against central differences of the energy under symmetric strain at fixed fractional positions, eV/Å³, positive under tension.</summary>
    /// <param name="crystal">A crystal without symmetry, so that no component vanishes.</param>
    /// <param name="components">Row and column of each component to check, 0 to 2.</param>
    /// <param name="strain">Strain step, without unit.</param>
    /// <param name="cancellation">Stops the engine.</param>
    public async Task<IReadOnlyList<DerivativeCheck>> StressAsync(
        Crystal crystal, IEnumerable<(int Row, int Column)> components, double strain, CancellationToken cancellation = default)
    {
        Label reference = await LabelAsync(crystal, cancellation);
        var checks = new List<DerivativeCheck>();
        foreach ((int row, int column) in components)
        {
            double above = (await LabelAsync(Strained(crystal, row, column, strain), cancellation)).EnergyElectronvolt;
            double below = (await LabelAsync(Strained(crystal, row, column, -strain), cancellation)).EnergyElectronvolt;
            // A symmetric off-diagonal strain moves both sigma_ij and sigma_ji.
            double conjugate = row == column ? 1 : 2;
            checks.Add(new DerivativeCheck(
                Axes[row] + Axes[column],
                reference.Stress[row, column],
                (above - below) / (2 * strain * conjugate * crystal.Lattice.Volume)));
        }

        return checks;
    }

    /// <summary>Atoms listed in reverse order.</summary>
    public async Task<EquivalenceDeviation> PermutationAsync(Crystal crystal, CancellationToken cancellation = default)
    {
        var reversed = new Crystal(
            crystal.Lattice, [.. crystal.Elements.Reverse()], [.. crystal.PositionsFractional.Reverse()], [.. crystal.MassesAmu.Reverse()]);
        Label first = await LabelAsync(crystal, cancellation);
        Label second = await LabelAsync(reversed, cancellation);
        return Compare(first, second, [.. second.Forces.Reverse()], second.Stress);
    }

    /// <summary>All atoms shifted by one fractional vector, and one atom moved by a lattice vector.</summary>
    public async Task<EquivalenceDeviation> OriginShiftAsync(Crystal crystal, Vector3D shiftFractional, CancellationToken cancellation = default)
    {
        ImmutableArray<Vector3D> positions =
            [.. crystal.PositionsFractional.Select((position, atom) => position + shiftFractional + (atom == 0 ? new Vector3D(1, -2, 0) : Vector3D.Zero))];
        Label first = await LabelAsync(crystal, cancellation);
        Label second = await LabelAsync(new Crystal(crystal.Lattice, crystal.Elements, positions, crystal.MassesAmu), cancellation);
        return Compare(first, second, second.Forces, second.Stress);
    }

    /// <summary>Lattice and atoms turned together by a proper rotation.</summary>
    /// <param name="crystal">Any crystal.</param>
    /// <param name="rotation">Orthogonal matrix R; a column vector v becomes R v.</param>
    /// <param name="cancellation">Stops the engine.</param>
    public async Task<EquivalenceDeviation> RotationAsync(Crystal crystal, Matrix3x3 rotation, CancellationToken cancellation = default)
    {
        Matrix3x3 back = rotation.Transposed;
        var turned = new Crystal(new Lattice(crystal.Lattice.Rows * back), crystal.Elements, crystal.PositionsFractional, crystal.MassesAmu);
        Label first = await LabelAsync(crystal, cancellation);
        Label second = await LabelAsync(turned, cancellation);
        return Compare(first, second, [.. second.Forces.Select(force => back * force)], back * second.Stress * rotation);
    }

    /// <summary>
    /// A supercell; meaningful for engines whose k-point mesh follows the cell. Forces are compared on the first copy of each atom; edges agree when
    /// the meshes hold the same points after folding.
    /// </summary>
    public async Task<EquivalenceDeviation> SupercellAsync(Crystal crystal, int a, int b, int c, CancellationToken cancellation = default)
    {
        var supercell = Supercell.Of(crystal, a, b, c);
        Label first = await LabelAsync(crystal, cancellation);
        Label second = await LabelAsync(supercell.Crystal, cancellation);
        ImmutableArray<Vector3D> forces = [.. Enumerable.Range(0, crystal.AtomCount).Select(atom => second.Forces[supercell.UnitAtom.IndexOf(atom)])];
        return Compare(first, second, forces, second.Stress);
    }

    private static EquivalenceDeviation Compare(Label first, Label second, ImmutableArray<Vector3D> forcesBack, Matrix3x3 stressBack) => new(
        Math.Abs(first.EnergyPerAtomElectronvolt - second.EnergyPerAtomElectronvolt),
        first.Forces.Zip(forcesBack, (one, other) => Largest(one - other)).Max(),
        Enumerable.Range(0, 3).Max(row => Largest(first.Stress[row] - stressBack[row])),
        Math.Abs(first.BandEdges.GapElectronvolt - second.BandEdges.GapElectronvolt),
        Math.Abs(first.BandEdges.ValenceBandMaximumElectronvolt - second.BandEdges.ValenceBandMaximumElectronvolt));

    private static double Largest(Vector3D vector) => Math.Max(Math.Abs(vector.X), Math.Max(Math.Abs(vector.Y), Math.Abs(vector.Z)));

    private static Crystal Moved(Crystal crystal, int atom, int axis, double step)
    {
        var displacements = new Vector3D[crystal.AtomCount];
        displacements[atom] = axis switch { 0 => new(step, 0, 0), 1 => new(0, step, 0), _ => new(0, 0, step) };
        return crystal.Displaced(displacements);
    }

    private static Crystal Strained(Crystal crystal, int row, int column, double strain)
    {
        double Element(int i, int j) => (i == j ? 1 : 0) + ((i == row && j == column) || (i == column && j == row) ? strain : 0);
        var deformation = new Matrix3x3(
            new(Element(0, 0), Element(0, 1), Element(0, 2)),
            new(Element(1, 0), Element(1, 1), Element(1, 2)),
            new(Element(2, 0), Element(2, 1), Element(2, 2)));
        return new Crystal(new Lattice(crystal.Lattice.Rows * deformation), crystal.Elements, crystal.PositionsFractional, crystal.MassesAmu);
    }
}
