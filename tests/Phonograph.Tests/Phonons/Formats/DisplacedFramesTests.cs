using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons.Formats;

public sealed class DisplacedFramesTests
{
    private static readonly ForceConstants Springs = new SpringModel().Constants(ForceConstantsFitTests.SupercellOf("Ag3SBr"));
    private static Supercell Supercell => Springs.Supercell;

    [Theory]
    [InlineData(0.02, false)]
    [InlineData(0.02, true)]
    [InlineData(0.8, true)]
    public void Cells_with_all_atoms_displaced_come_back_as_snapshots_whatever_the_order_of_their_atoms(double width, bool stated)
    {
        using var folder = new TemporaryFolder();
        DisplacedSnapshot[] snapshots = [.. Enumerable.Range(0, 3).Select(index => Draw(width, (ulong)index))];
        ExtendedXyz.Write(folder.File("cells.xyz"), snapshots.Select((snapshot, index) => Frame(snapshot, (ulong)index, stated)));
        ImmutableArray<DisplacedSnapshot> read = DisplacedFrames.ReadSnapshots(folder.File("cells.xyz"), Supercell);
        Assert.Equal(3, read.Length);
        foreach ((DisplacedSnapshot wanted, DisplacedSnapshot found) in snapshots.Zip(read))
        {
            Assert.All(wanted.DisplacementsCartesian.Zip(found.DisplacementsCartesian), pair => Assert.True((pair.First - pair.Second).Length < 1e-7));
            Assert.All(wanted.ForcesCartesian.Zip(found.ForcesCartesian), pair => Assert.True((pair.First - pair.Second).Length < 1e-7));
        }

        Assert.Empty(DisplacedFrames.SingleDisplacements(read));
        Assert.Contains("40 displaced atoms; expected exactly one", Assert.Throws<InputException>(() => DisplacedFrames.Read(folder.File("cells.xyz"), Supercell)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Atoms_that_moved_far_need_the_column_that_says_whence()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("cells.xyz"), [Frame(Draw(0.8, 1), 1, stated: false)]);
        Assert.Contains("or a column 'displacement'", Assert.Throws<InputException>(() => DisplacedFrames.ReadSnapshots(folder.File("cells.xyz"), Supercell)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_displacements_with_forces_in_another_atom_order_are_refused_and_large_ones_are_not_judged()
    {
        int[] foreign = [.. Enumerable.Range(0, 40).Select(atom => (atom / 8 * 8) + ((atom + 3) % 8))];
        DisplacedSnapshot Wrong(double width, ulong seed)
        {
            DisplacedSnapshot right = Draw(width, seed);
            return right with { ForcesCartesian = [.. foreign.Select(atom => right.ForcesCartesian[atom])] };
        }

        void Check(Func<ulong, DisplacedSnapshot> draw)
        {
            DisplacedSnapshot[] snapshots = [.. Enumerable.Range(0, 6).Select(index => draw((ulong)index))];
            ForceConsistency.Check("FORCE_SETS", SnapshotFit.Fit(Supercell, snapshots), snapshots);
        }

        Check(seed => Draw(0.01, seed));
        Assert.Contains("atom order", Assert.Throws<InputException>(() => Check(seed => Wrong(0.01, seed))).Message, StringComparison.Ordinal);
        Check(seed => Wrong(0.2, seed));
    }

    private static DisplacedSnapshot Draw(double width, ulong seed)
    {
        var random = new Philox(seed, 4);
        double Next() => width * (random.NextDouble() - 0.5) * 2;
        ImmutableArray<Vector3D> displacements = [.. Supercell.Crystal.Elements.Select(_ => new Vector3D(Next(), Next(), Next()))];
        return new DisplacedSnapshot(displacements, SpringModel.Forces(Springs, displacements));
    }

    private static ExtendedXyzFrame Frame(DisplacedSnapshot snapshot, ulong seed, bool stated)
    {
        int[] order = [.. Enumerable.Range(0, 40)];
        new Philox(seed, 5).Shuffle<int>(order);
        ImmutableArray<Vector3D> Ordered(ImmutableArray<Vector3D> column) => [.. order.Select(atom => column[atom])];
        var columns = ImmutableDictionary.CreateRange([KeyValuePair.Create("REF_forces", Ordered(snapshot.ForcesCartesian))]);
        return new ExtendedXyzFrame(
            TestCrystals.Reordered(Supercell.Crystal.Displaced(snapshot.DisplacementsCartesian.AsSpan()), order),
            ImmutableDictionary<string, string>.Empty,
            stated ? columns.Add("displacement", Ordered(snapshot.DisplacementsCartesian)) : columns);
    }
}
