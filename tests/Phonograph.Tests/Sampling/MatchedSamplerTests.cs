using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.Sampling;

/// <summary>The schemes that are matched to an ensemble: in the analytic covariance of what is drawn, projection written out, and in large samples.</summary>
public sealed class MatchedSamplerTests
{
    private static readonly Supercell Cell = Supercell.Of(TestCrystals.Triclinic, 2, 1, 1);
    private static readonly ForceConstants Springs = new SpringModel().Constants(Cell);
    private static readonly PhononModes Modes = PhononModes.Of(Springs);
    private static readonly PhononModes Unstable = PhononModes.Of(ThermalEnsembleTests.Softened(Modes, 4));
    private static readonly ThermalEnsemble Ensemble = new(Modes, 300, ThermalStatistics.Quantum, new RejectSoftModes());

    [Theory]
    [InlineData(0, "reject")]
    [InlineData(300, "reject")]
    [InlineData(300, "freeze")]
    [InlineData(300, "absolute")]
    [InlineData(300, "floor:2")]
    public void The_isotropic_gaussian_has_the_mean_square_displacement_of_the_ensemble(double kelvin, string rule)
    {
        ThermalEnsemble ensemble = Under(rule, kelvin);
        double[] drawn = Drawn(IndependentGaussianSampler.MatchedDisplacement(ensemble)), wanted = ensemble.Covariance();
        double Mean(double[] covariance) => Enumerable.Range(0, Cell.Crystal.AtomCount).Average(atom => SampleCovariance.Atom(covariance, atom).Trace);
        Assert.Equal(1, Mean(drawn) / Mean(wanted), 1e-12);
        Assert.Equal(1, Mean(wanted) / ensemble.MeanSquareDisplacement, 1e-12);
    }

    [Theory]
    [InlineData("reject")]
    [InlineData("freeze")]
    [InlineData("absolute")]
    [InlineData("floor:2")]
    public void The_energy_gaussian_has_the_mean_energy_of_the_ensemble_under_the_force_constants_of_the_rule(string rule)
    {
        ThermalEnsemble ensemble = Under(rule, 300);
        double[] constants = Effective(ensemble);
        double wanted = SampleCovariance.Energy(constants, ensemble.Covariance());
        Assert.Equal(1, wanted / ensemble.MeanPotentialEnergyElectronvolt, 1e-12);
        Assert.Equal(1, SampleCovariance.Energy(constants, Drawn(IndependentGaussianSampler.MatchedEnergy(ensemble))) / wanted, 1e-12);
        Assert.Equal(0.05 * Cell.Crystal.AtomCount, SampleCovariance.Energy(constants, Drawn(IndependentGaussianSampler.MatchedEnergy(ensemble, 0.05))), 1e-12);
    }

    [Fact]
    public void Without_soft_modes_the_force_constants_of_the_rule_are_the_force_constants()
    {
        Assert.True(SampleCovariance.Largest(Springs.Elements.ToArray(), Effective(Ensemble)) < 1e-11);
        Assert.Equal(SampleCovariance.Energy(Springs.Elements, Ensemble.Covariance()), Ensemble.MeanPotentialEnergyElectronvolt, 1e-12);
    }

    [Fact]
    public void The_gaussian_per_species_has_the_mean_square_displacement_of_each_element()
    {
        // Also with one heavy isotope: a species is an element, whatever its masses.
        foreach (PhononModes modes in new[] { Modes, PhononModes.Of(Springs, new Crystal(Cell.Crystal.Lattice, Cell.Crystal.Elements, Cell.Crystal.PositionsFractional, Cell.Crystal.MassesAmu.SetItem(0, 31))) })
        {
            var ensemble = new ThermalEnsemble(modes, 300, ThermalStatistics.Quantum, new RejectSoftModes());
            double[] drawn = Drawn(IndependentGaussianSampler.MatchedSpecies(ensemble)), wanted = ensemble.Covariance();
            foreach (string element in new[] { "Na", "Cl", "S" })
            {
                int[] atoms = [.. Enumerable.Range(0, Cell.Crystal.AtomCount).Where(atom => Cell.Crystal.Elements[atom].Symbol == element)];
                Assert.Equal(2, atoms.Length);
                Assert.Equal(1, atoms.Average(atom => SampleCovariance.Atom(drawn, atom).Trace) / atoms.Average(atom => SampleCovariance.Atom(wanted, atom).Trace), 1e-12);
            }
        }
    }

    [Fact]
    public void The_einstein_crystal_has_the_covariance_of_each_atom_and_of_the_pairs_only_what_the_drift_gives()
    {
        double[] drawn = Drawn(IndependentGaussianSampler.Einstein(Ensemble)), wanted = Ensemble.Covariance();
        for (int atom = 0; atom < Cell.Crystal.AtomCount; atom++)
        {
            Matrix3x3 difference = SampleCovariance.Atom(drawn, atom) - SampleCovariance.Atom(wanted, atom);
            Assert.True(Math.Max(difference.RowA.Length, Math.Max(difference.RowB.Length, difference.RowC.Length)) < 1e-15);
            Matrix3x3 own = Ensemble.AtomCovariances()[atom] - SampleCovariance.Atom(wanted, atom);
            Assert.True(Math.Max(own.RowA.Length, Math.Max(own.RowB.Length, own.RowC.Length)) < 1e-15);
        }

        Assert.True(SampleCovariance.Largest(drawn, wanted) > 1e-4);
    }

    [Theory]
    [InlineData("gaussian")]
    [InlineData("gaussian-energy")]
    [InlineData("species")]
    [InlineData("einstein")]
    public void Draws_have_the_analytic_covariance_within_its_confidence(string scheme)
    {
        // 171 correlated scores of 20 000 draws; the largest stays below 4.5 with a probability above 0.998.
        IndependentGaussianSampler sampler = Of(scheme, Ensemble);
        (double largest, double meanSquare) = SampleCovariance.Scores(((IDisplacementSampler)sampler).Draw(31, 0, 20000), Drawn(sampler));
        Assert.True(largest < 4.5, $"largest deviation {largest} standard errors");
        Assert.InRange(meanSquare, 0.4, 1.9);
    }

    [Fact]
    public void The_matched_number_lies_within_the_confidence_of_a_large_sample()
    {
        const int Draws = 20000;
        double[] Sample(string scheme) => SampleCovariance.Of(((IDisplacementSampler)Of(scheme, Ensemble)).Draw(5, 0, Draws), 18, out _);
        double total = Ensemble.MeanSquareDisplacement * Cell.Crystal.AtomCount, energy = Ensemble.MeanPotentialEnergyElectronvolt;

        // |u|² of 15 free coordinates: a relative standard error below √(2/15·1.5/20000) = 0.0032; the stiffest coordinates dominate the energy: about twice that.
        double[] gaussian = Sample("gaussian");
        Assert.InRange(Enumerable.Range(0, 18).Sum(index => gaussian[index * 19]) / total, 0.985, 1.015);
        Assert.InRange(SampleCovariance.Energy(Springs.Elements, Sample("gaussian-energy")) / energy, 0.975, 1.025);

        // The same sample is off by far in what the other scheme matches: the two matchings differ.
        Assert.True(Math.Abs((SampleCovariance.Energy(Springs.Elements, gaussian) / energy) - 1) > 0.1);
    }

    [Fact]
    public void Where_no_positive_width_matches_the_message_says_so()
    {
        var cold = new ThermalEnsemble(Modes, 0, ThermalStatistics.Classical, new RejectSoftModes());
        Assert.Contains("No positive width", Assert.Throws<InputException>(() => IndependentGaussianSampler.MatchedDisplacement(cold)).Message, StringComparison.Ordinal);
        Assert.Contains("No positive width", Assert.Throws<InputException>(() => IndependentGaussianSampler.MatchedEnergy(cold)).Message, StringComparison.Ordinal);
        Assert.Contains("the Na atoms", Assert.Throws<InputException>(() => IndependentGaussianSampler.MatchedSpecies(cold)).Message, StringComparison.Ordinal);
        Assert.Contains("atom 1 (Na)", Assert.Throws<InputException>(() => IndependentGaussianSampler.Einstein(cold)).Message, StringComparison.Ordinal);

        // With everything frozen no motion costs energy, so no width has a given energy either.
        var frozen = new ThermalEnsemble(Modes, 300, ThermalStatistics.Quantum, new FreezeSoftModes(1000));
        Assert.Contains("no motion costs energy", Assert.Throws<InputException>(() => IndependentGaussianSampler.MatchedEnergy(frozen, 0.1)).Message, StringComparison.Ordinal);

        // Two atoms seen from their centre of mass move against each other, whatever widths they had.
        var pair = new ThermalEnsemble(PhononModes.Of(new SpringModel().Constants(Supercell.Of(TestCrystals.RockSaltPrimitive, 1, 1, 1))), 300, ThermalStatistics.Quantum, new RejectSoftModes());
        Assert.Contains("too few atoms", Assert.Throws<InputException>(() => IndependentGaussianSampler.MatchedSpecies(pair)).Message, StringComparison.Ordinal);
        Assert.Contains("too few atoms", Assert.Throws<InputException>(() => IndependentGaussianSampler.Einstein(pair)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_frame_says_what_was_matched()
    {
        ExtendedXyzFrame energy = ConfigurationFrame.Of(Of("gaussian-energy", Ensemble).Draw(4, 2)), species = ConfigurationFrame.Of(Of("species", Ensemble).Draw(4, 2));
        Assert.Equal(("gaussian-energy-300K-s4-00002", "gaussian-energy", "mean_energy", "300", "quantum", "reject:0.01"),
            (energy.Info["id"], energy.Info["scheme"], energy.Info["matching"], energy.Info["temperature_K"], energy.Info["statistics"], energy.Info["soft_mode_policy"]));
        Assert.Equal(Ensemble.MeanPotentialEnergyElectronvolt / 6, double.Parse(energy.Info["matched_energy_eV_per_atom"], CultureInfo.InvariantCulture), 1e-10);
        double variance = Math.Pow(double.Parse(energy.Info["sigma_A"], CultureInfo.InvariantCulture), 2);
        Assert.Equal(1, 0.5 * variance * Ensemble.EffectiveForceConstantsTrace() / Ensemble.MeanPotentialEnergyElectronvolt, 1e-9);
        Assert.Equal(("species_mean_square_displacement", 3, 3), (species.Info["matching"], species.Info["sigma_A"].Split(' ').Length, species.Info["matched_msd_A2"].Split(' ').Length));
        Assert.StartsWith("Na:", species.Info["sigma_A"], StringComparison.Ordinal);
        Assert.False(energy.Info.ContainsKey("mode_amplitudes"));
    }

    private static IndependentGaussianSampler Of(string scheme, HarmonicEnsemble ensemble) => scheme switch
    {
        "gaussian" => IndependentGaussianSampler.MatchedDisplacement(ensemble),
        "gaussian-energy" => IndependentGaussianSampler.MatchedEnergy(ensemble),
        "species" => IndependentGaussianSampler.MatchedSpecies(ensemble),
        _ => IndependentGaussianSampler.Einstein(ensemble),
    };

    private static double[] Drawn(IndependentGaussianSampler sampler) => SampleCovariance.WithoutDrift(sampler.FreeCovariances, sampler.Reference.MassesAmu);

    /// <summary>Stable modes where the rule rejects, else four imaginary ones.</summary>
    private static ThermalEnsemble Under(string rule, double kelvin) => new(rule == "reject" ? Modes : Unstable, kelvin, ThermalStatistics.Quantum, SoftModePolicy.Parse(rule));

    /// <summary>The force constants with the frequencies that the rule draws with, written out.</summary>
    private static double[] Effective(ThermalEnsemble ensemble)
    {
        var constants = new double[18 * 18];
        ImmutableArray<double> masses = Cell.Crystal.MassesAmu;
        for (int mode = 0; mode < ensemble.Modes.Count; mode++)
        {
            double root = ensemble.Policy.EffectiveFrequency(ensemble.Modes.FrequenciesTerahertz[mode])!.Value / Units.PhysicalConstants.TerahertzPerRootForceConstant;
            for (int index = 0; index < constants.Length; index++)
            {
                constants[index] += root * root * ensemble.Modes.Vector(mode)[index / 18] * ensemble.Modes.Vector(mode)[index % 18] * Math.Sqrt(masses[index / 18 / 3] * masses[index % 18 / 3]);
            }
        }

        return constants;
    }
}
