using CsCheck;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Hamiltonians;

public sealed class CellHamiltonianTests
{
    [Fact]
    public void Eigenvalues_do_not_change_when_the_crystal_is_turned_shifted_or_reordered() => Gen.Select(Gen.ULong, Gen.Double[0.1, 3]).Sample(
        (seed, angle) =>
        {
            HamiltonianForm form = HamiltonianCells.Form();
            double[] numbers = HamiltonianCells.Numbers(form, seed);
            Crystal crystal = HamiltonianCells.Shaken(seed);
            Crystal changed = TestCrystals.Reordered(TestCrystals.Turned(crystal, TestCrystals.Rotation(new(1, -2, 0.5), angle)), [4, 1, 3, 0, 2]);
            changed = changed.Displaced([.. Enumerable.Repeat(new Vector3D(0.7, -3.1, 11), 5)]);
            double[] before = Eigenvalues(form, crystal, numbers), after = Eigenvalues(form, changed, numbers);
            Assert.Equal(before.Length, after.Length);
            Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        },
        iter: 20);

    [Theory]
    [InlineData(OrbitalChoice.Full)]
    [InlineData(OrbitalChoice.Frontier)]
    public void Slopes_of_an_energy_are_its_central_differences(OrbitalChoice orbitals)
    {
        HamiltonianForm form = HamiltonianCells.Form(orbitals);
        double[] numbers = HamiltonianCells.Numbers(form, 4);
        var cell = BondedCell.Of(HamiltonianCells.Graph(HamiltonianCells.Shaken(4)), form);
        var hamiltonian = new CellHamiltonian(form);
        var random = new Philox(9, 0);
        double[] state = [.. Enumerable.Range(0, cell.OrbitalCount).Select(_ => random.NextNormal())], slopes = new double[numbers.Length];
        hamiltonian.Slopes(cell, state, slopes);

        // The energy is linear in the numbers: differences are exact but for rounding.
        for (int place = 0; place < numbers.Length; place++)
        {
            double[] up = [.. numbers], down = [.. numbers];
            up[place] += 0.5;
            down[place] -= 0.5;
            Assert.Equal(Energy(hamiltonian, cell, up, state) - Energy(hamiltonian, cell, down, state), slopes[place], 1e-9 * state.Length);
        }
    }

    [Fact]
    public void The_matrix_is_symmetric_and_its_elements_are_those_of_Slater_and_Koster()
    {
        // Two atoms far from their images: J. C. Slater, G. F. Koster, Phys. Rev. 94, 1498 (1954), table I, with direction cosines l, m, n.
        var form = new HamiltonianForm([Element.Of("S"), Element.Of("Ag")], OrbitalChoice.Full, 2, 6, 3);
        Vector3D bond = new(1.1, -0.7, 1.9);
        var crystal = new Crystal(Lattice.Cubic(20), [Element.Of("S"), Element.Of("Ag")], [new(0, 0, 0), new(bond.X / 20, bond.Y / 20, bond.Z / 20)]);
        double[] numbers = HamiltonianCells.Numbers(form, 8);
        var hamiltonian = new CellHamiltonian(form);
        CrystalGraph graph = CrystalGraphBuilder.Build(crystal, new GraphOptions { CutoffAngstrom = 6 });

        // Sulphur and silver bring 17 electrons; the matrix does not ask for them, closed shells do.
        Assert.Throws<InputException>(() => BondedCell.Of(graph, form));
        Crystal two = new(Lattice.Cubic(40), [.. crystal.Elements, .. crystal.Elements], [new(0, 0, 0), new(bond.X / 40, bond.Y / 40, bond.Z / 40), new(0.5, 0.5, 0.5), new(0.5 + (bond.X / 40), 0.5 + (bond.Y / 40), 0.5 + (bond.Z / 40))]);
        var cell = BondedCell.Of(CrystalGraphBuilder.Build(two, new GraphOptions { CutoffAngstrom = 6 }), form);
        double[] matrix = [.. hamiltonian.Matrix(cell, numbers)];
        int order = cell.OrbitalCount;
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                Assert.Equal(matrix[(row * order) + column], matrix[(column * order) + row], 1e-14);
            }
        }

        double d = bond.Length, l = bond.X / d, m = bond.Y / d, n = bond.Z / d, root = Math.Sqrt(3);
        double Value(int shell, int other, int kind)
        {
            var radial = new double[form.RadialFunctions];
            form.Radial(d, radial);
            (int first, double sign) = hamiltonian.Parameters.Hopping(0, shell, 1, other, kind);
            return sign * radial.Select((value, k) => value * numbers[first + k]).Sum();
        }

        // Orbitals: S s, x, y, z; Ag s, x, y, z, xy, yz, xz, x²-y², 3z²-r².
        double At(int sulphur, int silver) => matrix[(sulphur * order) + 4 + silver];
        Assert.Equal(Value(0, 0, 0), At(0, 0), 1e-12);
        Assert.Equal(l * Value(0, 1, 0), At(0, 1), 1e-12);
        Assert.Equal(n * Value(1, 0, 0), At(3, 0), 1e-12);
        Assert.Equal((l * l * Value(1, 1, 0)) + ((1 - (l * l)) * Value(1, 1, 1)), At(1, 1), 1e-12);
        Assert.Equal((l * m * Value(1, 1, 0)) - (l * m * Value(1, 1, 1)), At(1, 2), 1e-12);
        Assert.Equal(root * l * m * Value(0, 2, 0), At(0, 4), 1e-12);
        Assert.Equal(0.5 * root * ((l * l) - (m * m)) * Value(0, 2, 0), At(0, 7), 1e-12);
        Assert.Equal(((n * n) - (0.5 * ((l * l) + (m * m)))) * Value(0, 2, 0), At(0, 8), 1e-12);
        Assert.Equal((root * l * l * m * Value(1, 2, 0)) + (m * (1 - (2 * l * l)) * Value(1, 2, 1)), At(1, 4), 1e-12);
        Assert.Equal((root * l * m * n * Value(1, 2, 0)) - (2 * l * m * n * Value(1, 2, 1)), At(1, 5), 1e-12);
        Assert.Equal((n * ((n * n) - (0.5 * ((l * l) + (m * m)))) * Value(1, 2, 0)) + (root * n * ((l * l) + (m * m)) * Value(1, 2, 1)), At(3, 8), 1e-12);
    }

    [Fact]
    public void Silver_d_to_d_elements_are_those_of_Slater_and_Koster()
    {
        var form = new HamiltonianForm([Element.Of("Ag")], OrbitalChoice.Full, 2, 6, 3);
        Vector3D bond = new(1.1, -0.7, 1.9);
        var crystal = new Crystal(Lattice.Cubic(20), [Element.Of("Ag"), Element.Of("Ag")], [new(0, 0, 0), new(bond.X / 20, bond.Y / 20, bond.Z / 20)]);
        double[] numbers = HamiltonianCells.Numbers(form, 8);
        var hamiltonian = new CellHamiltonian(form);
        var cell = BondedCell.Of(CrystalGraphBuilder.Build(crystal, new GraphOptions { CutoffAngstrom = 6 }), form);
        double[] matrix = [.. hamiltonian.Matrix(cell, numbers)];
        double d = bond.Length, l = bond.X / d, m = bond.Y / d, n = bond.Z / d;
        double Value(int kind)
        {
            var radial = new double[form.RadialFunctions];
            form.Radial(d, radial);
            (int first, double sign) = hamiltonian.Parameters.Hopping(0, 2, 0, 2, kind);
            return sign * radial.Select((value, k) => value * numbers[first + k]).Sum();
        }

        double At(int first, int second) => matrix[((4 + first) * 18) + 9 + 4 + second];
        double ll = l * l, mm = m * m, nn = n * n;
        Assert.Equal((3 * ll * mm * Value(0)) + ((ll + mm - (4 * ll * mm)) * Value(1)) + ((nn + (ll * mm)) * Value(2)), At(0, 0), 1e-12);
        Assert.Equal((3 * l * mm * n * Value(0)) + (l * n * (1 - (4 * mm)) * Value(1)) + (l * n * (mm - 1) * Value(2)), At(0, 1), 1e-12);
        Assert.Equal((0.75 * (ll - mm) * (ll - mm) * Value(0)) + ((ll + mm - ((ll - mm) * (ll - mm))) * Value(1)) + ((nn + (0.25 * (ll - mm) * (ll - mm))) * Value(2)), At(3, 3), 1e-12);
        Assert.Equal(((nn - (0.5 * (ll + mm))) * (nn - (0.5 * (ll + mm))) * Value(0)) + (3 * nn * (ll + mm) * Value(1)) + (0.75 * (ll + mm) * (ll + mm) * Value(2)), At(4, 4), 1e-12);
    }

    [Fact]
    public void A_cell_with_an_odd_number_of_electrons_is_refused_with_its_count()
    {
        var crystal = new Crystal(Lattice.Cubic(4), [Element.Of("Ag")], [new(0, 0, 0)]);
        var form = new HamiltonianForm([Element.Of("Ag")], OrbitalChoice.Full, 2, 5, 3);
        InputException error = Assert.Throws<InputException>(() => BondedCell.Of(CrystalGraphBuilder.Build(crystal, new GraphOptions { CutoffAngstrom = 5 }), form));
        Assert.Contains("11 valence electrons in 9 orbitals", error.Message, StringComparison.Ordinal);
    }

    private static double[] Eigenvalues(HamiltonianForm form, Crystal crystal, double[] numbers)
    {
        var cell = BondedCell.Of(HamiltonianCells.Graph(crystal), form);
        return [.. SymmetricEigen.Decompose(new CellHamiltonian(form).Matrix(cell, numbers), cell.OrbitalCount).Values.Span];
    }

    private static double Energy(CellHamiltonian hamiltonian, BondedCell cell, double[] numbers, double[] state)
    {
        ReadOnlySpan<double> matrix = hamiltonian.Matrix(cell, numbers);
        double sum = 0;
        for (int row = 0; row < state.Length; row++)
        {
            for (int column = 0; column < state.Length; column++)
            {
                sum += state[row] * matrix[(row * state.Length) + column] * state[column];
            }
        }

        return sum;
    }
}
