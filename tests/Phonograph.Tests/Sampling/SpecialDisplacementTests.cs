using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.Sampling;

public sealed class SpecialDisplacementTests
{
    private static readonly Supercell Cell = Supercell.Of(TestCrystals.Triclinic, 2, 1, 1);
    private static readonly ThermalEnsemble Ensemble = new(PhononModes.Of(new SpringModel().Constants(Cell)), 300, ThermalStatistics.Quantum, new RejectSoftModes());
    private static readonly Supercell Forty = Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 2);
    private static readonly ThermalEnsemble FortyAtoms = new(PhononModes.Of(new SpringModel().Constants(Forty)), 300, ThermalStatistics.Quantum, new RejectSoftModes());

    [Theory]
    [InlineData(16, SpecialSigns.Orthogonal, false)]
    [InlineData(16, SpecialSigns.Optimised, false)]
    [InlineData(32, SpecialSigns.Orthogonal, true)]
    public void With_as_many_cells_as_modes_the_covariance_is_exact(int cells, SpecialSigns signs, bool isPaired)
    {
        var sampler = new SpecialDisplacementSampler(Ensemble, cells, signs, isPaired);
        double[] found = SampleCovariance.Of(((IDisplacementSampler)sampler).Draw(0, 0, cells), 18, out _);
        Assert.True(SampleCovariance.Largest(found, Ensemble.Covariance()) < 1e-15);
        Assert.All(Mean(sampler), displacement => Assert.True(displacement.Length < 1e-14));
    }

    [Fact]
    public void The_exact_design_of_40_atoms_has_128_cells()
    {
        var sampler = new SpecialDisplacementSampler(FortyAtoms, 128, SpecialSigns.Orthogonal);
        Assert.True(SampleCovariance.Largest(SampleCovariance.Of(((IDisplacementSampler)sampler).Draw(0, 0, 128), 120, out _), FortyAtoms.Covariance()) < 1e-14);
    }

    [Fact]
    public void One_cell_has_alternating_signs_by_rising_frequency()
    {
        ImmutableArray<double> amplitudes = Ensemble.Modes.Amplitudes(new SpecialDisplacementSampler(Ensemble, 1, SpecialSigns.Orthogonal).Draw(0, 0).DisplacementsCartesian.AsSpan());
        for (int mode = 0; mode < amplitudes.Length; mode++)
        {
            Assert.Equal((mode % 2 == 0 ? 1 : -1) * Math.Sqrt(Ensemble.MeanSquareCoordinates[mode]), amplitudes[mode], 1e-12);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_mode_has_its_root_mean_square_coordinate_in_every_cell(int cells)
    {
        foreach (Configuration draw in ((IDisplacementSampler)new SpecialDisplacementSampler(Ensemble, cells)).Draw(0, 0, cells))
        {
            ImmutableArray<double> amplitudes = Ensemble.Modes.Amplitudes(draw.DisplacementsCartesian.AsSpan());
            Assert.True(SampleCovariance.Largest(amplitudes.Select(amplitude => amplitude * amplitude), Ensemble.MeanSquareCoordinates) < 1e-12);
        }
    }

    [Fact]
    public void Covariances_of_the_atoms_converge_far_faster_than_those_of_random_draws()
    {
        // Fewer than three cells cannot have three independent directions for each atom. Random draws converge with the root of the number of cells, these with the number.
        var random = new PhononSampler(FortyAtoms);
        var special = new Dictionary<int, double>();
        foreach ((int cells, double gain) in new[] { (4, 2.4), (8, 3.5), (16, 5.5) })
        {
            special[cells] = Error(new SpecialDisplacementSampler(FortyAtoms, cells), cells, 0);
            double drawn = Enumerable.Range(0, 20).Average(set => Error(random, cells, set * 16));
            Assert.True(gain * special[cells] < drawn, $"{cells} cells: {special[cells]} against {drawn} of random draws");
        }

        Assert.True(special[16] < special[4] / 4);

        // Turned signs are what does it: the plain design is hardly better than draws for an atom's own covariance.
        Assert.True(special[8] < 0.4 * Error(new SpecialDisplacementSampler(FortyAtoms, 8, SpecialSigns.Orthogonal), 8, 0));
    }

    [Fact]
    public void Pairs_are_opposite_to_the_last_bit_and_belong_to_one_group()
    {
        var sampler = new SpecialDisplacementSampler(Ensemble, 6, SpecialSigns.Optimised, isPaired: true);
        for (int pair = 0; pair < 3; pair++)
        {
            Configuration first = sampler.Draw(0, 2 * pair), second = sampler.Draw(0, (2 * pair) + 1);
            Assert.Equal(first.DisplacementsCartesian, second.DisplacementsCartesian.Select(displacement => -displacement));
            Assert.Equal(first.Draw.Details["group"], second.Draw.Details["group"]);
        }

        Assert.Equal(3, Enumerable.Range(0, 6).Select(index => sampler.Draw(0, index).Draw.Details["group"]).Distinct().Count());
        Assert.Equal("special-300K-6-optimised-pairs-00005", ConfigurationFrame.Of(sampler.Draw(0, 5)).Info["id"]);
        Assert.False(ConfigurationFrame.Of(sampler.Draw(0, 5)).Info.ContainsKey("seed"));
    }

    [Fact]
    public void The_cells_do_not_depend_on_the_vectors_that_a_solver_finds_in_degenerate_sets()
    {
        // Noise far below the tolerance of degeneracy turns a solver's vectors within a set by any angle; of the cells it must change nothing that can be seen.
        ForceConstants springs = new SpringModel().Constants(Forty);
        double[] noisy = springs.Elements.ToArray();
        var random = new Philox(5, 0);
        for (int row = 0; row < 120; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double noise = 1e-11 * random.NextNormal();
                noisy[(row * 120) + column] += noise;
                noisy[(column * 120) + row] += row == column ? 0 : noise;
            }
        }

        var shaken = new ForceConstants(Forty, noisy);
        double Largest(Func<ForceConstants, HarmonicEnsemble> ensemble) => new SpecialDisplacementSampler(ensemble(springs), 2, SpecialSigns.Orthogonal).Draw(0, 1).DisplacementsCartesian
            .Zip(new SpecialDisplacementSampler(ensemble(shaken), 2, SpecialSigns.Orthogonal).Draw(99, 1).DisplacementsCartesian).Max(pair => (pair.First - pair.Second).Length);
        Assert.True(Largest(constants => new ThermalEnsemble(PhononModes.Of(constants), 300, ThermalStatistics.Quantum, new RejectSoftModes())) < 1e-8);
        Assert.True(Largest(constants => new WaveVectorEnsemble(DynamicalMatrix.Of(constants), Supercell.Of(Forty.Unit, 3, 3, 1), 300, ThermalStatistics.Quantum, new RejectSoftModes())) < 1e-8);
    }

    [Fact]
    public void Large_supercells_have_special_displacements_too()
    {
        // 39 atoms, 13 wave vectors, 114 modes; through q and -q, cosine and sine.
        var cell = Supercell.Of(TestCrystals.Triclinic, new IntegerMatrix3(new(3, 1, 0), new(0, 2, 1), new(1, 0, 2)));
        var waves = new WaveVectorEnsemble(DynamicalMatrix.Of(new SpringModel().Constants(Supercell.Of(TestCrystals.Triclinic, 2, 2, 2))), cell, 300, ThermalStatistics.Quantum, new RejectSoftModes());
        IDisplacementSampler exact = new SpecialDisplacementSampler(waves, 128, SpecialSigns.Orthogonal);
        Assert.True(SampleCovariance.Largest(SampleCovariance.Of(exact.Draw(0, 0, 128), 117, out _), SampleCovariance.Full(waves)) < 1e-14);
        Assert.All(exact.Draw(0, 0, 4), draw =>
        {
            Vector3D moment = Vector3D.Zero;
            for (int atom = 0; atom < 39; atom++)
            {
                moment += cell.Crystal.MassesAmu[atom] * draw.DisplacementsCartesian[atom];
            }

            Assert.True(moment.Length < 1e-11);
        });
        double drawn = Enumerable.Range(0, 10).Average(set => Error(new WaveVectorSampler(waves), 8, 8 * set));
        Assert.True(3 * Error(new SpecialDisplacementSampler(waves, 8), 8, 0) < drawn);
    }

    [Fact]
    public void Numbers_of_cells_that_do_not_fit_are_refused()
    {
        Assert.Contains("power of two", Assert.Throws<InputException>(() => new SpecialDisplacementSampler(Ensemble, 3, SpecialSigns.Orthogonal)).Message, StringComparison.Ordinal);
        Assert.Contains("even number", Assert.Throws<InputException>(() => new SpecialDisplacementSampler(Ensemble, 3, SpecialSigns.Optimised, isPaired: true)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpecialDisplacementSampler(Ensemble, 4).Draw(0, 4));
        var cold = new ThermalEnsemble(Ensemble.Modes, 0, ThermalStatistics.Classical, new RejectSoftModes());
        Assert.Contains("nothing moves", Assert.Throws<InputException>(() => new SpecialDisplacementSampler(cold, 4)).Message, StringComparison.Ordinal);
    }

    /// <summary>Root mean square deviation of the atoms' covariances from the ensemble's, relative to the mean square displacement.</summary>
    private static double Error(IDisplacementSampler sampler, int cells, int first)
    {
        int atoms = sampler.Reference.AtomCount;
        HarmonicEnsemble ensemble = sampler.Reference == FortyAtoms.Crystal ? FortyAtoms : new WaveVectorEnsemble(
            DynamicalMatrix.Of(new SpringModel().Constants(Supercell.Of(TestCrystals.Triclinic, 2, 2, 2))), Supercell.Of(TestCrystals.Triclinic, new IntegerMatrix3(new(3, 1, 0), new(0, 2, 1), new(1, 0, 2))), 300, ThermalStatistics.Quantum, new RejectSoftModes());
        double[] found = SampleCovariance.Of(sampler.Draw(1, first, cells), 3 * atoms, out _);
        ImmutableArray<Matrix3x3> wanted = ensemble.AtomCovariances();
        double squares = 0;
        for (int atom = 0; atom < atoms; atom++)
        {
            Matrix3x3 difference = SampleCovariance.Atom(found, atom) - wanted[atom];
            squares += (difference.RowA.LengthSquared + difference.RowB.LengthSquared + difference.RowC.LengthSquared) / (wanted[atom].Trace * wanted[atom].Trace);
        }

        return Math.Sqrt(squares / atoms);
    }

    private static IEnumerable<Vector3D> Mean(SpecialDisplacementSampler sampler) => Enumerable.Range(0, sampler.Reference.AtomCount).Select(atom =>
        Enumerable.Range(0, sampler.CellCount).Aggregate(Vector3D.Zero, (sum, cell) => sum + sampler.Draw(0, cell).DisplacementsCartesian[atom]) / sampler.CellCount);
}
