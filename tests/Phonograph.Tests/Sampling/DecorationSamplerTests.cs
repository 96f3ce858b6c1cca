using Phonograph.Crystals.Alloys;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Sampling;
using Phonograph.Testing;
using Phonograph.Units;

namespace Phonograph.Tests.Sampling;

public sealed class DecorationSamplerTests
{
    private static readonly DecorationSet Cube = DecorationSet.Of(new Alloy(TestCrystals.SilverSulphideBromide40, Substitution.Parse("Br=Br,I")));

    private static readonly DecorationEnergies Energies = new([.. Cube.Decorations.Select(decoration => 0.03 * Math.Sin(1 + (3.7 * decoration.Number)))], 500);

    [Fact]
    public void Composition_uniform_every_composition_is_equally_probable_and_degeneracy_decides_within_it()
    {
        var sampler = DecorationSampler.UniformComposition(Cube);
        Assert.All(Cube.Decorations, decoration => Assert.Equal(decoration.Degeneracy / (9.0 * Cube.Compositions.Single(each => each.Name == decoration.Composition).PatternCount), sampler.Probabilities[decoration.Number], 1e-15));
        Assert.Equal(1, sampler.Probabilities.Sum(), 1e-14);
    }

    /// <summary>Every one of the 256 patterns by itself: each site is iodine with probability x.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void Ideal_mixing_is_what_independent_sites_make(double x)
    {
        var sampler = DecorationSampler.IdealMixing(Cube, [1 - x, x]);
        double[] byIodine = new double[9];
        for (int pattern = 0; pattern < 256; pattern++)
        {
            int iodine = System.Numerics.BitOperations.PopCount((uint)pattern);
            byIodine[iodine] += Math.Pow(x, iodine) * Math.Pow(1 - x, 8 - iodine);
        }

        Assert.All(Cube.Compositions, composition => Assert.Equal(byIodine[composition.Counts[1]], composition.Decorations.Sum(decoration => sampler.Probabilities[decoration.Number]), 1e-13));
        Assert.Equal(8 * x, Cube.Decorations.Sum(decoration => sampler.Probabilities[decoration.Number] * decoration.Counts[1]), 1e-13);
        Assert.Equal(1, sampler.Probabilities.Sum(), 1e-13);
    }

    [Fact]
    public void Energies_order_atoms_by_Boltzmann_factors_and_leave_the_composition()
    {
        DecorationSampler plain = DecorationSampler.IdealMixing(Cube, [0.6, 0.4]), ordered = DecorationSampler.IdealMixing(Cube, [0.6, 0.4], Energies);
        foreach (AlloyComposition composition in Cube.Compositions)
        {
            Assert.Equal(composition.Decorations.Sum(each => plain.Probabilities[each.Number]), composition.Decorations.Sum(each => ordered.Probabilities[each.Number]), 1e-14);
            Decoration first = composition.Decorations[0];
            Assert.All(composition.Decorations, each => Assert.Equal(
                (double)each.Degeneracy / first.Degeneracy * Math.Exp((Energies.EnergiesElectronvolt[first.Number] - Energies.EnergiesElectronvolt[each.Number]) / (PhysicalConstants.BoltzmannElectronvoltPerKelvin * 500)),
                ordered.Probabilities[each.Number] / ordered.Probabilities[first.Number],
                1e-10));
        }

        // The zero of energy, even one for each composition, means nothing; heat undoes the order.
        DecorationEnergies shifted = Energies with { EnergiesElectronvolt = [.. Cube.Decorations.Select(each => Energies.EnergiesElectronvolt[each.Number] - 11000 - (50 * each.Counts[1]))] };
        Assert.All(DecorationSampler.IdealMixing(Cube, [0.6, 0.4], shifted).Probabilities.Zip(ordered.Probabilities), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.All(DecorationSampler.IdealMixing(Cube, [0.6, 0.4], Energies with { TemperatureKelvin = 1e12 }).Probabilities.Zip(plain.Probabilities), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draws_have_the_stated_probabilities(bool isOrdered)
    {
        const int Count = 40000;
        var sampler = DecorationSampler.UniformComposition(Cube, isOrdered ? Energies : null);
        int[] found = new int[Cube.Decorations.Length];
        for (int index = 0; index < Count; index++)
        {
            found[sampler.Draw(11, index).Number]++;
        }

        Assert.All(Cube.Decorations, decoration =>
        {
            double expected = sampler.Probabilities[decoration.Number], error = Math.Sqrt(expected * (1 - expected) / Count);
            Assert.InRange(found[decoration.Number] / (double)Count, expected - (4.5 * error), expected + (4.5 * error));
        });
    }

    [Fact]
    public void A_fixed_composition_draws_nothing_else_and_pure_ends_are_reached()
    {
        Assert.All(Enumerable.Range(0, 200), index => Assert.Equal("Br4I4", DecorationSampler.FixedComposition(Cube, Cube.Compositions[4]).Draw(1, index).Composition));
        Assert.All(Enumerable.Range(0, 50), index => Assert.Equal("I8", DecorationSampler.IdealMixing(Cube, [0, 1]).Draw(1, index).Name[..2]));
        Assert.All(Enumerable.Range(0, 50), index => Assert.Equal("Br8", DecorationSampler.IdealMixing(Cube, [1, 0]).Draw(1, index).Name[..3]));
    }

    [Fact]
    public void Energies_are_read_from_labelled_decorations_in_any_order()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyzFrame[] frames = [.. Cube.Decorations.Select(decoration => DecorationFrame.Of(Cube, decoration)).Select((frame, number) => frame with { Info = frame.Info.Add("REF_energy", (-number * 0.5).ToString(System.Globalization.CultureInfo.InvariantCulture)) }).Reverse()];
        string Written(IEnumerable<ExtendedXyzFrame> cells)
        {
            ExtendedXyz.Write(folder.File("cells.xyz"), cells);
            return folder.File("cells.xyz");
        }

        string Message(IEnumerable<ExtendedXyzFrame> cells) => Assert.Throws<InputException>(() => DecorationEnergies.Read(Written(cells), Cube, 300)).Message;
        Assert.Equal(Enumerable.Range(0, 22).Select(number => -number * 0.5), DecorationEnergies.Read(Written(frames), Cube, 300).EnergiesElectronvolt);
        Assert.Contains("found no energy of decoration Br8-1", Message(frames[..^1]), StringComparison.Ordinal);
        Assert.Contains("frame 23: found decoration I8-1 a second time", Message([.. frames, frames[0]]), StringComparison.Ordinal);
        Assert.Contains("frame 1: found REF_energy=nothing", Message([frames[0] with { Info = frames[0].Info.Remove("REF_energy") }]), StringComparison.Ordinal);
        Assert.Contains("frame 1: found decoration=Br9-1", Message([frames[0] with { Info = frames[0].Info.SetItem("decoration", "Br9-1") }]), StringComparison.Ordinal);
        Assert.Contains("frame 1: found other atoms than those of decoration Br8-1", Message([frames[0] with { Info = frames[0].Info.SetItem("decoration", "Br8-1") }]), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_fractions_and_energies_are_refused()
    {
        Assert.Throws<ArgumentException>(() => DecorationSampler.IdealMixing(Cube, [0.6, 0.6]));
        Assert.Throws<ArgumentException>(() => DecorationSampler.IdealMixing(Cube, [1.5, -0.5]));
        Assert.Throws<ArgumentException>(() => DecorationSampler.UniformComposition(Cube, Energies with { TemperatureKelvin = 0 }));
        Assert.Throws<ArgumentException>(() => DecorationSampler.UniformComposition(Cube, new DecorationEnergies([1, 2], 300)));
    }
}
