using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;
using Phonograph.Tests.Learning.Baselines;

namespace Phonograph.Tests.Datasets;

public sealed class ModeProjectionTests
{
    private static readonly ImmutableArray<LabelledConfiguration> Cells = ModeCells.Cells(4, q => q[0]);

    [Fact]
    public void Amplitudes_put_together_again_give_the_displacement_without_its_drift()
    {
        PhononModes modes = ModeCells.Modes;
        double total = modes.Crystal.MassesAmu.Sum();
        foreach (LabelledConfiguration cell in Cells)
        {
            ImmutableArray<Vector3D> moves = cell.DisplacementsCartesian!.Value;
            Vector3D drift = moves.Select((move, atom) => modes.Crystal.MassesAmu[atom] / total * move).Aggregate((first, second) => first + second);
            double[] amplitudes = Amplitudes(cell);
            for (int atom = 0; atom < moves.Length; atom++)
            {
                Vector3D sum = Vector3D.Zero;
                for (int mode = 0; mode < modes.Count; mode++)
                {
                    ReadOnlySpan<double> vector = modes.Vector(mode);
                    sum += amplitudes[mode] / Math.Sqrt(modes.Crystal.MassesAmu[atom]) * new Vector3D(vector[3 * atom], vector[(3 * atom) + 1], vector[(3 * atom) + 2]);
                }

                Assert.True((sum - (moves[atom] - drift)).Length < 1e-5);
            }
        }
    }

    [Fact]
    public void Without_stated_displacements_the_shortest_way_from_rest_is_taken()
    {
        LabelledConfiguration cell = Cells[0];
        LabelledConfiguration bare = cell with { Frame = cell.Frame with { VectorColumns = cell.Frame.VectorColumns.Clear() } };
        Assert.All(Amplitudes(cell).Zip(Amplitudes(Again(bare))), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
    }

    [Fact]
    public void Other_cells_and_other_sites_are_refused()
    {
        LabelledConfiguration cell = Cells[0];
        LabelledConfiguration grown = cell with { Frame = cell.Frame with { Crystal = Supercell.Of(cell.Crystal, 2, 1, 1).Crystal } };
        Assert.Contains("the supercell of the modes", Assert.Throws<InputException>(() => Again(grown)).Message, StringComparison.Ordinal);
        LabelledConfiguration moved = cell with { Frame = cell.Frame with { Crystal = cell.Crystal.Displaced([.. cell.Crystal.Elements.Select(_ => new Vector3D(0.1, 0, 0))]) } };
        Assert.Contains("beside its site", Assert.Throws<InputException>(() => Again(moved)).Message, StringComparison.Ordinal);
        Assert.Contains("a supercell of the unit cell", Assert.Throws<InputException>(() => ModeProjection.SupercellOf(TestCrystals.Triclinic, cell)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_supercell_is_found_from_the_lattice()
    {
        Crystal crystal = Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 1, 3).Crystal;
        Assert.Equal(IntegerMatrix3.Diagonal(2, 1, 3), ModeProjection.SupercellOf(TestCrystals.SilverSulphideBromide, Cells[0] with { Frame = Cells[0].Frame with { Crystal = crystal } }).Matrix);
    }

    [Fact]
    public void The_shipped_thermal_cells_have_the_amplitudes_that_they_were_drawn_with()
    {
        static string PathOf(string file) => Repository.PathOf("data", "ag3sbr-xtb", file);
        Dataset data = Dataset.Read([PathOf("cells.xyz.gz")]);
        var modes = PhononModes.Of(ForceConstantsFile.Read(PathOf("FORCE_CONSTANTS"), ModeProjection.SupercellOf(Poscar.Read(PathOf("POSCAR")), data.Configurations[0])));
        ImmutableArray<LabelledConfiguration> again = ModeProjection.Apply(data.Configurations, modes, "shipped");
        Assert.All(again, cell => Assert.Equal(modes.Count, Amplitudes(cell).Length));
        foreach ((LabelledConfiguration drawn, LabelledConfiguration projected) in data.Configurations.Zip(again).Where(pair => pair.First.SchemeClass == "phonon"))
        {
            Assert.All(Amplitudes(drawn).Zip(Amplitudes(projected)), pair => Assert.Equal(pair.First, pair.Second, 3e-6));
        }
    }

    private static LabelledConfiguration Again(LabelledConfiguration cell) => ModeProjection.Apply([cell], ModeCells.Modes, "springs")[0];

    private static double[] Amplitudes(LabelledConfiguration cell) =>
        [.. cell.Frame.Info[ModeProjection.AmplitudesKey].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
}
