using System.Globalization;
using CsCheck;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Polar;
using Phonograph.Testing;
using Phonograph.Tests.Crystals.Formats;

namespace Phonograph.Tests.Phonons.Formats;

public sealed class BornFileTests
{
    /// <summary>Rutile: the four oxygens are equivalent, but their tensors are turned.</summary>
    private static readonly Crystal Rutile = new(
        new Lattice(Matrix3x3.Diagonal(4.7, 4.7, 3.2)),
        [Element.Of("Sn"), Element.Of("Sn"), Element.Of("O"), Element.Of("O"), Element.Of("O"), Element.Of("O")],
        [new(0, 0, 0), new(0.5, 0.5, 0.5), new(0.306, 0.306, 0), new(0.694, 0.694, 0), new(0.194, 0.806, 0.5), new(0.806, 0.194, 0.5)]);

    private const string Text = """
        14.400
        4.4 0 0 0 4.4 0 0 0 4.8
        4.1 0.47 0 0.47 4.1 0 0 0 4.5
        -2.05 0.72 0 0.72 -2.05 0 0 0 -2.25
        """;

    [Fact]
    public void Equivalent_atoms_get_turned_tensors_as_in_phonopy()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("BORN", Text);
        BornCharges charges = BornFile.Read(path, Rutile);
        Assert.Equal(14.4, charges.CoulombElectronvoltAngstrom);
        Assert.Equal((0.72, 0.72, -0.72, -0.72), (charges.Charges[2][0, 1], charges.Charges[3][0, 1], charges.Charges[4][0, 1], charges.Charges[5][0, 1]));
        Assert.Equal(-0.47, charges.Charges[1][0, 1]);
        if (PythonProgram.Has("phonopy"))
        {
            const string Script = """
                import sys
                from phonopy.file_IO import parse_BORN
                from phonopy.structure.atoms import PhonopyAtoms
                cell = PhonopyAtoms(symbols=["Sn"] * 2 + ["O"] * 4, cell=[[4.7, 0, 0], [0, 4.7, 0], [0, 0, 3.2]], scaled_positions=[[0, 0, 0], [.5, .5, .5], [.306, .306, 0], [.694, .694, 0], [.194, .806, .5], [.806, .194, .5]])
                print(*[repr(float(x)) for x in parse_BORN(cell, filename=sys.argv[1])["born"].ravel()])
                """;
            double[] theirs = [.. PythonProgram.Run(Script, path).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            for (int index = 0; index < theirs.Length; index++)
            {
                Assert.Equal(theirs[index], charges.Charges[index / 9][index / 3 % 3, index % 3], 1e-12);
            }
        }
    }

    [Fact]
    public void What_is_written_comes_back_for_all_atoms()
    {
        using var folder = new TemporaryFolder();
        var group = SpaceGroup.Of(Rutile);
        BornCharges charges = BornFile.Read(folder.Write("BORN", Text.Replace("14.400", "14.4 0.9 0.2", StringComparison.Ordinal)), Rutile, group).Symmetrised(group);
        BornFile.Write(folder.File("again"), charges, group);
        BornCharges read = BornFile.Read(folder.File("again"), Rutile);
        Assert.Equal((14.4, 0.9, 0.2), (read.CoulombElectronvoltAngstrom, read.ReciprocalCutoff, read.Lambda));
        Assert.All(charges.Charges.Zip(read.Charges), pair => Assert.True(Enumerable.Range(0, 9).All(at => Math.Abs(pair.First[at / 3, at % 3] - pair.Second[at / 3, at % 3]) < 1e-11)));
        Assert.True(read.ChargeSum.Trace < 1e-10);
    }

    [Fact]
    public void Charges_of_all_atoms_and_a_comment_are_understood()
    {
        using var folder = new TemporaryFolder();
        string tensor = "1 0 0 0 1 0 0 0 1\n", opposite = "-1 0 0 0 -1 0 0 0 -1\n";
        BornCharges charges = BornFile.Read(folder.Write("BORN", "# epsilon and Z* of atoms 1 2\n3 0 0 0 3 0 0 0 3\n" + tensor + opposite), TestCrystals.RockSaltPrimitive);
        Assert.Equal(14.39964548, charges.CoulombElectronvoltAngstrom, 1e-7);
        Assert.Equal(-1, charges.Charges[1][0, 0]);
        string all = string.Concat(Enumerable.Repeat(tensor, 2)) + string.Concat(Enumerable.Repeat(opposite, 4));
        Assert.Equal(-1, BornFile.Read(folder.Write("BORN", "x\n3 0 0 0 3 0 0 0 3\n" + all), Rutile).Charges[5][1, 1]);
    }

    [Fact]
    public void Averaging_over_symmetry_keeps_what_obeys_it_and_makes_the_crystal_neutral()
    {
        using var folder = new TemporaryFolder();
        var group = SpaceGroup.Of(Rutile);
        BornCharges charges = BornFile.Read(folder.Write("BORN", Text.Replace("-2.05 0.72", "-2.02 0.72", StringComparison.Ordinal)), Rutile, group), averaged = charges.Symmetrised(group);
        Assert.True(Math.Abs(averaged.ChargeSum.Trace) < 1e-12);
        Assert.Equal(averaged.Charges[2][0, 0], averaged.Charges[2][1, 1], 1e-13);
        Assert.Equal(averaged.Charges[2][0, 1], averaged.Charges[2][1, 0], 1e-13);
        BornCharges again = averaged.Symmetrised(group);
        Assert.All(averaged.Charges.Zip(again.Charges), pair => Assert.Equal(pair.First[0, 0], pair.Second[0, 0], 1e-13));
    }

    [Theory]
    [InlineData("14.4\n4 0 0 0 4 0 0 0 4\n1 0 0 0 1 0 0 0 1\n", "found 1 Born charges; expected 2, one for each symmetry-distinct atom of the primitive cell (1 Sn, 3 O)")]
    [InlineData("14.4\n4 0 0 0 4 0 0 0\n", "nine numbers, the dielectric tensor")]
    [InlineData("14.4\n-4 0 0 0 4 0 0 0 4\n1 0 0 0 1 0 0 0 1\n1 0 0 0 1 0 0 0 1\n", "not positive")]
    [InlineData("-14.4\n4 0 0 0 4 0 0 0 4\n", "a positive number")]
    [InlineData("", "the end of the file")]
    public void What_does_not_fit_is_refused_by_name(string text, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("BORN", text);
        var error = Assert.Throws<InputException>(() => BornFile.Read(path, Rutile));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_never_crash()
    {
        using var folder = new TemporaryFolder();
        var group = SpaceGroup.Of(Rutile);
        DamagedText.Check(
            text =>
            {
                try
                {
                    BornFile.Read(folder.Write("BORN", text), Rutile, group);
                }
                catch (InputException error)
                {
                    Assert.Contains("BORN", error.Message, StringComparison.Ordinal);
                }
            },
            Text);
    }
}
