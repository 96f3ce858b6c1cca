using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Alloys;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;
using Phonograph.Testing;
using Phonograph.Units;

namespace Phonograph.Tests.Sampling;

/// <summary>Force constants of the parent, masses of the decorated cell: rock salt of springs, eight atoms, chlorine replaced by iodine.</summary>
public sealed class AlloySamplerTests
{
    private static readonly ForceConstants Springs = new SpringModel(cutoffAngstrom: 4.2, transverseShare: 0.3).Constants(Supercell.Of(TestCrystals.RockSaltPrimitive, 2, 2, 1));
    private static readonly DecorationSet Set = DecorationSet.Of(new Alloy(Springs.Supercell.Crystal, Substitution.Parse("Cl=Cl,I")));
    private static readonly Crystal Mixed = Set.Cell(Set.Compositions[1].Decorations[0]);
    private const int Order = 24;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Frequencies_of_a_decorated_cell_are_those_of_a_brute_force_diagonalisation_with_its_masses()
    {
        Assert.Single(Mixed.Elements, element => element.Symbol == "I");
        (double[] values, _) = Jacobi(MassWeighted(Mixed.MassesAmu));
        double[] expected = [.. values.OrderBy(Math.Abs).Skip(3).Order().Select(value => Math.Sqrt(value) * PhysicalConstants.TerahertzPerRootForceConstant)];
        ImmutableArray<double> found = PhononModes.Of(Springs, Mixed).FrequenciesTerahertz;
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.True(Enumerable.Range(0, found.Length).Max(mode => PhononModes.Of(Springs).FrequenciesTerahertz[mode] - found[mode]) > 0.05);
    }

    [Fact]
    public void Covariance_of_a_decorated_cell_follows_its_masses()
    {
        (double[] values, double[][] vectors) = Jacobi(MassWeighted(Mixed.MassesAmu));
        int[] moving = [.. Enumerable.Range(0, Order).OrderBy(mode => Math.Abs(values[mode])).Skip(3)];
        double[] found = Ensemble(Mixed, 40, ThermalStatistics.Quantum).Covariance();
        double quantum = PhysicalConstants.PlanckElectronvoltPerTerahertz, thermal = PhysicalConstants.BoltzmannElectronvoltPerKelvin * 40;
        for (int row = 0; row < Order; row++)
        {
            for (int column = 0; column < Order; column++)
            {
                double sum = 0;
                foreach (int mode in moving)
                {
                    // <Q²> = (hν/2) coth(hν/2kT)/ω².
                    double energy = quantum * Math.Sqrt(values[mode]) * PhysicalConstants.TerahertzPerRootForceConstant;
                    sum += vectors[mode][row] * vectors[mode][column] * 0.5 * energy / (Math.Tanh(energy / (2 * thermal)) * values[mode]);
                }

                Assert.Equal(sum / Math.Sqrt(Mixed.MassesAmu[row / 3] * Mixed.MassesAmu[column / 3]), found[(row * Order) + column], 1e-10);
            }
        }
    }

    [Fact]
    public void The_heavier_element_moves_less_at_zero_temperature_and_as_much_as_before_relative_to_its_neighbours_when_classical()
    {
        int site = Set.Alloy.Sites.First(atom => Mixed.Elements[atom].Symbol == "I");
        Crystal parent = Springs.Supercell.Crystal;
        double Quantum(Crystal cell) => Ensemble(cell, 0, ThermalStatistics.Quantum).AtomCovariances()[site].Trace;
        Assert.True(Quantum(Mixed) < 0.85 * Quantum(parent));

        // Classical: kT times the inverse of the force constants; masses only choose the frame in which the centre of mass rests.
        double[] alloy = Ensemble(Mixed, 300, ThermalStatistics.Classical).Covariance(), pure = Ensemble(parent, 300, ThermalStatistics.Classical).Covariance();
        double Relative(double[] c, int i, int j) => c[(i * Order) + i] + c[(j * Order) + j] - (2 * c[(i * Order) + j]);
        for (int atom = 0; atom < 8; atom++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.Equal(Relative(pure, (3 * site) + axis, (3 * atom) + axis), Relative(alloy, (3 * site) + axis, (3 * atom) + axis), 1e-12);
            }
        }
    }

    /// <summary>Sylvester's law of inertia: M^-½ Φ M^-½ has as many negative eigenvalues as Φ.</summary>
    [Fact]
    public void Masses_never_change_the_number_of_imaginary_modes()
    {
        ForceConstants unstable = new SpringModel(cutoffAngstrom: 4.2, transverseShare: -0.25).Constants(Springs.Supercell);
        int imaginary = PhononModes.Of(unstable).ImaginaryCount;
        Assert.True(imaginary > 0);
        Assert.All(Set.Decorations, decoration => Assert.Equal(imaginary, PhononModes.Of(unstable, Set.Cell(decoration)).ImaginaryCount));
    }

    [Fact]
    public void Displacements_are_drawn_from_the_ensemble_of_the_decorated_cell()
    {
        const int Count = 4000;
        var sampler = new AlloySampler(DecorationSampler.FixedComposition(Set, Set.Compositions[1]), Scheme);
        ImmutableArray<Configuration> drawn = sampler.Draw(1, 2, 0, Count, Stop);
        ImmutableArray<Matrix3x3> expected = Ensemble(Mixed, 300, ThermalStatistics.Quantum).AtomCovariances();
        for (int atom = 0; atom < 8; atom++)
        {
            // Three directions of nearly normal numbers: the relative error of the mean square is about √(2/3/n) and a little more.
            Assert.Equal(1, drawn.Average(configuration => configuration.DisplacementsCartesian[atom].LengthSquared) / expected[atom].Trace, 5 * Math.Sqrt(1.0 / Count));
        }

        Assert.All(drawn.Take(50), configuration =>
        {
            Vector3D moment = Enumerable.Range(0, 8).Aggregate(Vector3D.Zero, (sum, atom) => sum + (Mixed.MassesAmu[atom] * configuration.DisplacementsCartesian[atom]));
            Assert.True(moment.Length < 1e-10);
        });
    }

    [Fact]
    public void A_draw_depends_on_the_seeds_and_its_number_alone()
    {
        var sampler = new AlloySampler(DecorationSampler.UniformComposition(Set), Scheme);
        ImmutableArray<Configuration> all = sampler.Draw(7, 8, 0, 60, Stop);
        Assert.True(all.Select(configuration => configuration.Draw.Details["decoration"]).Distinct().Count() > 3);
        Assert.Equal(Enumerable.Range(0, 60), all.Select(configuration => configuration.Draw.Index));
        foreach (Configuration again in sampler.Draw(7, 8, 41, 5, Stop).Concat(sampler.Draw(7, 8, 3, 1, Stop)))
        {
            Assert.Equal(all[again.Draw.Index].DisplacementsCartesian.AsEnumerable(), again.DisplacementsCartesian);
            Assert.Equal(all[again.Draw.Index].Reference.Elements.AsEnumerable(), again.Reference.Elements);
        }

        Assert.NotEqual(all.Select(each => each.Draw.Details["decoration"]), sampler.Draw(9, 8, 0, 60, Stop).Select(each => each.Draw.Details["decoration"]));
    }

    [Fact]
    public void Frames_say_what_was_drawn()
    {
        var set = DecorationSet.Of(new Alloy(Springs.Supercell.Crystal, Substitution.Parse("Cl=Cl,I"), [1, 1.1]));
        var energies = new DecorationEnergies([.. set.Decorations.Select(_ => 0.0)], 700);
        ImmutableArray<Configuration> drawn = new AlloySampler(DecorationSampler.IdealMixing(set, [0.5, 0.5], energies), crystal => new UniformSampler(crystal, 0.3)).Draw(5, 6, 0, 40, Stop);
        ExtendedXyzFrame[] frames = [.. drawn.Select(ConfigurationFrame.Of)];
        Assert.Equal(40, frames.Select(frame => frame.Info["id"]).Distinct().Count());
        foreach (ExtendedXyzFrame frame in frames)
        {
            Decoration decoration = set.Decorations.Single(each => each.Name == frame.Info["decoration"]);
            Assert.Equal((decoration.Composition, $"{decoration.Degeneracy}", "ideal:Cl=0.5,I=0.5", "5", "700"), (frame.Info["composition"], frame.Info["degeneracy"], frame.Info["composition_rule"], frame.Info["alloy_seed"], frame.Info["alloy_temperature_K"]));
            Assert.Contains(decoration.Name, frame.Info["id"], StringComparison.Ordinal);
            Assert.Equal(set.Cell(decoration).Elements.AsEnumerable(), frame.Crystal.Elements);
            Assert.Equal(1 + (0.025 * decoration.Counts[1]), frame.Crystal.Lattice.A.Length / Springs.Supercell.Crystal.Lattice.A.Length, 1e-12);
        }
    }

    private static PhononSampler Scheme(Crystal cell) => new(Ensemble(cell, 300, ThermalStatistics.Quantum));

    private static ThermalEnsemble Ensemble(Crystal cell, double kelvin, ThermalStatistics statistics) => new(PhononModes.Of(Springs, cell), kelvin, statistics, new RejectSoftModes());

    private static double[] MassWeighted(ImmutableArray<double> masses)
    {
        double[] matrix = Springs.Elements.ToArray();
        for (int index = 0; index < matrix.Length; index++)
        {
            matrix[index] /= Math.Sqrt(masses[index / Order / 3] * masses[index % Order / 3]);
        }

        return matrix;
    }

    /// <summary>Jacobi's rotations until nothing is left beside the diagonal: another method than the program's.</summary>
    private static (double[] Values, double[][] Vectors) Jacobi(double[] a)
    {
        double[][] vectors = [.. Enumerable.Range(0, Order).Select(row => Enumerable.Range(0, Order).Select(column => row == column ? 1.0 : 0).ToArray())];
        for (int sweep = 0; sweep < 60; sweep++)
        {
            for (int p = 0; p < Order; p++)
            {
                for (int q = p + 1; q < Order; q++)
                {
                    double angle = 0.5 * Math.Atan2(2 * a[(p * Order) + q], a[(q * Order) + q] - a[(p * Order) + p]), c = Math.Cos(angle), s = Math.Sin(angle);
                    for (int k = 0; k < Order; k++)
                    {
                        (a[(k * Order) + p], a[(k * Order) + q]) = ((c * a[(k * Order) + p]) - (s * a[(k * Order) + q]), (s * a[(k * Order) + p]) + (c * a[(k * Order) + q]));
                    }

                    for (int k = 0; k < Order; k++)
                    {
                        (a[(p * Order) + k], a[(q * Order) + k]) = ((c * a[(p * Order) + k]) - (s * a[(q * Order) + k]), (s * a[(p * Order) + k]) + (c * a[(q * Order) + k]));
                        (vectors[p][k], vectors[q][k]) = ((c * vectors[p][k]) - (s * vectors[q][k]), (s * vectors[p][k]) + (c * vectors[q][k]));
                    }
                }
            }
        }

        return ([.. Enumerable.Range(0, Order).Select(mode => a[(mode * Order) + mode])], vectors);
    }
}
