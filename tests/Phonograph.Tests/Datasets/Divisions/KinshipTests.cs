using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Files;

namespace Phonograph.Tests.Datasets.Divisions;

public sealed class KinshipTests
{
    private static readonly ExtendedXyzFrame Frame = LabelledFrames.Frame("one", "phonon", 300, null, 41);

    [Fact]
    public void Opposite_scaled_mirrored_moved_and_grouped_cells_are_one_group_and_others_are_not()
    {
        ImmutableDictionary<string, string> groups = CellGroups.Of(DivisionCells.Read([
            LabelledFrames.Frame("other", "phonon", 300, null, 42),
            DivisionCells.Mirrored(DivisionCells.Scaled(Frame, -1, "opposite"), "mirror of the opposite"),
            DivisionCells.Scaled(Frame, -1, "opposite"),
            DivisionCells.Scaled(Frame, 2, "double"),
            Frame,
            LabelledFrames.Frame("grouped", "phonon", 300, null, 43, ("group", "one")),
        ]), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(5, groups.Values.Count(group => group == "double"));
        Assert.Equal("other", groups["other"]);
    }

    [Fact]
    public void Cells_of_another_level_that_are_kin_to_test_cells_are_named_with_the_reason()
    {
        ImmutableArray<LabelledConfiguration> here = DivisionCells.Read([.. LabelledFrames.Study(10), .. DivisionCells.Frames(1, 6)]);
        var division = DivisionCells.Divide(here, new DivisionOptions { BlockFemtosecond = 60 });
        ExtendedXyzFrame test = LabelledFrames.Study(10).Find(frame => frame.Info["id"] == division.Test.First(cell => cell.Scheme == "phonon").Id)!;
        ExtendedXyzFrame pooled = LabelledFrames.Study(10).Find(frame => frame.Info["id"] == division.Pool[0].Id)!;
        ExtendedXyzFrame[] there =
        [
            .. new[] { test, test with { Info = test.Info.SetItem("id", "renamed") }, DivisionCells.Scaled(test, -1, "opposite"), DivisionCells.Mirrored(test, "turned"), pooled, LabelledFrames.Frame("new", "phonon", 300, null, 7) }
                .Concat(DivisionCells.Frames(2, 9, seed: 900)).Select(frame => frame with { Info = frame.Info.SetItem("level", "other") }),
        ];
        ImmutableArray<Exclusion> excluded = ExclusionList.Of(DivisionCells.Read(there), division, TestContext.Current.CancellationToken);
        Assert.Equal(
            [(test.Info["id"], Kinship.Identifier), ("opposite", Kinship.ScaledDisplacement), ("renamed", Kinship.Geometry), ("turned", Kinship.SymmetryCopy)],
            excluded.Where(each => each.TestCell == test.Info["id"]).Select(each => (each.Id, each.Reason)).OrderBy(each => each.Id == test.Info["id"] ? "" : each.Id, StringComparer.Ordinal));

        // Test frames stand at 0 to 100 fs of run 1: those at 120 and 140 fs are nearer to the last than 60 fs, that at 160 fs is not; run 2 is free.
        Assert.Equal([Kinship.TrajectoryNeighbour, Kinship.TrajectoryNeighbour], excluded.Where(each => each.Id is "md-300K-r1-0006" or "md-300K-r1-0007").Select(each => each.Reason));
        Assert.DoesNotContain(excluded, each => each.Id is "md-300K-r1-0008" or "new" || each.Id == pooled.Info["id"] || each.Id.Contains("r2", StringComparison.Ordinal));
    }

    [Fact]
    public void The_meter_sees_copies_by_symmetry_and_shared_groups_between_levels()
    {
        ImmutableArray<LabelledConfiguration> cells = DivisionCells.Read([Frame, DivisionCells.Mirrored(Frame, "turned"), LabelledFrames.Frame("far", "phonon", 300, null, 4, ("group", "g")), LabelledFrames.Frame("near", "phonon", 300, null, 5, ("group", "g"))]);
        LeakageReport leakage = LeakageCheck.Examine(new Split([cells[0], cells[2]], [], [cells[1], cells[3]]), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(("one", "turned"), (Assert.Single(leakage.SymmetryCopies).First, leakage.SymmetryCopies[0].Second));
        Assert.Equal(["g"], leakage.SharedGroups);
        Assert.False(leakage.IsClean);
    }

    [Fact]
    public void Labels_become_shifts_from_the_cell_at_rest_of_their_composition()
    {
        ImmutableArray<LabelledConfiguration> cells = DivisionCells.Read(LabelledFrames.Study(2));
        LabelledConfiguration rest = cells[3];
        foreach ((LabelledConfiguration before, LabelledConfiguration after) in cells.Zip(ShiftedLabels.Of(cells, [rest])))
        {
            Assert.All(Property.All, property => Assert.Equal(before[property] - rest[property], after[property]));
        }

        LabelledConfiguration salt = rest with { Frame = rest.Frame with { Crystal = new Crystal(rest.Crystal.Lattice, [.. rest.Crystal.Elements.Select(_ => Element.Of("Na"))], rest.Crystal.PositionsFractional) } };
        Assert.Contains("has no labelled cell at rest", Assert.Throws<InputException>(() => ShiftedLabels.Of(cells, [salt])).Message, StringComparison.Ordinal);
        Assert.Contains("Label the cell at rest alike", Assert.Throws<InputException>(() => ShiftedLabels.Of(cells, [rest with { Level = "other" }])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_compound_is_left_out_with_all_its_cells()
    {
        ImmutableArray<LabelledConfiguration> cells = DivisionCells.Read(LabelledFrames.Study(4));
        ImmutableArray<LabelledConfiguration> both = [.. cells, .. cells.Select(cell => cell with { Id = "iodide-" + cell.Id, Group = "iodide-" + cell.Id, Frame = Iodide(cell.Frame) })];
        var division = DivisionCells.Divide(both, new DivisionOptions { Kind = DivisionKind.Compound, HeldOut = ["Ag-I-S"] });
        Assert.Equal(cells.Length, division.Test.Length);
        Assert.All(division.Test, cell => Assert.StartsWith("iodide", cell.Id, StringComparison.Ordinal));
        Assert.Equal(
            division.Test.Select(cell => cell.Id),
            DivisionCells.Divide(both, new DivisionOptions { Kind = DivisionKind.Composition, HeldOut = [ChemicalFormula.OfCell(division.Test[0].Crystal)] }).Test.Select(cell => cell.Id));
    }

    private static ExtendedXyzFrame Iodide(ExtendedXyzFrame frame) => frame with
    {
        Crystal = new Crystal(
            frame.Crystal.Lattice, [.. frame.Crystal.Elements.Select(element => element.Symbol == "Br" ? Element.Of("I") : element)],
            [.. frame.Crystal.PositionsFractional.Select((place, atom) => place + (0.01 * new Numerics.LinearAlgebra.Vector3D(Math.Sin(atom), Math.Cos(atom), 0)))]),
    };
}
