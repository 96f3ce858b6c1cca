using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Polar;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.Sampling;

/// <summary>Ensembles from dynamical matrices against those from the matrix of the whole supercell. Springs have a closed form in any supercell, and are shorter than half of 2×2×2 cells.</summary>
public sealed class WaveVectorEnsembleTests
{
    private static readonly Crystal Unit = TestCrystals.Triclinic;
    private static readonly IntegerMatrix3 Slanted = new(new(3, 1, 0), new(0, 2, 1), new(1, 0, 2));

    public static TheoryData<int, int, int, int, int, int, int, int, int> Supercells => new()
    {
        { 2, 0, 0, 0, 2, 0, 0, 0, 2 },
        { 3, 0, 0, 0, 1, 0, 0, 0, 2 },
        { 4, 0, 0, 0, 2, 0, 0, 0, 2 },
        { 3, 1, 0, 0, 2, 1, 1, 0, 2 },
        { 0, 2, 1, 3, 0, 0, -1, 1, 2 },
    };

    [Theory]
    [MemberData(nameof(Supercells))]
    public void From_the_force_constants_of_the_same_supercell_it_is_the_ensemble_of_the_whole_matrix(int a, int b, int c, int d, int e, int f, int g, int h, int i)
    {
        var cell = Supercell.Of(Unit, new IntegerMatrix3(new(a, b, c), new(d, e, f), new(g, h, i)));
        ForceConstants constants = new SpringModel().Constants(cell);
        foreach (ThermalStatistics statistics in Enum.GetValues<ThermalStatistics>())
        {
            Same(new WaveVectorEnsemble(DynamicalMatrix.Of(constants), cell, 300, statistics, new RejectSoftModes()), new ThermalEnsemble(PhononModes.Of(constants), 300, statistics, new RejectSoftModes()));
        }
    }

    [Theory]
    [MemberData(nameof(Supercells))]
    public void From_the_force_constants_of_a_smaller_supercell_it_is_the_ensemble_of_the_larger_matrix(int a, int b, int c, int d, int e, int f, int g, int h, int i)
    {
        var cell = Supercell.Of(Unit, new IntegerMatrix3(new(a, b, c), new(d, e, f), new(g, h, i)));
        var matrix = DynamicalMatrix.Of(new SpringModel().Constants(Supercell.Of(Unit, 2, 2, 2)));
        Same(
            new WaveVectorEnsemble(matrix, cell, 150, ThermalStatistics.Quantum, new RejectSoftModes()),
            new ThermalEnsemble(PhononModes.Of(new SpringModel().Constants(cell)), 150, ThermalStatistics.Quantum, new RejectSoftModes()));
    }

    [Theory]
    [InlineData("freeze")]
    [InlineData("absolute:0.2")]
    [InlineData("floor:1.5")]
    public void Rules_for_soft_modes_do_the_same_as_with_the_whole_matrix(string rule)
    {
        // Transverse springs that push: some modes are imaginary.
        var springs = new SpringModel(3.5, -0.1);
        var cell = Supercell.Of(Unit, Slanted);
        var whole = new ThermalEnsemble(PhononModes.Of(springs.Constants(cell)), 300, ThermalStatistics.Quantum, SoftModePolicy.Parse(rule));
        Assert.InRange(whole.SoftModesTouched, 3, 110);
        var waves = new WaveVectorEnsemble(DynamicalMatrix.Of(springs.Constants(Supercell.Of(Unit, 2, 2, 2))), cell, 300, ThermalStatistics.Quantum, SoftModePolicy.Parse(rule));
        Assert.Equal(whole.SoftModesTouched, waves.SoftModesTouched);
        Same(waves, whole);
        var error = Assert.Throws<InputException>(() => new WaveVectorEnsemble(DynamicalMatrix.Of(springs.Constants(cell)), cell, 300, ThermalStatistics.Quantum, new RejectSoftModes()));
        Assert.Contains("modes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_of_a_slanted_supercell_have_the_covariance_within_its_confidence()
    {
        // 6 903 correlated scores: the largest stays below 5.2 with a probability above 0.998.
        var cell = Supercell.Of(Unit, Slanted);
        var ensemble = new WaveVectorEnsemble(DynamicalMatrix.Of(new SpringModel().Constants(Supercell.Of(Unit, 2, 2, 2))), cell, 300, ThermalStatistics.Quantum, new RejectSoftModes());
        (double largest, double meanSquare) = SampleCovariance.Scores(((IDisplacementSampler)new WaveVectorSampler(ensemble)).Draw(8, 0, 10000), SampleCovariance.Full(ensemble));
        Assert.True(largest < 5.2, $"largest deviation {largest} standard errors");
        Assert.InRange(meanSquare, 0.9, 1.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draws_of_40_atoms_have_the_covariance_within_its_confidence_in_10000_draws(bool isByWaveVector)
    {
        // 7 260 correlated scores, as above. The mean square displacement has its own, narrower interval.
        var cell = Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 2);
        ForceConstants springs = new SpringModel().Constants(cell);
        var ensemble = new ThermalEnsemble(PhononModes.Of(springs), 300, ThermalStatistics.Quantum, new RejectSoftModes());
        IDisplacementSampler sampler = isByWaveVector
            ? new WaveVectorSampler(new WaveVectorEnsemble(DynamicalMatrix.Of(springs), cell, 300, ThermalStatistics.Quantum, new RejectSoftModes()))
            : new PhononSampler(ensemble);
        (double largest, double meanSquare) = SampleCovariance.Scores(sampler.Draw(12, 0, 10000), ensemble.Covariance());
        Assert.True(largest < 5.2, $"largest deviation {largest} standard errors");
        Assert.InRange(meanSquare, 0.9, 1.1);
    }

    [Fact]
    public void A_thousand_atoms_are_drawn_from_constants_of_forty()
    {
        Crystal unit = TestCrystals.SilverSulphideBromide;
        var ensemble = new WaveVectorEnsemble(
            DynamicalMatrix.Of(new SpringModel().Constants(Supercell.Of(unit, 2, 2, 2))), Supercell.Of(unit, 10, 10, 2), 300, ThermalStatistics.Quantum, new RejectSoftModes());
        Assert.Equal((1000, 2997), (ensemble.Crystal.AtomCount, ensemble.FrequenciesTerahertz.Length));
        IDisplacementSampler sampler = new WaveVectorSampler(ensemble);
        Configuration[] draws = [.. sampler.Draw(3, 7, 40)];
        double square = draws.Average(draw => draw.DisplacementsCartesian.Average(u => u.LengthSquared));

        // The soft modes dominate; the relative standard error of 40 cells follows from the modes.
        double sum = ensemble.MeanSquareCoordinates.Sum(), error = Math.Sqrt(2.0 / 40 * ensemble.MeanSquareCoordinates.Sum(value => value * value)) / sum;
        Assert.InRange(square / ensemble.MeanSquareDisplacement, 1 - (5 * error), 1 + (5 * error));
        Assert.True(error < 0.02);
        foreach (Configuration draw in draws.Take(3))
        {
            Vector3D moment = Vector3D.Zero;
            for (int atom = 0; atom < 1000; atom++)
            {
                moment += ensemble.Crystal.MassesAmu[atom] * draw.DisplacementsCartesian[atom];
            }

            Assert.True((moment / ensemble.Crystal.MassesAmu.Sum()).Length < 1e-13);
            Assert.Equal(sampler.Draw(3, draw.Draw.Index).DisplacementsCartesian, draw.DisplacementsCartesian);
        }

        Assert.Equal(("10,10,2", "200", "2 0 0 0 2 0 0 0 2", "none"), ("10,10,2", draws[0].Draw.Details["wave_vectors"], draws[0].Draw.Details["constants_supercell"], draws[0].Draw.Details["long_range_term"]));
        Assert.True(Math.Abs(square - new ThermalEnsemble(PhononModes.Of(new SpringModel().Constants(Supercell.Of(unit, 2, 2, 2))), 300, ThermalStatistics.Quantum, new RejectSoftModes()).MeanSquareDisplacement) > 3 * error * square);
    }

    [Theory]
    [InlineData(NonAnalyticalTerm.GonzeLee)]
    [InlineData(NonAnalyticalTerm.Wang)]
    public void The_long_range_part_counts_at_every_wave_vector_but_the_centre(NonAnalyticalTerm term)
    {
        Crystal unit = TestCrystals.RockSaltPrimitive;
        ForceConstants constants = new SpringModel().Constants(Supercell.Of(unit, 2, 2, 2));
        var charges = new BornCharges(Matrix3x3.Diagonal(2.4, 2.4, 2.4), [Matrix3x3.Diagonal(1.1, 1.1, 1.1), Matrix3x3.Diagonal(-1.1, -1.1, -1.1)]);
        var matrix = DynamicalMatrix.Of(constants, charges, term);
        var cell = Supercell.Of(unit, 3, 3, 3);
        var ensemble = new WaveVectorEnsemble(matrix, cell, 300, ThermalStatistics.Quantum, new RejectSoftModes());

        // The sum over wave vectors of modes that are solved one by one; at Γ without the three translations.
        var sum = new double[2];
        foreach (Vector3D inCell in Phonograph.Phonons.WaveVectors.CommensurateWaveVectors.Of(cell))
        {
            // The shortest of the equivalent wave vectors: the term of Wang et al. is no periodic function.
            Vector3D wave = Enumerable.Range(0, 125).Select(n => inCell + new Vector3D((n % 5) - 2, (n / 5 % 5) - 2, (n / 25) - 2)).MinBy(q => Math.Round((q * unit.Lattice.ReciprocalRows).Length, 9));
            WaveVectorModes modes = matrix.ModesAt(wave);
            for (int band = wave == Vector3D.Zero ? 3 : 0; band < modes.Count; band++)
            {
                double square = HarmonicOscillator.MeanSquareCoordinate(modes.FrequenciesTerahertz[band], 300, ThermalStatistics.Quantum);
                for (int index = 0; index < 6; index++)
                {
                    System.Numerics.Complex component = modes.Vector(band)[index];
                    sum[index / 3] += square * ((component.Real * component.Real) + (component.Imaginary * component.Imaginary)) / unit.MassesAmu[index / 3] / cell.CellCount;
                }
            }
        }

        Assert.Equal(1, ensemble.AtomCovariances()[0].Trace / sum[0], 1e-9);
        Assert.Equal(1, ensemble.AtomCovariances()[^1].Trace / sum[1], 1e-9);
        var without = new WaveVectorEnsemble(DynamicalMatrix.Of(constants), cell, 300, ThermalStatistics.Quantum, new RejectSoftModes());
        Assert.True(Math.Abs((without.MeanSquareDisplacement / ensemble.MeanSquareDisplacement) - 1) > 1e-3);
        Assert.Equal(term == NonAnalyticalTerm.Wang ? "wang" : "gonze", new WaveVectorSampler(ensemble).Draw(1, 0).Draw.Details["long_range_term"]);
    }

    [Fact]
    public void A_supercell_of_another_crystal_is_refused() => Assert.Throws<ArgumentException>(() => new WaveVectorEnsemble(
        DynamicalMatrix.Of(new SpringModel().Constants(Supercell.Of(Unit, 1, 1, 1))), Supercell.Of(TestCrystals.RockSaltPrimitive, 2, 2, 2), 300, ThermalStatistics.Quantum, new RejectSoftModes()));

    private static void Same(WaveVectorEnsemble waves, ThermalEnsemble whole)
    {
        Assert.True(SampleCovariance.Largest(SampleCovariance.Full(waves), whole.Covariance()) < 1e-10);
        Assert.True(SampleCovariance.Largest(waves.FrequenciesTerahertz.Order(), whole.FrequenciesTerahertz) < 1e-6);
        Assert.Equal(1, waves.EffectiveForceConstantsTrace() / whole.EffectiveForceConstantsTrace(), 1e-10);
        Assert.Equal(1, waves.MeanPotentialEnergyElectronvolt / whole.MeanPotentialEnergyElectronvolt, 1e-10);
        for (int atom = 0; atom < whole.Crystal.AtomCount; atom++)
        {
            Matrix3x3 difference = waves.AtomCovariances()[atom] - whole.AtomCovariances()[atom];
            Assert.True(difference.RowA.Length + difference.RowB.Length + difference.RowC.Length < 1e-10);
        }
    }
}
