using CsCheck;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Crystals.Formats;

public class PoscarTests
{
    private const string Plain = "Ag3SBr\n1.0\n4.8 0 0\n0 4.8 0\n0 0 4.8\nAg S Br\n3 1 1\nDirect\n0.5 0.5 0\n0.5 0 0.5\n0 0.5 0.5\n0.5 0.5 0.5\n0 0 0\n";

    [Fact]
    public void A_plain_file_gives_lattice_elements_and_fractional_positions()
    {
        Crystal crystal = Read(Plain);
        Assert.Equal(Lattice.Cubic(4.8), crystal.Lattice);
        Assert.Equal("Ag Ag Ag S Br", string.Join(' ', crystal.Elements));
        Assert.Equal(new Vector3D(0.5, 0, 0.5), crystal.PositionsFractional[1]);
        Assert.Equal(107.8682, crystal.MassesAmu[0]);
    }

    [Fact]
    public void Without_symbol_line_the_comment_names_the_species() =>
        Assert.Equal("Ag Ag Ag S Br", string.Join(' ', Read(Plain.Replace("Ag S Br\n", "", StringComparison.Ordinal).Replace("Ag3SBr", "Ag S Br cubic", StringComparison.Ordinal)).Elements));

    [Fact]
    public void Without_symbol_line_and_with_a_comment_that_names_no_elements_the_message_says_so() =>
        Refused(Plain.Replace("Ag S Br\n", "", StringComparison.Ordinal), 6, "VASP 4", "'Ag3SBr'", "Add a line");

    [Fact]
    public void A_negative_scale_is_the_volume() =>
        Assert.Equal(100, Read(Plain.Replace("\n1.0\n", "\n-100\n", StringComparison.Ordinal)).Lattice.Volume, 1e-9);

    [Fact]
    public void Three_scale_factors_act_on_x_y_and_z_of_cell_and_cartesian_positions()
    {
        Crystal crystal = Read("Ag\n2 3 0.5\n1 1 0\n0 1 0\n0 1 2\nAg\n1\nCartesian\n0.5 0.5 0.5\n");
        Assert.Equal(new Matrix3x3(new(2, 3, 0), new(0, 3, 0), new(0, 3, 1)), crystal.Lattice.Rows);
        AssertClose(new Vector3D(1, 1.5, 0.25), crystal.PositionCartesian(0));
    }

    [Theory]
    [InlineData("Cartesian")]
    [InlineData("cart")]
    [InlineData("K")]
    [InlineData("kartesisch")]
    public void The_first_letter_decides_for_cartesian_and_the_scale_acts_on_positions(string mode)
    {
        Crystal crystal = Read($"Ag\n2.0\n2 0 0\n0 2 0\n0 0 2\nAg\n1\n{mode}\n0.5 1 -1\n");
        AssertClose(new Vector3D(0.25, 0.5, -0.5), crystal.PositionsFractional[0]);
        AssertClose(new Vector3D(1, 2, -2), crystal.PositionCartesian(0));
    }

    [Fact]
    public void A_negative_scale_acts_on_cartesian_positions_too() =>
        AssertClose(new Vector3D(0.5, 0, 0), Read("Ag\n-64\n2 0 0\n0 2 0\n0 0 2\nAg\n1\nC\n1 0 0\n").PositionsFractional[0]);

    [Fact]
    public void Selective_dynamics_flags_and_trailing_labels_are_passed_over()
    {
        Crystal crystal = Read(Plain.Replace("Direct\n", "Selective dynamics\nDirect\n", StringComparison.Ordinal).Replace("0 0 0\n", "0 0 0 T F T Br5 ! corner\n", StringComparison.Ordinal));
        Assert.Equal(5, crystal.AtomCount);
    }

    [Fact]
    public void Species_in_separate_blocks_keep_their_order()
    {
        Crystal crystal = Read("x\n1\n5 0 0\n0 5 0\n0 0 5\nAg Br Ag\n1 2 1\nDirect\n0 0 0\n0.1 0 0\n0.2 0 0\n0.3 0 0\n");
        Assert.Equal("Ag Br Br Ag", string.Join(' ', crystal.Elements));
    }

    [Fact]
    public void Coordinates_outside_the_cell_are_kept() =>
        Assert.Equal(new Vector3D(-0.25, 1.5, 7), Read(Plain.Replace("\n0 0 0\n", "\n-0.25 1.5 7\n", StringComparison.Ordinal)).PositionsFractional[4]);

    [Fact]
    public void Velocities_after_an_empty_line_are_passed_over() =>
        Assert.Equal(5, Read(Plain + "\n" + string.Concat(Enumerable.Repeat("0.1 0.2 0.3\n", 5))).AtomCount);

    [Fact]
    public void Windows_line_ends_tabs_fortran_exponents_and_potential_names_are_read()
    {
        Crystal crystal = Read(Plain.Replace("4.8 0 0", "\t0.48D1\t0\t0 ", StringComparison.Ordinal).Replace("Ag S Br", "Ag_pv S/0f3a Br", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(Lattice.Cubic(4.8), crystal.Lattice);
        Assert.Equal("Ag Ag Ag S Br", string.Join(' ', crystal.Elements));
    }

    [Fact]
    public void A_left_handed_cell_is_read_as_it_is() =>
        Assert.True(Read(Plain.Replace("0 0 4.8", "0 0 -4.8", StringComparison.Ordinal)).Lattice.Rows.Determinant < 0);

    [Theory]
    [InlineData("Ag S Br", "Ag Sx Br", 6, "'Sx'")]
    [InlineData("3 1 1", "3 1", 7, "2 atom counts")]
    [InlineData("3 1 1", "3 1 1 1", 7, "4 atom counts")]
    [InlineData("3 1 1", "3 -1 1", 7, "'-1'")]
    [InlineData("3 1 1", "3 1.5 1", 7, "'1.5'")]
    [InlineData("3 1 1", "3 1 2000000000", 7, "'2000000000'")]
    [InlineData("3 1 1", "3 1 2", 14, "the end of the file")]
    [InlineData("3 1 1", "2 1 1", 13, "one more position")]
    [InlineData("\n1.0\n", "\n0\n", 2, "'0'")]
    [InlineData("\n1.0\n", "\n1 -1 1\n", 2, "'1 -1 1'")]
    [InlineData("\n1.0\n", "\nabc\n", 2, "'abc'")]
    [InlineData("0 0 4.8", "0 4.8 0", 5, "without volume")]
    [InlineData("0 0 4.8", "0 0 NaN", 5, "'NaN'")]
    [InlineData("0 0 4.8", "0 0", 5, "'0 0'")]
    [InlineData("0 0 4.8", "0 0 1e308", 5, "without volume")]
    [InlineData("Direct\n", "", 8, "'0.5 0.5 0'")]
    [InlineData("0.5 0.5 0.5", "0.5 nan 0.5", 12, "'nan'")]
    [InlineData("0.5 0.5 0.5", "0.5 ***** 0.5", 12, "'*****'")]
    [InlineData("0.5 0.5 0.5", "", 12, "an empty line")]
    public void A_wrong_line_is_named(string right, string wrong, int line, string found) =>
        Refused(Plain.Replace(right, wrong, StringComparison.Ordinal), line, found);

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no such file", Assert.Throws<InputException>(() => Poscar.Read(folder.File("nothing"))).Message, StringComparison.Ordinal);
        Assert.Contains("not a folder", Assert.Throws<InputException>(() => Poscar.Read(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("not a usable path", Assert.Throws<InputException>(() => Poscar.Read("")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_back() => Gen.Select(Gen.Double[-2, 2].Array[9], Gen.Double[-3, 3].Array[3, 30], Gen.Int[0, 1000]).Where((cell, _, _) => Math.Abs(Rows(cell).Determinant) > 0.1).Sample(
        (cell, numbers, seed) =>
        {
            using var folder = new TemporaryFolder();
            var random = new Numerics.Random.Philox((ulong)seed, 0);
            Vector3D[] positions = [.. numbers.Chunk(3).Where(chunk => chunk.Length == 3).Select(chunk => new Vector3D(chunk[0], chunk[1], chunk[2]))];
            var crystal = new Crystal(new Lattice(Rows(cell)), [.. positions.Select(_ => Element.All[random.NextInt32(3)])], [.. positions]);
            foreach (string name in new[] { "POSCAR", "POSCAR.gz" })
            {
                Poscar.Write(folder.File(name), crystal, "several\nlines");
                Crystal read = Poscar.Read(folder.File(name));
                Assert.Equal(crystal.Elements, read.Elements);
                Assert.All(crystal.PositionsFractional.Zip(read.PositionsFractional), pair => Assert.Equal(0, (pair.First - pair.Second).Length, 1e-15));
                Assert.Equal(0, (crystal.Lattice.A - read.Lattice.A).Length + (crystal.Lattice.B - read.Lattice.B).Length + (crystal.Lattice.C - read.Lattice.C).Length, 1e-14);
            }
        },
        iter: 30);

    [Fact]
    public void Whatever_the_file_holds_the_reader_refuses_it_with_a_message_or_reads_it() =>
        DamagedText.Check(
            text =>
            {
                try
                {
                    Assert.NotEqual(0, Read(text).AtomCount);
                }
                catch (InputException error)
                {
                    Assert.Contains("POSCAR", error.Message, StringComparison.Ordinal);
                }
            },
            Plain,
            Plain.Replace("Direct\n", "Selective dynamics\nCartesian\n", StringComparison.Ordinal));

    private static Matrix3x3 Rows(double[] n) => new(new(n[0], n[1], n[2]), new(n[3], n[4], n[5]), new(n[6], n[7], n[8]));

    private static void AssertClose(Vector3D expected, Vector3D actual) => Assert.Equal(0, (expected - actual).Length, 1e-12);

    private static Crystal Read(string text)
    {
        using var folder = new TemporaryFolder();
        return Poscar.Read(folder.Write("POSCAR", text));
    }

    private static void Refused(string text, int line, params string[] parts)
    {
        string message = Assert.Throws<InputException>(() => Read(text)).Message;
        Assert.Contains($"POSCAR, line {line}: found", message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
