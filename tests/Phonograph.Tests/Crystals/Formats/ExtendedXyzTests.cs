using System.Collections.Immutable;
using System.IO.Compression;
using CsCheck;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Crystals.Formats;

public class ExtendedXyzTests
{
    private const string Plain = "2\nLattice=\"4 0 0 0 5 0 0 0 6\" Properties=species:S:1:pos:R:3 pbc=\"T T T\" id=a1 REF_energy=-1.25\nAg 0 0 0\nS 2.0 2.5 3.0\n";

    private static readonly ImmutableDictionary<string, string> NoInfo = [];

    private static readonly ImmutableDictionary<string, ImmutableArray<Vector3D>> NoColumns = [];

    [Fact]
    public void A_plain_frame_gives_crystal_and_keys()
    {
        ExtendedXyzFrame frame = Assert.Single(Read(Plain));
        Assert.Equal(new Matrix3x3(new(4, 0, 0), new(0, 5, 0), new(0, 0, 6)), frame.Crystal.Lattice.Rows);
        Assert.Equal(new Vector3D(0.5, 0.5, 0.5), frame.Crystal.PositionsFractional[1]);
        Assert.Equal(["REF_energy", "id"], frame.Info.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("-1.25", frame.Info["REF_energy"]);
        Assert.Empty(frame.VectorColumns);
    }

    [Fact]
    public void Lattice_numbers_are_rows() =>
        Assert.Equal(new Vector3D(1, 2, 7), Read(Plain.Replace("0 5 0", "1 2 7", StringComparison.Ordinal))[0].Crystal.Lattice.B);

    [Fact]
    public void Columns_of_any_kind_are_understood_and_vectors_and_masses_kept()
    {
        ExtendedXyzFrame frame = Read(
            "1\nLattice=\"4 0 0 0 4 0 0 0 4\" Properties=tag:I:1:species:S:1:move:L:3:masses:R:1:pos:R:3:REF_forces:R:3:charge:R:1:name:S:2\n7 Ag T F true 110.5 1 1 1 0.1 -0.2 3e-1 0.5 x y\n")[0];
        Assert.Equal(110.5, frame.Crystal.MassesAmu[0]);
        Assert.Equal(new Vector3D(0.1, -0.2, 0.3), frame.VectorColumns["REF_forces"][0]);
        Assert.Single(frame.VectorColumns);
    }

    [Theory]
    [InlineData("note=\"two words\"", "two words")]
    [InlineData("note='two words'", "two words")]
    [InlineData("note={1 2 3}", "1 2 3")]
    [InlineData("note=[1, 2]", "1, 2")]
    [InlineData("note = spaced", "spaced")]
    [InlineData("note", "T")]
    [InlineData("note=F", "F")]
    [InlineData("\"note\"=quoted", "quoted")]
    [InlineData("note=\"say \\\"hi\\\" \\\\ there\"", "say \"hi\" \\ there")]
    [InlineData("note=\"\"", "")]
    [InlineData("note=1=2", "1=2")]
    public void Values_follow_the_quoting_rules(string written, string meant) =>
        Assert.Equal(meant, Read(Plain.Replace("id=a1", written, StringComparison.Ordinal))[0].Info["note"]);

    [Fact]
    public void Stress_stays_text_whether_of_nine_or_six_numbers()
    {
        Assert.Equal("1 0 0 0 2 0 0 0 3", Read(Plain.Replace("id=a1", "REF_stress=\"1 0 0 0 2 0 0 0 3\"", StringComparison.Ordinal))[0].Info["REF_stress"]);
        Assert.Equal("1 2 3 0 0 0", Read(Plain.Replace("id=a1", "REF_stress=\"1 2 3 0 0 0\"", StringComparison.Ordinal))[0].Info["REF_stress"]);
    }

    [Fact]
    public void Frames_without_properties_windows_lines_and_blank_lines_between_frames_are_read()
    {
        string text = Plain.Replace(" Properties=species:S:1:pos:R:3", "", StringComparison.Ordinal);
        Assert.Equal(3, Read((text + "\n\n" + text + text + "  \n").Replace("\n", "\r\n", StringComparison.Ordinal)).Count);
    }

    [Fact]
    public void Reading_streams_frame_by_frame()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.xyz", Plain + Plain + "nonsense\n");
        Assert.Equal(2, ExtendedXyz.Read(path).Take(2).Count());
        Assert.Throws<InputException>(() => ExtendedXyz.Read(path).Count());
    }

    [Theory]
    [InlineData("2\n", "two\n", 1, "'two'")]
    [InlineData("2\n", "0\n", 1, "'0'")]
    [InlineData("2\n", "3\n", 5, "the end of the file")]
    [InlineData("2\n", "1\n", 4, "'S 2.0 2.5 3.0'")]
    [InlineData("Lattice=\"4 0 0 0 5 0 0 0 6\" ", "", 2, "without Lattice")]
    [InlineData("0 0 0 6\"", "0 0 6\"", 2, "8 numbers")]
    [InlineData("0 0 0 6\"", "0 0 0 0\"", 2, "without volume")]
    [InlineData("0 0 0 6\"", "0 0 0 nan\"", 2, "'nan'")]
    [InlineData("\"T T T\"", "\"T T F\"", 2, "pbc")]
    [InlineData("\"T T T\"", "\"T T T", 2, "never closed")]
    [InlineData("pos:R:3", "pos:R", 2, "triples")]
    [InlineData("pos:R:3", "pos:Q:3", 2, "pos:Q:3")]
    [InlineData("pos:R:3", "pos:R:0", 2, "pos:R:0")]
    [InlineData("pos:R:3", "position:R:3", 2, "without pos")]
    [InlineData("species:S:1", "element:S:1", 2, "without species")]
    [InlineData("pos:R:3", "pos:R:3:pos:R:3", 2, "twice")]
    [InlineData("Ag 0 0 0", "Ag 0 0", 3, "3 fields")]
    [InlineData("Ag 0 0 0", "Ag 0 0 0 0", 3, "5 fields")]
    [InlineData("Ag 0 0 0", "Ag 0 0 x", 3, "'x'")]
    [InlineData("Ag 0 0 0", "Ag 0 0 NaN", 3, "'NaN'")]
    [InlineData("S 2.0", "Qq 2.0", 4, "'Qq'")]
    public void A_wrong_line_is_named(string right, string wrong, int line, string found)
    {
        string message = Assert.Throws<InputException>(() => Read(Plain.Replace(right, wrong, StringComparison.Ordinal))).Message;
        Assert.Contains($"a.xyz, line {line}: found", message, StringComparison.Ordinal);
        Assert.Contains(found, message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_refused() => Assert.Contains("no frame", Assert.Throws<InputException>(() => Read("\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_compressed_file_cut_short_or_broken_is_refused_with_its_name()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("cut.xyz.gz");
        ExtendedXyz.Write(path, Enumerable.Repeat(new ExtendedXyzFrame(TestCrystals.Shaken(TestCrystals.SilverSulphideBromide40, 1, 3), NoInfo, NoColumns), 20));
        byte[] whole = File.ReadAllBytes(path);
        foreach (int length in Enumerable.Range(0, whole.Length / 97).Select(step => 97 * step).Concat(Enumerable.Range(whole.Length - 30, 30)))
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Contains("cut.xyz.gz", Assert.Throws<InputException>(() => ExtendedXyz.Read(path).Count()).Message, StringComparison.Ordinal);
        }

        File.WriteAllText(path, "this is not compressed");
        Assert.Contains("compressed data", Assert.Throws<InputException>(() => ExtendedXyz.Read(path).Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_back_and_written_again_the_same() =>
        Gen.Select(Gen.ULong, Gen.Dictionary(Gen.String[Gen.Char[' ', '~'], 1, 10], Gen.String[Gen.Char[' ', '~'], 0, 20])[0, 5], Gen.Bool).Sample(
            (seed, info, ownMasses) =>
            {
                using var folder = new TemporaryFolder();
                Crystal crystal = TestCrystals.Shaken(TestCrystals.SilverSulphideBromide, 30, seed);
                crystal = ownMasses ? new Crystal(crystal.Lattice, crystal.Elements, crystal.PositionsFractional, [.. crystal.MassesAmu.Select(mass => mass / 3)]) : crystal;
                ImmutableArray<Vector3D> forces = [.. Enumerable.Range(0, 5).Select(atom => crystal.PositionCartesian(atom) / 7)];
                var frame = new ExtendedXyzFrame(crystal, info.ToImmutableDictionary(), NoColumns.Add("REF_forces", forces));
                ExtendedXyz.Write(folder.File("a.xyz"), [frame, frame]);
                ExtendedXyzFrame[] read = [.. ExtendedXyz.Read(folder.File("a.xyz"))];
                Assert.Equal(2, read.Length);
                Assert.Equal(crystal.Lattice, read[1].Crystal.Lattice);
                Assert.Equal(crystal.Elements, read[1].Crystal.Elements);
                Assert.Equal(crystal.MassesAmu, read[1].Crystal.MassesAmu);
                Assert.Equal(frame.Info.OrderBy(pair => pair.Key, StringComparer.Ordinal), read[1].Info.OrderBy(pair => pair.Key, StringComparer.Ordinal));
                for (int atom = 0; atom < 5; atom++)
                {
                    Assert.Equal(0, (crystal.PositionCartesian(atom) - read[1].Crystal.PositionCartesian(atom)).Length, 1.1e-8);
                    Assert.Equal(0, (forces[atom] - read[1].VectorColumns["REF_forces"][atom]).Length, 1.1e-8);
                }

                ExtendedXyz.Write(folder.File("b.xyz.gz"), read);
                using var unpacked = new StreamReader(new GZipStream(File.OpenRead(folder.File("b.xyz.gz")), CompressionMode.Decompress));
                Assert.Equal(File.ReadAllText(folder.File("a.xyz")), unpacked.ReadToEnd());
            },
            iter: 50);

    [Fact]
    public void Whatever_the_file_holds_the_reader_refuses_it_with_a_message_or_reads_it() =>
        DamagedText.Check(
            text =>
            {
                try
                {
                    Assert.NotEmpty(Read(text));
                }
                catch (InputException error)
                {
                    Assert.Contains("a.xyz", error.Message, StringComparison.Ordinal);
                }
            },
            Plain,
            Plain + Plain,
            Plain.Replace("pos:R:3", "pos:R:3:masses:R:1", StringComparison.Ordinal).Replace("\nAg 0 0 0\nS 2.0 2.5 3.0", "\nAg 0 0 0 1\nS 2 2 2 1", StringComparison.Ordinal));

    [Theory]
    [InlineData("Lattice", "forces")]
    [InlineData("id", "pos")]
    [InlineData("id", "a:b")]
    public void Keys_and_columns_that_would_break_the_format_are_refused(string key, string column)
    {
        using var folder = new TemporaryFolder();
        var frame = new ExtendedXyzFrame(TestCrystals.SilverSulphideBromide, NoInfo.Add(key, "1"), NoColumns.Add(column, [.. new Vector3D[5]]));
        Assert.Throws<ArgumentException>(() => ExtendedXyz.Write(folder.File("a.xyz"), [frame]));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Ase_reads_what_we_write_and_we_read_what_ase_writes()
    {
        Assert.SkipUnless(PythonProgram.Has("ase.io"), "needs ASE: apt-get install -y python3-ase");
        using var folder = new TemporaryFolder();
        Crystal crystal = TestCrystals.Shaken(TestCrystals.SilverSulphideBromide40, 1, 5);
        crystal = new Crystal(crystal.Lattice, crystal.Elements, crystal.PositionsFractional, [.. crystal.MassesAmu.Select(mass => mass + 0.5)]);
        ImmutableArray<Vector3D> forces = [.. Enumerable.Range(0, 40).Select(atom => crystal.PositionCartesian(atom) / 7)];
        var frame = new ExtendedXyzFrame(
            crystal,
            NoInfo.Add("id", "phonon-300K-00001").Add("REF_energy", "-1234.5678901234567").Add("REF_stress", "1 4 5 4 2 6 5 6 3").Add("metallic", "F").Add("soft_mode_policy", "absolute value \"all\""),
            NoColumns.Add("REF_forces", forces));
        ExtendedXyz.Write(folder.File("ours.xyz.gz"), [frame, frame]);
        const string script = """
            import sys, json, ase.io
            frames = ase.io.read(sys.argv[1], index=':', format='extxyz')
            a = frames[1]
            print(json.dumps([len(frames), a.cell.tolist(), a.positions.tolist(), a.get_masses().tolist(), a.arrays['REF_forces'].tolist(),
                              a.info['REF_energy'], a.info['id'], bool(a.info['metallic']), a.info['soft_mode_policy'], a.pbc.tolist(), a.info['REF_stress'].ravel().tolist()]))
            ase.io.write(sys.argv[2], frames, format='extxyz')
            """;
        using var document = System.Text.Json.JsonDocument.Parse(PythonProgram.Run(script, folder.File("ours.xyz.gz"), folder.File("theirs.xyz")));
        var seen = document.RootElement;
        Assert.Equal(2, seen[0].GetInt32());
        Assert.Equal(9.586, seen[1][2][2].GetDouble());
        for (int atom = 0; atom < 40; atom++)
        {
            Vector3D position = crystal.PositionCartesian(atom);
            Assert.Equal(position.Y, seen[2][atom][1].GetDouble(), 1e-8);
            Assert.Equal(crystal.MassesAmu[atom], seen[3][atom].GetDouble());
            Assert.Equal(forces[atom].Z, seen[4][atom][2].GetDouble(), 1e-8);
        }

        Assert.Equal(-1234.5678901234567, seen[5].GetDouble());
        Assert.Equal("phonon-300K-00001", seen[6].GetString());
        Assert.False(seen[7].GetBoolean());
        Assert.Equal("absolute value \"all\"", seen[8].GetString());
        Assert.True(seen[9][0].GetBoolean());
        Assert.Equal(6, seen[10][7].GetDouble());

        ExtendedXyzFrame back = ExtendedXyz.Read(folder.File("theirs.xyz")).Last();
        Assert.Equal(crystal.Elements, back.Crystal.Elements);
        Assert.Equal(frame.Info["soft_mode_policy"], back.Info["soft_mode_policy"]);
        Assert.Equal("F", back.Info["metallic"]);
        Assert.Equal(0, (crystal.PositionCartesian(7) - back.Crystal.PositionCartesian(7)).Length, 2e-8);
        Assert.Equal(0, (forces[7] - back.VectorColumns["REF_forces"][7]).Length, 2e-8);
    }

    private static List<ExtendedXyzFrame> Read(string text)
    {
        using var folder = new TemporaryFolder();
        return [.. ExtendedXyz.Read(folder.Write("a.xyz", text))];
    }
}
