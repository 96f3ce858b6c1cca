using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Explaining.Modes;
using Phonograph.Files;
using Phonograph.Labelling.TightBinding;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Reporting;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.Explaining.Modes;

public sealed class ModeRegressionTests
{
    private const int Cells = 240;
    private static readonly Supercell Cell = Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 2);
    private static readonly ThermalEnsemble Ensemble = new(PhononModes.Of(new SpringModel(5.0).Constants(Cell)), 300, ThermalStatistics.Quantum, new RejectSoftModes());
    private static readonly ImmutableArray<Configuration> Draws = [.. new PhononSampler(Ensemble).Draw(3, 0, Cells)];
    private static readonly ImmutableArray<ImmutableArray<double>> Amplitudes = [.. Draws.Select(draw => Ensemble.Modes.Amplitudes(draw.DisplacementsCartesian.AsSpan()))];
    private static readonly ModeRegressionOptions Options = new() { Resamples = 40, Folds = 5 };
    private static readonly ImmutableArray<ModeSet> Sets = ModeSet.Of(Cell, Ensemble, Options.DegeneracyTerahertz);

    [Fact]
    public void Sets_hold_every_mode_once_and_have_one_frequency_and_the_wave_vectors_of_the_supercell()
    {
        Assert.Equal(Ensemble.Modes.Count, Sets.Sum(set => set.Count));
        Assert.Equal(Enumerable.Range(0, Sets.Length), Sets.Select((set, place) => set.First == Sets.Take(place).Sum(earlier => earlier.Count) ? place : -1));
        Assert.All(Sets, set => Assert.All(Enumerable.Range(set.First, set.Count), mode => Assert.Equal(set.FrequencyTerahertz, Ensemble.Modes.FrequenciesTerahertz[mode], 1e-3)));
        Assert.True(Sets.Length < 50, $"{Sets.Length} sets of a cubic crystal.");

        // Five atoms: fifteen modes at each wave vector, three of them translations at the zone centre.
        Assert.Equal(12, Sets.Where(set => set.WaveVector == Vector3D.Zero).Sum(set => set.Count));
        Assert.All(Sets, set => Assert.Equal(0, set.Count % set.WaveVectors));
    }

    [Fact]
    public void The_stretch_of_all_sets_together_is_that_of_the_covariance_of_displacements()
    {
        double[] covariance = Ensemble.Covariance();
        int order = 3 * Cell.Crystal.AtomCount;
        double Along(Vector3D n, int first, int second)
        {
            double sum = 0;
            for (int alpha = 0; alpha < 3; alpha++)
            {
                for (int beta = 0; beta < 3; beta++)
                {
                    sum += n[alpha] * covariance[(((3 * first) + alpha) * order) + (3 * second) + beta] * n[beta];
                }
            }

            return sum;
        }

        ImmutableArray<ShellStretch> shells = ShellStretch.Of(Cell, Ensemble, Sets, 5.0);
        ImmutableArray<NeighbourPair> bonds = NeighbourSearch.Find(Cell.Crystal, 5.0);
        Assert.Equal(bonds.Length, 2 * Cell.CellCount * shells.Sum(shell => shell.BondsPerCell), 1e-9);
        foreach (ShellStretch shell in shells)
        {
            double[] expected =
            [
                .. bonds.Where(bond => new Phonograph.Explaining.Networks.ElementPair(Cell.Crystal.Elements[bond.Target], Cell.Crystal.Elements[bond.Source]) == shell.Pair && Math.Abs(bond.Distance - shell.LengthAngstrom) < 0.01)
                    .Select(bond => (Bond: bond, Direction: bond.SeparationCartesian / bond.Distance))
                    .Select(each => Along(each.Direction, each.Bond.Target, each.Bond.Target) + Along(each.Direction, each.Bond.Source, each.Bond.Source) - (2 * Along(each.Direction, each.Bond.Target, each.Bond.Source))),
            ];
            Assert.Equal(expected.Average(), shell.Total, 1e-12);
        }
    }

    [Fact]
    public void Nothing_depends_on_the_choice_of_vectors_within_degenerate_sets_or_on_the_order_of_cells()
    {
        ModeSample[] samples = [.. Samples(draw => Math.Exp(-Sets.Take(9).Sum(set => set.SquareOf(draw) / set.MeanSquare / 9)))];
        ModeRegression expected = Regressed(samples), turned = Regressed([.. samples.Reverse().Select(sample => sample with { Amplitudes = Turned(sample.Amplitudes) })]);
        Assert.NotEqual(samples[0].Amplitudes, Turned(samples[0].Amplitudes));
        Assert.Equal(expected.RSquared.Value, turned.RSquared.Value, 1e-9);
        Assert.Equal(expected.ThermalChange.Low, turned.ThermalChange.Low, 1e-9);
        foreach ((ModeRegressionRow one, ModeRegressionRow other) in expected.Rows.Zip(turned.Rows))
        {
            Assert.Equal(one.Share.Value, other.Share.Value, 1e-9);
            Assert.Equal(one.Share.High, other.Share.High, 1e-9);
            Assert.Equal(one.ThermalChange.Value, other.ThermalChange.Value, 1e-9);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(17)]
    public void A_property_made_by_one_set_is_found_with_its_sign_and_size(int place)
    {
        ModeSet made = Sets[place];
        var noise = new Philox(8, 0);
        ModeRegression found = Regressed([.. Samples(draw => 2 - (0.3 * made.SquareOf(draw) / made.MeanSquare) + (0.01 * noise.NextNormal()))]);
        Assert.InRange(found.RSquared.Value, 0.9, 1);
        Assert.InRange(found.Rows[place].Share.Value, 0.9, 1.05);
        Assert.All(found.Rows.Where((_, other) => other != place), row => Assert.InRange(row.Share.Value, -0.05, 0.05));
        Assert.Equal(-0.3, found.Rows[place].ThermalChange.Value, 0.02);
        Assert.InRange(found.Rows[place].ThermalChange.Value, found.Rows[place].ThermalChange.Low, found.Rows[place].ThermalChange.High);
        Assert.True(found.Rows[place].ThermalChange.High < 0);
        Assert.Equal(-0.3 / made.MeanSquare, found.Rows[place].Coefficient.Value, 0.02 / made.MeanSquare);
        Assert.Equal(2, found.AtRest.Value, 0.05);
    }

    [Fact]
    public void A_linear_dependence_on_a_mode_that_is_alone_counts_for_its_set()
    {
        int alone = Enumerable.Range(0, Sets.Length).First(set => Sets[set].Count == 1);
        ModeRegression found = Regressed([.. Samples(draw => 1 + (0.2 * draw[Sets[alone].First] / Math.Sqrt(Sets[alone].MeanSquare)))]);
        Assert.InRange(found.Rows[alone].Share.Value, 0.9, 1.05);
        Assert.InRange(found.Rows[alone].ThermalChange.Value, -0.02, 0.02);
    }

    [Theory]
    [InlineData("S")]
    [InlineData("Br")]
    public void Modes_that_lower_the_gap_of_a_teacher_are_those_that_stretch_the_bonds_which_make_it(string partner)
    {
        TightBindingTeacher teacher = TightBindingTeacher.All.Single(each => each.Partner.Symbol == partner);
        ModeRegression found = Regressed([.. Draws.Select((draw, place) => new ModeSample($"{place}", Amplitudes[place], GapParts.Of(teacher.Parameters, draw.Displaced()).GapElectronvolt))]);
        ShellStretch[] nearest = [.. found.Shells.Where(shell => shell.Shell == 1)];
        string all = string.Join(", ", nearest.Select(shell => $"{shell.Pair} {found.LoweringByStretch(shell):F2}")) + $"; R2 {found.RSquared.Value:F2}";
        ShellStretch best = nearest.MaxBy(found.LoweringByStretch)!;
        Assert.True(best.Pair == new Phonograph.Explaining.Networks.ElementPair(Element.Of("Ag"), teacher.Partner), all);
        Assert.True(found.LoweringByStretch(best) > 0.6, all);
    }

    [Fact]
    public void The_figure_draws_every_set_and_its_table_has_every_shell()
    {
        ModeRegression found = Regressed([.. Samples(draw => Sets[1].SquareOf(draw))]);
        using var folder = new TemporaryFolder();
        ImmutableArray<string> files = ModeFigures.Write(folder.File("modes"), found);
        string[] rows = File.ReadAllLines(files.Single(file => file.EndsWith(".csv", StringComparison.Ordinal)));
        Assert.Equal(1 + Sets.Length, rows.Length);
        Assert.Contains("stretch_Ag-S_2.397_A2", rows[0], StringComparison.Ordinal);
        Assert.All(rows, row => Assert.Equal(16 + found.Shells.Length, row.Split(',').Length));
        Assert.Contains("Ag-Br, 3.39 Å", File.ReadAllText(files.Single(file => file.EndsWith(".svg", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_cells_and_a_constant_property_are_refused()
    {
        Assert.Contains("9 independent cells", Assert.Throws<InputException>(() => Regressed([.. Samples(draw => draw[0]).Take(9)])).Message, StringComparison.Ordinal);
        Assert.Contains("the same in all cells", Assert.Throws<InputException>(() => Regressed([.. Samples(_ => 1.5)])).Message, StringComparison.Ordinal);
        Assert.Contains("number of folds", Assert.Throws<InputException>(() => (Options with { Folds = 1 }).Validated()).Message, StringComparison.Ordinal);
    }

    private static ModeRegression Regressed(IReadOnlyList<ModeSample> samples) => ModeRegression.Of(samples, Property.BandGap, Cell, Ensemble, Options);

    private static IEnumerable<ModeSample> Samples(Func<ImmutableArray<double>, double> value) =>
        Amplitudes.Select((draw, place) => new ModeSample($"cell-{place:D4}", draw, value(draw)));

    /// <summary>Amplitudes by other vectors of the same sets: plane rotations of neighbours.</summary>
    private static ImmutableArray<double> Turned(ImmutableArray<double> amplitudes)
    {
        double[] turned = [.. amplitudes];
        foreach (ModeSet set in Sets)
        {
            for (int mode = set.First; mode < set.First + set.Count - 1; mode++)
            {
                (double sine, double cosine) = Math.SinCos(0.7 + mode);
                (turned[mode], turned[mode + 1]) = ((cosine * turned[mode]) - (sine * turned[mode + 1]), (sine * turned[mode]) + (cosine * turned[mode + 1]));
            }
        }

        return [.. turned];
    }
}
