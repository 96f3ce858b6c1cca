using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;
using Phonograph.Testing;
using Phonograph.Units;

namespace Phonograph.Tests.Sampling;

public sealed class ThermalEnsembleTests
{
    private static readonly PhononModes Stable = PhononModes.Of(new SpringModel().Constants(Supercell.Of(TestCrystals.Triclinic, 2, 1, 1)));

    /// <summary>The same springs with the sign turned for some modes: imaginary frequencies known in advance.</summary>
    private static readonly PhononModes Unstable = PhononModes.Of(Softened(Stable, 4));

    [Theory]
    [InlineData(1.0, 300)]
    [InlineData(8.0, 100)]
    public void Energy_of_the_coordinates_is_that_of_the_oscillator(double frequency, double temperature)
    {
        double root = frequency / PhysicalConstants.TerahertzPerRootForceConstant;
        double quantum = PhysicalConstants.PlanckElectronvoltPerTerahertz * frequency;
        double thermal = PhysicalConstants.BoltzmannElectronvoltPerKelvin * temperature;
        double occupation = 1 / (Math.Exp(quantum / thermal) - 1);
        Assert.Equal(thermal, root * root * HarmonicOscillator.MeanSquareCoordinate(frequency, temperature, ThermalStatistics.Classical), 1e-14);
        Assert.Equal(quantum * (occupation + 0.5), root * root * HarmonicOscillator.MeanSquareCoordinate(frequency, temperature, ThermalStatistics.Quantum), 1e-14);
        Assert.Equal(quantum / 2, root * root * HarmonicOscillator.MeanSquareCoordinate(frequency, 0, ThermalStatistics.Quantum), 1e-14);
        Assert.Equal(0, HarmonicOscillator.MeanSquareCoordinate(frequency, 0, ThermalStatistics.Classical));
    }

    [Fact]
    public void Quantum_statistics_become_classical_when_hot_and_exceed_them_when_cold()
    {
        Vector3D Square(double temperature, ThermalStatistics statistics) => new ThermalEnsemble(Stable, temperature, statistics, new RejectSoftModes()).MeanSquareDisplacements()[1];
        Assert.Equal(1, Square(1e5, ThermalStatistics.Quantum).X / Square(1e5, ThermalStatistics.Classical).X, 1e-5);
        Assert.True(Square(20, ThermalStatistics.Quantum).X > 2 * Square(20, ThermalStatistics.Classical).X);
    }

    [Fact]
    public void Equipartition_the_classical_potential_energy_is_half_kT_for_each_mode()
    {
        const double Temperature = 250;
        var ensemble = new ThermalEnsemble(Stable, Temperature, ThermalStatistics.Classical, new RejectSoftModes());
        double[] covariance = ensemble.Covariance();
        ReadOnlySpan<double> constants = new SpringModel().Constants(Supercell.Of(TestCrystals.Triclinic, 2, 1, 1)).Elements;
        double energy = 0;
        for (int index = 0; index < covariance.Length; index++)
        {
            energy += 0.5 * constants[index] * covariance[index];
        }

        Assert.Equal(0.5 * ((3 * 6) - 3) * PhysicalConstants.BoltzmannElectronvoltPerKelvin * Temperature, energy, 1e-12);
    }

    [Fact]
    public void Mean_square_displacements_are_the_diagonal_of_the_covariance()
    {
        var ensemble = new ThermalEnsemble(Stable, 300, ThermalStatistics.Quantum, new RejectSoftModes());
        double[] covariance = ensemble.Covariance();
        ImmutableArray<Vector3D> squares = ensemble.MeanSquareDisplacements();
        for (int row = 0; row < 18; row++)
        {
            Assert.Equal(covariance[(row * 18) + row], squares[row / 3][row % 3], 1e-14);
        }
    }

    [Fact]
    public void Rejecting_names_the_modes()
    {
        Assert.Equal(4, Unstable.ImaginaryCount);
        var error = Assert.Throws<InputException>(() => new ThermalEnsemble(Unstable, 300, ThermalStatistics.Quantum, new RejectSoftModes()));
        Assert.Contains("refuses 4 of 15 modes: 1 (-", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, new ThermalEnsemble(Stable, 300, ThermalStatistics.Quantum, new RejectSoftModes()).SoftModesTouched);
    }

    [Fact]
    public void Freezing_leaves_soft_modes_at_rest()
    {
        var ensemble = new ThermalEnsemble(Unstable, 300, ThermalStatistics.Quantum, new FreezeSoftModes());
        Assert.Equal(4, ensemble.SoftModesTouched);
        Assert.Equal([0, 0, 0, 0], ensemble.MeanSquareCoordinates[..4]);
        Assert.All(ensemble.MeanSquareCoordinates[4..], square => Assert.True(square > 0));
    }

    [Fact]
    public void Absolute_values_draw_imaginary_modes_as_if_they_were_real()
    {
        var ensemble = new ThermalEnsemble(Unstable, 300, ThermalStatistics.Quantum, new AbsoluteFrequencies());
        Assert.Equal(4, ensemble.SoftModesTouched);
        for (int mode = 0; mode < 4; mode++)
        {
            Assert.Equal(HarmonicOscillator.MeanSquareCoordinate(-Unstable.FrequenciesTerahertz[mode], 300, ThermalStatistics.Quantum), ensemble.MeanSquareCoordinates[mode], 1e-12);
        }

        double limit = -Unstable.FrequenciesTerahertz[3] + 1e-6;
        Assert.Equal(0, new ThermalEnsemble(Unstable, 300, ThermalStatistics.Quantum, new AbsoluteFrequencies(limit)).MeanSquareCoordinates[3]);
    }

    [Fact]
    public void A_floor_bounds_the_amplitude()
    {
        var ensemble = new ThermalEnsemble(Unstable, 300, ThermalStatistics.Classical, new FrequencyFloor(3));
        double bound = HarmonicOscillator.MeanSquareCoordinate(3, 300, ThermalStatistics.Classical);
        Assert.Equal(Unstable.FrequenciesTerahertz.Count(frequency => frequency < 3), ensemble.SoftModesTouched);
        Assert.All(ensemble.MeanSquareCoordinates, square => Assert.True(square <= bound));
        Assert.Equal(bound, ensemble.MeanSquareCoordinates[0]);
    }

    [Theory]
    [InlineData("reject", "reject:0.01")]
    [InlineData("freeze:0.2", "freeze:0.2")]
    [InlineData("absolute", "absolute:0.01")]
    [InlineData("floor:0.5", "floor:0.5")]
    public void A_rule_is_written_as_it_is_read(string text, string written)
    {
        Assert.Equal(written, SoftModePolicy.Parse(text).ToString());
        Assert.Equal(SoftModePolicy.Parse(text), SoftModePolicy.Parse(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("floor")]
    [InlineData("floor:0")]
    [InlineData("floor:-1")]
    [InlineData("freeze:nan")]
    [InlineData("absolute:1:2")]
    [InlineData("Absolute")]
    public void Other_rules_are_refused(string text) => Assert.Throws<InputException>(() => SoftModePolicy.Parse(text));

    /// <summary>Reverses the curvature of the softest modes.</summary>
    internal static ForceConstants Softened(PhononModes modes, int count)
    {
        int order = 3 * modes.Crystal.AtomCount;
        var elements = new double[order * order];
        for (int mode = 0; mode < modes.Count; mode++)
        {
            double value = mode < count ? -modes.Eigenvalues[mode] : modes.Eigenvalues[mode];
            for (int row = 0; row < order; row++)
            {
                for (int column = 0; column < order; column++)
                {
                    elements[(row * order) + column] += value * modes.Vector(mode)[row] * modes.Vector(mode)[column]
                        * Math.Sqrt(modes.Crystal.MassesAmu[row / 3] * modes.Crystal.MassesAmu[column / 3]);
                }
            }
        }

        return new ForceConstants(Supercell.Of(TestCrystals.Triclinic, 2, 1, 1), elements);
    }
}
