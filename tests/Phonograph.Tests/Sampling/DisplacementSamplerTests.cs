using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.Sampling;

public sealed class DisplacementSamplerTests
{
    private static readonly Crystal Reference = Supercell.Of(TestCrystals.Triclinic, 2, 1, 1).Crystal;
    private static readonly PhononModes Modes = PhononModes.Of(new SpringModel().Constants(Supercell.Of(TestCrystals.Triclinic, 2, 1, 1)));

    private static readonly ThermalEnsemble Ensemble = new(Modes, 300, ThermalStatistics.Quantum, new FreezeSoftModes());

    public static TheoryData<string> Schemes => ["phonon", "phonon by wave vector", "published", "uniform", "gaussian", "gaussian matched", "gaussian-energy", "species", "einstein"];

    [Fact]
    public void Covariance_of_thermal_draws_is_the_analytic_one_within_its_confidence()
    {
        // 20 000 draws with one fixed seed, 171 correlated scores: the largest stays below 4.5 with a probability above 0.998, their mean square near one.
        var ensemble = new ThermalEnsemble(Modes, 300, ThermalStatistics.Quantum, new RejectSoftModes());
        (double largest, double meanSquare) = SampleCovariance.Scores(((IDisplacementSampler)new PhononSampler(ensemble)).Draw(17, 0, 20000), ensemble.Covariance());
        Assert.True(largest < 4.5, $"largest deviation {largest} standard errors");
        Assert.InRange(meanSquare, 0.4, 1.9);
    }

    [Fact]
    public void Mode_coordinates_of_thermal_draws_have_the_variance_of_the_oscillators()
    {
        const int Draws = 4000;
        var ensemble = new ThermalEnsemble(Modes, 200, ThermalStatistics.Classical, new RejectSoftModes());
        var sampler = new PhononSampler(ensemble);
        var squares = new double[Modes.Count];
        for (int draw = 0; draw < Draws; draw++)
        {
            ImmutableArray<double> amplitudes = sampler.Draw(5, draw).Draw.ModeAmplitudes!.Value;
            for (int mode = 0; mode < squares.Length; mode++)
            {
                squares[mode] += amplitudes[mode] * amplitudes[mode] / ensemble.MeanSquareCoordinates[mode];
            }
        }

        // Standard error sqrt(2/4000) = 0.022.
        Assert.All(squares, sum => Assert.InRange(sum / Draws, 1 - 0.09, 1 + 0.09));
    }

    [Fact]
    public void Mode_coordinates_give_back_the_displacement()
    {
        Configuration draw = Sampler("phonon").Draw(3, 11);
        for (int atom = 0; atom < Reference.AtomCount; atom++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                double sum = 0;
                for (int mode = 0; mode < Modes.Count; mode++)
                {
                    sum += Modes.Vector(mode)[(3 * atom) + axis] * draw.Draw.ModeAmplitudes!.Value[mode];
                }

                Assert.Equal(draw.DisplacementsCartesian[atom][axis], sum / Math.Sqrt(Reference.MassesAmu[atom]), 1e-12);
            }
        }
    }

    [Fact]
    public void Uniform_draws_fill_their_width_and_gaussian_draws_have_their_moments()
    {
        // Without the drift of the centre of mass, which is known: coordinate i keeps the variance σ² (1 - 2 m_i/M + Σ m²/M²).
        const int Draws = 4000;
        double total = Reference.MassesAmu.Sum(), spread = Reference.MassesAmu.Sum(mass => mass * mass) / (total * total);
        foreach ((IDisplacementSampler sampler, double variance, double kurtosis) in new[] { (Sampler("uniform"), 0.4 * 0.4 / 12, 1.8), (Sampler("gaussian"), 0.01, 3.0) })
        {
            for (int atom = 0; atom < Reference.AtomCount; atom++)
            {
                double second = 0, mean = 0;
                for (int draw = 0; draw < Draws; draw++)
                {
                    Vector3D u = sampler.Draw(23, draw).DisplacementsCartesian[atom];
                    second += u.LengthSquared / 3;
                    mean += u.X;
                }

                double wanted = variance * (1 - (2 * Reference.MassesAmu[atom] / total) + spread);
                double error = wanted * Math.Sqrt((kurtosis - 1) / (3.0 * Draws));
                Assert.InRange(second / Draws, wanted - (4.5 * error), wanted + (4.5 * error));
                Assert.InRange(mean / Draws, -4.5 * Math.Sqrt(wanted / Draws), 4.5 * Math.Sqrt(wanted / Draws));
            }
        }

        double largest = Enumerable.Range(0, 500).Max(draw => Sampler("uniform").Draw(1, draw).DisplacementsCartesian.Max(u => Math.Max(Math.Abs(u.X), Math.Max(Math.Abs(u.Y), Math.Abs(u.Z)))));
        Assert.InRange(largest, 0.2, 0.4);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void The_centre_of_mass_stays(string scheme)
    {
        for (int draw = 0; draw < 20; draw++)
        {
            ImmutableArray<Vector3D> displacements = Sampler(scheme).Draw(2, draw).DisplacementsCartesian;
            Vector3D moment = Vector3D.Zero;
            for (int atom = 0; atom < displacements.Length; atom++)
            {
                moment += Reference.MassesAmu[atom] * displacements[atom];
            }

            Assert.True((moment / Reference.MassesAmu.Sum()).Length < 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void The_same_seed_gives_the_same_bits_in_any_order_and_on_any_number_of_threads(string scheme)
    {
        IDisplacementSampler sampler = Sampler(scheme);
        ImmutableArray<Vector3D>[] inOrder = [.. Enumerable.Range(0, 64).Select(draw => sampler.Draw(99, draw).DisplacementsCartesian)];
        var inParallel = new ImmutableArray<Vector3D>[64];
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, draw => inParallel[63 - draw] = Sampler(scheme).Draw(99, 63 - draw).DisplacementsCartesian);
        for (int draw = 0; draw < 64; draw++)
        {
            Assert.Equal(inOrder[draw], inParallel[draw]);
        }

        Assert.Equal(64, inOrder.Select(displacements => displacements[0]).Distinct().Count());
        Assert.NotEqual(inOrder[0], sampler.Draw(100, 0).DisplacementsCartesian);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Draws_made_together_are_those_made_one_by_one_to_the_last_bit(string scheme)
    {
        IDisplacementSampler sampler = Sampler(scheme);
        foreach (int count in new[] { 1, 3, 32, 41 })
        {
            Configuration[] together = [.. sampler.Draw(9, 5, count)];
            Assert.Equal(Enumerable.Range(5, count), together.Select(configuration => configuration.Draw.Index));
            foreach (Configuration configuration in together)
            {
                Configuration alone = sampler.Draw(9, configuration.Draw.Index);
                Assert.Equal(alone.DisplacementsCartesian, configuration.DisplacementsCartesian);
                Assert.Equal(alone.Draw.ModeAmplitudes ?? [], configuration.Draw.ModeAmplitudes ?? []);
                Assert.Equal(alone.Draw with { ModeAmplitudes = null }, configuration.Draw with { ModeAmplitudes = null });
            }
        }
    }

    [Fact]
    public void Equal_seeds_do_not_tie_the_schemes_together()
    {
        // 5 400 products: a standard error near 0.014; thermal draws are correlated within a cell, so the limit is wide.
        string[] schemes = [.. Schemes.Select(row => (string)row.Data)];
        Vector3D[][] drawn = [.. schemes.Select(scheme => Enumerable.Range(0, 300).SelectMany(draw => Sampler(scheme).Draw(1, draw).DisplacementsCartesian).ToArray())];
        for (int one = 0; one < schemes.Length; one++)
        {
            for (int other = 0; other < one; other++)
            {
                double correlation = drawn[one].Zip(drawn[other]).Sum(pair => Vector3D.Dot(pair.First, pair.Second));
                double size = Math.Sqrt(drawn[one].Sum(u => u.LengthSquared) * drawn[other].Sum(u => u.LengthSquared));
                Assert.True(Math.Abs(correlation / size) < 0.09, $"{schemes[one]} and {schemes[other]}: {correlation / size}");
            }
        }
    }

    [Fact]
    public void The_published_generator_draws_a_width_for_each_cell_and_moves_to_one_side_within_it()
    {
        const int Draws = 4000;
        double total = Reference.MassesAmu.Sum(), spread = Reference.MassesAmu.Sum(mass => mass * mass) / (total * total);
        double widths = 0, scaled = 0, most = 0;
        var squares = new double[Reference.AtomCount];
        foreach (Configuration draw in ((IDisplacementSampler)new PublishedSampler(Reference)).Draw(6, 0, Draws))
        {
            double width = draw.Draw.DrawnWidthAngstrom!.Value;
            Assert.InRange(width, 0.25, 1.25);
            widths += width / Draws;
            for (int axis = 0; axis < 3; axis++)
            {
                // To one side only and within the width: whatever the drift, coordinates differ by less than the width.
                double range = draw.DisplacementsCartesian.Max(u => u[axis]) - draw.DisplacementsCartesian.Min(u => u[axis]);
                Assert.True(range < width);
                most = Math.Max(most, range / width);
                scaled += range / width / (3 * Draws);
            }

            for (int atom = 0; atom < squares.Length; atom++)
            {
                squares[atom] += draw.DisplacementsCartesian[atom].LengthSquared / Draws;
            }
        }

        // A uniform width has the mean 0.75 and the standard error 1/√(12·4000) = 0.0046; the range of n uniform numbers has the mean (n - 1)/(n + 1) and a standard deviation below 0.16.
        Assert.InRange(widths, 0.75 - 0.02, 0.75 + 0.02);
        Assert.InRange(scaled, (5.0 / 7) - 0.008, (5.0 / 7) + 0.008);
        Assert.True(most > 0.97);

        // ⟨d²⟩/12 for each coordinate, less the drift; ⟨d²⟩ = (1.25³ - 0.25³)/3. The width dominates the scatter: a relative standard error of 0.011.
        double variance = (Math.Pow(1.25, 3) - Math.Pow(0.25, 3)) / 3 / 12;
        Assert.All(squares.Zip(Reference.MassesAmu), pair => Assert.Equal(1, pair.First / (3 * variance * (1 - (2 * pair.Second / total) + spread)), 0.06));
        ExtendedXyzFrame frame = ConfigurationFrame.Of(new PublishedSampler(Reference).Draw(6, 1));
        Assert.Equal("published-s6-00001", frame.Info["id"]);
        Assert.True(frame.Info.ContainsKey("drawn_width_A") && !frame.Info.ContainsKey("width_A"));
    }

    [Fact]
    public void The_frame_of_a_draw_says_everything_about_it()
    {
        ExtendedXyzFrame thermal = ConfigurationFrame.Of(Sampler("phonon").Draw(7, 12)), uniform = ConfigurationFrame.Of(Sampler("uniform").Draw(8, 3));
        Assert.Equal("phonon-300K-s7-00012", thermal.Info["id"]);
        Assert.Equal(("phonon", "7", "12", "300", "quantum", "freeze:0.01", "0"), (thermal.Info["scheme"], thermal.Info["seed"], thermal.Info["draw"],
            thermal.Info["temperature_K"], thermal.Info["statistics"], thermal.Info["soft_mode_policy"], thermal.Info["soft_modes_touched"]));
        Assert.Equal(Modes.Count, thermal.Info["mode_amplitudes"].Split(' ').Length);
        Assert.False(thermal.Info.ContainsKey("width_A"));
        Assert.Equal(("uniform-0.4A-s8-00003", "0.4"), (uniform.Info["id"], uniform.Info["width_A"]));
        Assert.False(uniform.Info.ContainsKey("temperature_K"));
        for (int atom = 0; atom < Reference.AtomCount; atom++)
        {
            Assert.True((uniform.Crystal.PositionCartesian(atom) - Reference.PositionCartesian(atom) - uniform.VectorColumns["displacement"][atom]).Length < 1e-12);
        }
    }

    [Fact]
    public void Widths_that_are_no_lengths_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformSampler(Reference, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianSampler(Reference, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThermalEnsemble(Modes, -1, ThermalStatistics.Quantum, new FreezeSoftModes()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampler("uniform").Draw(1, -1));
    }

    private static IDisplacementSampler Sampler(string scheme) => scheme switch
    {
        "phonon" => new PhononSampler(Ensemble),
        "phonon by wave vector" => new WaveVectorSampler(new WaveVectorEnsemble(
            DynamicalMatrix.Of(new SpringModel().Constants(Supercell.Of(TestCrystals.Triclinic, 2, 2, 2))), Supercell.Of(TestCrystals.Triclinic, 2, 1, 1), 300, ThermalStatistics.Quantum, new FreezeSoftModes())),
        "published" => new PublishedSampler(Reference),
        "gaussian matched" => IndependentGaussianSampler.MatchedDisplacement(Ensemble),
        "gaussian-energy" => IndependentGaussianSampler.MatchedEnergy(Ensemble),
        "species" => IndependentGaussianSampler.MatchedSpecies(Ensemble),
        "einstein" => IndependentGaussianSampler.Einstein(Ensemble),
        "uniform" => new UniformSampler(Reference, 0.4),
        "gaussian" => new GaussianSampler(Reference, 0.1),
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };
}
