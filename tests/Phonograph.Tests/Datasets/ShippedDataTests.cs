using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Reporting;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.Datasets;

/// <summary>The shipped labels are what their card and their recipe say.</summary>
public sealed class ShippedDataTests
{
    private static readonly Dataset Data = Dataset.Read([PathOf("cells.xyz.gz")]);
    private static readonly Supercell Cell = Supercell.Of(Poscar.Read(PathOf("POSCAR")), 2, 2, 2);
    private static readonly PhononModes Modes = PhononModes.Of(ForceConstantsFile.Read(PathOf("FORCE_CONSTANTS"), Cell));

    [Fact]
    public void The_card_is_the_one_that_its_files_give()
    {
        Assert.Empty(Data.Failures);
        var card = new DataCard(Data, DrawnCells.Read([PathOf("cells.xyz.gz")], Data), [PathOf("cells.xyz.gz")]) { Ideal = Data.ReadUndisplaced(PathOf("ideal.xyz.gz")), Vibrations = Modes };
        Assert.Equal(File.ReadAllText(PathOf("CARD.md")).ReplaceLineEndings("\n"), card.ToMarkdown());
    }

    [Fact]
    public void At_least_99_percent_of_each_scheme_and_condition_have_a_label()
    {
        Assert.Equal(8, Data.Census().Rows.Length);
        Assert.All(Data.Census().Rows, row => Assert.True(row.Drawn == 100 && row.Labelled >= 99, row.Stratum.Label));
    }

    [Theory]
    [InlineData(150, 1150)]
    [InlineData(600, 1600)]
    public void The_phonon_cells_are_drawn_again_from_the_force_constants(double temperature, ulong seed) => SameCells(
        new PhononSampler(new ThermalEnsemble(Modes, temperature, ThermalStatistics.Quantum, new AbsoluteFrequencies(0.5))), seed, new Stratum("phonon", temperature, null));

    [Theory]
    [InlineData(0.2, 22)]
    [InlineData(0.8, 28)]
    public void The_random_cells_are_drawn_again(double width, ulong seed) => SameCells(new UniformSampler(Cell.Crystal, width), seed, new Stratum("uniform", null, width));

    [Fact]
    public void The_force_constants_follow_from_the_forces()
    {
        var again = PhononModes.Of(ForceConstantsFit.Fit(Cell, DisplacedFrames.Read(PathOf("forces.xyz.gz"), Cell)).Symmetrised());
        Assert.All(again.FrequenciesTerahertz.Zip(Modes.FrequenciesTerahertz), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static void SameCells(IDisplacementSampler sampler, ulong seed, Stratum stratum)
    {
        LabelledConfiguration[] shipped = [.. Data.Configurations.Where(cell => cell.Stratum == stratum)];
        Assert.Equal(100, shipped.Length);
        foreach (LabelledConfiguration cell in shipped)
        {
            Configuration drawn = sampler.Draw(seed, int.Parse(cell.Frame.Info["draw"], System.Globalization.CultureInfo.InvariantCulture));
            ImmutableArray<Vector3D> moves = cell.DisplacementsCartesian!.Value;
            Assert.Equal(moves.Length, drawn.DisplacementsCartesian.Length);
            Assert.All(moves.Zip(drawn.DisplacementsCartesian), pair => Assert.True((pair.First - pair.Second).Length < 1e-6, cell.Id));
        }
    }

    private static string PathOf(string file) => Repository.PathOf("data", "ag3sbr-xtb", file);
}
