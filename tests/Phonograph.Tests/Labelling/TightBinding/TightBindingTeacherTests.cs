using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Labelling;
using Phonograph.Labelling.TightBinding;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Tests.Labelling.TightBinding;

public sealed class TightBindingTeacherTests
{
    private static readonly Crystal Ideal = Supercell.Of(TightBindingCrystals.SilverSulfideBromide, 2, 2, 2).Crystal;

    public static TheoryData<string, string, string> Teachers => new() { { "teacher-ag-s", "S-Ag", "Br-Ag" }, { "teacher-ag-br", "Br-Ag", "S-Ag" } };

    [Theory]
    [MemberData(nameof(Teachers))]
    public async Task The_engine_labels_with_a_teacher_by_its_level(string level, string pair, string other)
    {
        TightBindingTeacher teacher = Find(level);
        Assert.Equal((pair, $"{level}-2"), (teacher.Pair.ToString(), teacher.Parameters.Name));
        Assert.DoesNotContain(teacher.Parameters.Bonds.Keys, each => each.ToString() == other);
        Crystal cell = TightBindingCrystals.Shaken(Ideal, 3, 0.2);
        Label label = Assert.IsType<Label>(await new TightBindingEngine().ComputeAsync(
            new EngineRequest(cell, level, 0, Path.GetTempPath(), 1), TestContext.Current.CancellationToken));
        Assert.False(label.BandEdges.IsMetallic);
        Assert.Equal(GapParts.Of(teacher.Parameters, cell).GapElectronvolt, label.BandEdges.GapElectronvolt, 1e-12);
    }

    [Theory]
    [InlineData("teacher-ag-s", "S-Ag")]
    [InlineData("teacher-ag-br", "Br-Ag")]
    public void The_change_of_the_gap_with_displacements_comes_mostly_from_its_pair(string level, string pair)
    {
        TightBindingTeacher teacher = Find(level);
        TightBindingParameters alone = teacher.Parameters;
        foreach (ElementPair each in alone.Bonds.Keys.Where(each => each != teacher.Pair))
        {
            alone = alone.WithoutBond("alone", each.Lighter, each.Heavier);
        }

        double rest = GapParts.Of(teacher.Parameters, Ideal).GapElectronvolt, restAlone = GapParts.Of(alone, Ideal).GapElectronvolt;
        foreach (double amplitude in new[] { 0.1, 0.2, 0.3 })
        {
            Crystal cell = TightBindingCrystals.Shaken(Ideal, 5, amplitude);
            GapParts whole = GapParts.Of(teacher.Parameters, cell), part = GapParts.Of(alone, cell);
            double change = whole.GapElectronvolt - rest, changeAlone = part.GapElectronvolt - restAlone;
            Assert.True(Math.Abs(change - changeAlone) < 0.3 * Math.Abs(change), $"{level} {amplitude}: {change} eV, by the pair alone {changeAlone} eV");
            double cosine = Dot(whole, part) / Math.Sqrt(Dot(whole, whole) * Dot(part, part));
            Assert.True(cosine > 0.95, $"{level} {amplitude}: cosine {cosine}");
            Dictionary<string, double> parts = whole.Bonds.GroupBy(bond => bond.Pair.ToString()).ToDictionary(group => group.Key, group => group.Sum(bond => Math.Abs(bond.PartElectronvolt)));
            Assert.True(parts[pair] > 0.8 * parts.Values.Sum(), string.Join(", ", parts));
        }
    }

    [Fact]
    public void Every_hopping_is_inside_the_cutoff_of_graphs_and_every_one_lowers_the_gap()
    {
        foreach (TightBindingTeacher teacher in TightBindingTeacher.All)
        {
            Assert.True(teacher.Parameters.LongestCutoffAngstrom < GraphOptions.DefaultCutoffAngstrom);
            Assert.Equal(3, teacher.Parameters.Bonds.Count);
            // One sign for every bond: the bonding state.
            Assert.All(GapParts.Of(teacher.Parameters, TightBindingCrystals.Shaken(Ideal, 7, 0.1)).Bonds, bond => Assert.True(bond.PartElectronvolt < 0));
        }
    }

    private static TightBindingTeacher Find(string level) => TightBindingTeacher.All.Single(each => each.Level == level);

    private static double Dot(GapParts one, GapParts other) => one.ByPosition.Zip(other.ByPosition).Sum(pair => Vector3D.Dot(pair.First, pair.Second));
}
