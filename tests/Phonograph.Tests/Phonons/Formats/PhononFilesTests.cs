using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons.Formats;

public sealed class PhononFilesTests
{
    private static readonly ForceConstants Springs = new SpringModel().Constants(ForceConstantsFitTests.SupercellOf("Triclinic"));
    private static readonly ImmutableArray<ForceSet> Sets = SpringModel.ForceSets(Springs, AtomDisplacement.CartesianPairs(Springs.Supercell, 0.01));

    [Fact]
    public void Force_sets_come_back_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "FORCE_SETS", "FORCE_SETS.gz" })
        {
            ForceSetsFile.Write(folder.File(name), Springs.Supercell, Sets);
            ImmutableArray<ForceSet> read = ForceSetsFile.Read(folder.File(name), Springs.Supercell);
            Assert.Equal(Sets.Select(set => set.Displacement), read.Select(set => set.Displacement));
            Assert.All(Sets.Zip(read), pair => AssertClose(pair.First.ForcesCartesian, pair.Second.ForcesCartesian, 1e-10));
        }

        Assert.False(SnapshotForceSetsFile.Matches(folder.File("FORCE_SETS")));
    }

    [Fact]
    public void Snapshots_come_back_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        ImmutableArray<DisplacedSnapshot> snapshots = ForceConstantsFitTests.Snapshots(Springs, 3);
        SnapshotForceSetsFile.Write(folder.File("FORCE_SETS"), Springs.Supercell, snapshots);
        Assert.True(SnapshotForceSetsFile.Matches(folder.File("FORCE_SETS")));
        ImmutableArray<DisplacedSnapshot> read = SnapshotForceSetsFile.Read(folder.File("FORCE_SETS"), Springs.Supercell);
        Assert.Equal(3, read.Length);
        Assert.All(snapshots.Zip(read), pair => AssertClose(pair.First.DisplacementsCartesian, pair.Second.DisplacementsCartesian, 1e-15));
        Assert.All(snapshots.Zip(read), pair => AssertClose(pair.First.ForcesCartesian, pair.Second.ForcesCartesian, 1e-10));
    }

    [Fact]
    public void Force_constants_come_back_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        ForceConstantsFile.Write(folder.File("FORCE_CONSTANTS"), Springs);
        ForceConstantsFitTests.AssertEqual(Springs, ForceConstantsFile.Read(folder.File("FORCE_CONSTANTS"), Springs.Supercell), 1e-14);
    }

    [Fact]
    public void One_count_at_the_top_means_the_same_as_two()
    {
        using var folder = new TemporaryFolder();
        ForceConstantsFile.Write(folder.File("two"), Springs);
        string[] lines = File.ReadAllLines(folder.File("two"));
        lines[0] = Springs.Supercell.Crystal.AtomCount.ToString(CultureInfo.InvariantCulture);
        string one = folder.Write("one", string.Join('\n', lines));
        ForceConstantsFitTests.AssertEqual(Springs, ForceConstantsFile.Read(one, Springs.Supercell), 1e-14);
    }

    [Fact]
    public void Compact_force_constants_are_completed_by_lattice_translations()
    {
        using var folder = new TemporaryFolder();
        ForceConstantsFile.Write(folder.File("full"), Springs);
        string compact = folder.Write("compact", Compact(File.ReadAllLines(folder.File("full"))));
        ForceConstantsFitTests.AssertEqual(Springs, ForceConstantsFile.Read(compact, Springs.Supercell), 1e-14);
    }

    [Fact]
    public void Constants_of_a_foreign_atom_order_or_another_supercell_are_refused()
    {
        using var folder = new TemporaryFolder();
        ForceConstants cubic = new SpringModel().Constants(ForceConstantsFitTests.SupercellOf("Ag3SBr"));
        int[] shuffled = [.. Enumerable.Range(0, 40)];
        new Philox(4, 0).Shuffle<int>(shuffled);
        var elements = new double[120 * 120];
        for (int row = 0; row < 120; row++)
        {
            for (int column = 0; column < 120; column++)
            {
                elements[(row * 120) + column] = cubic.Elements[(((3 * shuffled[row / 3]) + (row % 3)) * 120) + (3 * shuffled[column / 3]) + (column % 3)];
            }
        }

        ForceConstantsFile.Write(folder.File("foreign"), new ForceConstants(cubic.Supercell, elements));
        var error = Assert.Throws<InputException>(() => ForceConstantsFile.Read(folder.File("foreign"), cubic.Supercell));
        Assert.Contains("atom order", error.Message, StringComparison.Ordinal);
        ForceConstantsFile.Write(folder.File("right"), cubic);
        error = Assert.Throws<InputException>(() => ForceConstantsFile.Read(folder.File("right"), Springs.Supercell));
        Assert.Contains("line 1: found force constants of 40 × 40 atoms; expected 12 atoms", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labelled_frames_come_back_as_force_sets_whatever_the_order_and_image_of_their_atoms()
    {
        using var folder = new TemporaryFolder();
        Supercell supercell = Springs.Supercell;
        ExtendedXyzFrame[] frames = [.. DisplacedFrames.Write(supercell, [.. Sets.Select(set => set.Displacement)])];
        Assert.Equal("disp-001", frames[0].Info["id"]);
        Assert.Equal(["1", "1", "1", "1", "1", "1", "5"], frames.Take(7).Select(frame => frame.Info["displaced_atom"]));
        Assert.Equal("-0.01 0 0", frames[1].Info["displacement_A"]);
        for (int index = 0; index < frames.Length; index++)
        {
            int[] order = [.. Enumerable.Range(0, supercell.Crystal.AtomCount)];
            new Philox(8, (ulong)index).Shuffle<int>(order);
            Crystal crystal = TestCrystals.Reordered(frames[index].Crystal, order);
            var wrapped = new Crystal(crystal.Lattice, crystal.Elements, [.. crystal.PositionsFractional.Select(f => new Vector3D(f.X - Math.Floor(f.X), f.Y - 3, f.Z))]);
            frames[index] = new ExtendedXyzFrame(wrapped, frames[index].Info, frames[index].VectorColumns
                .SetItem("displacement", [.. order.Select(atom => frames[index].VectorColumns["displacement"][atom])])
                .Add("REF_forces", [.. order.Select(atom => Sets[index].ForcesCartesian[atom])]));
        }

        ExtendedXyz.Write(folder.File("labelled.xyz.gz"), frames);
        ImmutableArray<ForceSet> read = DisplacedFrames.Read(folder.File("labelled.xyz.gz"), supercell);
        Assert.Equal(Sets.Select(set => set.Displacement), read.Select(set => set.Displacement));
        Assert.All(Sets.Zip(read), pair => AssertClose(pair.First.ForcesCartesian, pair.Second.ForcesCartesian, 1e-8));
    }

    [Fact]
    public void Frames_that_do_not_fit_are_refused_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        Supercell supercell = Springs.Supercell;
        ExtendedXyzFrame frame = DisplacedFrames.Write(supercell, [Sets[0].Displacement]).Single();
        ExtendedXyzFrame labelled = frame with { VectorColumns = frame.VectorColumns.Add("REF_forces", Sets[0].ForcesCartesian) };
        string Message(ExtendedXyzFrame one, Supercell cell)
        {
            ExtendedXyz.Write(folder.File("frame.xyz"), [one]);
            return Assert.Throws<InputException>(() => DisplacedFrames.Read(folder.File("frame.xyz"), cell)).Message;
        }

        Assert.Contains("frame 1 (disp-001): found no column REF_forces", Message(frame, supercell), StringComparison.Ordinal);
        Assert.Contains("lattice vector 1", Message(labelled, ForceConstantsFitTests.SupercellOf("Ag3SBr")), StringComparison.Ordinal);
        Assert.Contains("0 displaced atoms", Message(labelled with { Crystal = supercell.Crystal, VectorColumns = labelled.VectorColumns.Remove("displacement") }, supercell), StringComparison.Ordinal);
        Assert.Contains("its column 'displacement' says", Message(labelled with { Crystal = supercell.Crystal }, supercell), StringComparison.Ordinal);
        var moved = new Vector3D[supercell.Crystal.AtomCount];
        moved[3] = new Vector3D(0.9, 0, 0);
        Assert.Contains("more than 0.5 Å", Message(labelled with { Crystal = supercell.Crystal.Displaced(moved), VectorColumns = labelled.VectorColumns.Remove("displacement") }, supercell), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_cut_short_anywhere_are_refused()
    {
        using var folder = new TemporaryFolder();
        ForceSetsFile.Write(folder.File("sets"), Springs.Supercell, [.. Sets.Take(2)]);
        ForceConstantsFile.Write(folder.File("full"), Springs);
        File.WriteAllText(folder.File("compact"), Compact(File.ReadAllLines(folder.File("full"))));
        SnapshotForceSetsFile.Write(folder.File("snapshots"), Springs.Supercell, ForceConstantsFitTests.Snapshots(Springs, 2));
        Cut(folder, "sets", path => ForceSetsFile.Read(path, Springs.Supercell), 1);
        Cut(folder, "full", path => ForceConstantsFile.Read(path, Springs.Supercell), 7);
        Cut(folder, "compact", path => ForceConstantsFile.Read(path, Springs.Supercell), 3);
        Cut(folder, "snapshots", path => SnapshotForceSetsFile.Read(path, Springs.Supercell), 1, Springs.Supercell.Crystal.AtomCount);
    }

    [Fact]
    public void Nonsense_is_refused_and_never_crashes() => Gen.Select(Gen.Int[0, 3], Gen.Int, Gen.OneOf(Gen.Const("x"), Gen.Const("nan"), Gen.Const("1e999"), Gen.Const(""), Gen.Const("-1"), Gen.Const("7 7 7 7"), Gen.String)).Sample(
        (kind, place, text) =>
        {
            using var folder = new TemporaryFolder();
            string path = folder.File("file");
            switch (kind)
            {
                case 0:
                    ForceSetsFile.Write(path, Springs.Supercell, [.. Sets.Take(2)]);
                    break;
                case 1:
                    ForceConstantsFile.Write(path, Springs);
                    break;
                case 2:
                    SnapshotForceSetsFile.Write(path, Springs.Supercell, ForceConstantsFitTests.Snapshots(Springs, 1));
                    break;
                default:
                    File.WriteAllText(path, text);
                    break;
            }

            string[] lines = File.ReadAllLines(path);
            if (lines.Length > 0)
            {
                lines[(int)((uint)place % (uint)lines.Length)] = text;
            }

            File.WriteAllText(path, string.Join('\n', lines));
            foreach (Action read in new Action[] { () => ForceSetsFile.Read(path, Springs.Supercell), () => ForceConstantsFile.Read(path, Springs.Supercell), () => SnapshotForceSetsFile.Read(path, Springs.Supercell) })
            {
                try
                {
                    read();
                }
                catch (InputException error)
                {
                    Assert.Contains(path, error.Message, StringComparison.Ordinal);
                }
            }
        },
        iter: 300);

    /// <summary>Reads the file cut after every step-th line; every cut before the end must be refused.</summary>
    private static void Cut(TemporaryFolder folder, string name, Action<string> read, int step, int harmless = int.MaxValue)
    {
        string[] lines = File.ReadAllLines(folder.File(name));
        read(folder.File(name));
        for (int kept = 0; kept < lines.Length; kept += step)
        {
            if (kept > 0 && kept % harmless == 0)
            {
                continue;
            }

            string cut = folder.Write("cut", string.Join('\n', lines[..kept]));
            Assert.Throws<InputException>(() => read(cut));
        }
    }

    /// <summary>Keeps the rows of the first atom of each kind in phonopy's order: 1, 5 and 9.</summary>
    private static string Compact(string[] full)
    {
        const int Atoms = 12, LinesPerRow = 4 * Atoms;
        return string.Join('\n', ["   3   12", .. new[] { 0, 4, 8 }.SelectMany(atom => full.Skip(1 + (atom * LinesPerRow)).Take(LinesPerRow))]);
    }

    private static void AssertClose(ImmutableArray<Vector3D> expected, ImmutableArray<Vector3D> found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.True((pair.First - pair.Second).Length < 2 * tolerance, $"{pair.First} {pair.Second}"));
    }
}
