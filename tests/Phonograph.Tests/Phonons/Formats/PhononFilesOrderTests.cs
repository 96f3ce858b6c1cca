using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Polar;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons.Formats;

/// <summary>Files in any atom order, compact constants, primitive cells, and which files are used when several are there.</summary>
public sealed class PhononFilesOrderTests
{
    private static readonly ForceConstants Springs = new SpringModel().Constants(Supercell.Of(PhonopyYamlFileTests.Conventional, 2, 1, 1));

    [Fact]
    public void Files_in_the_order_of_another_program_are_read_through_its_supercell()
    {
        using var folder = new TemporaryFolder();
        Supercell supercell = Springs.Supercell;
        ImmutableArray<int> phonopy = PhonopySupercellOrder.ToOwn(supercell);
        int[] shuffle = [.. Enumerable.Range(0, phonopy.Length)];
        new Philox(12, 0).Shuffle<int>(shuffle);
        Crystal listed = TestCrystals.Reordered(supercell.Crystal, [.. shuffle.Select(index => phonopy[index])]);
        ImmutableArray<int> order = SupercellMatching.ToOwn("SPOSCAR", supercell, listed);
        Assert.Equal(shuffle.Select(index => phonopy[index]), order);

        // The same file with its lines in the other program's order.
        ForceConstantsFile.Write(folder.File("FC"), Springs);
        string[] lines = File.ReadAllLines(folder.File("FC"));
        var other = new List<string> { lines[0] };
        for (int row = 0; row < shuffle.Length; row++)
        {
            for (int column = 0; column < shuffle.Length; column++)
            {
                int start = 1 + (4 * ((shuffle[row] * shuffle.Length) + shuffle[column]));
                other.AddRange([$"{row + 1} {column + 1}", lines[start + 1], lines[start + 2], lines[start + 3]]);
            }
        }

        File.WriteAllLines(folder.File("FC2"), other);
        ForceConstantsFitTests.AssertEqual(Springs, ForceConstantsFile.Read(folder.File("FC2"), supercell, order), 1e-14);
        Assert.Throws<InputException>(() => ForceConstantsFile.Read(folder.File("FC2"), supercell));

        ImmutableArray<ForceSet> sets = SpringModel.ForceSets(Springs, AtomDisplacement.CartesianPairs(supercell, 0.01));
        ForceSetsFile.Write(folder.File("SETS"), supercell, sets);
        string[][] blocks = [.. File.ReadAllText(folder.File("SETS")).Split("\n\n").Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        string moved = string.Join('\n', blocks.Select((block, index) => string.Join('\n', index == 0 ? block : [$"{Array.IndexOf(shuffle, int.Parse(block[0], System.Globalization.CultureInfo.InvariantCulture) - 1) + 1}", block[1], .. shuffle.Select(atom => block[2 + atom])])));
        ImmutableArray<ForceSet> read = ForceSetsFile.Read(folder.Write("SETS2", moved), supercell, order);
        Assert.Equal(sets.Select(set => set.Displacement), read.Select(set => set.Displacement));
        Assert.All(sets.Zip(read), pair => Assert.All(pair.First.ForcesCartesian.Zip(pair.Second.ForcesCartesian), forces => Assert.True((forces.First - forces.Second).Length < 1e-9)));
    }

    [Fact]
    public void A_supercell_that_is_another_is_refused_with_what_is_different()
    {
        Supercell supercell = Springs.Supercell;
        Crystal own = supercell.Crystal;
        var shift = new Vector3D[own.AtomCount];
        shift[3] = new Vector3D(0.1, 0, 0);
        AssertRefused("found atom 4 (Na)", own.Displaced(shift));
        AssertRefused("8 atoms", supercell.Unit);
        AssertRefused("lattice vector 1", new Crystal(new Lattice(1.02 * own.Lattice.Rows), own.Elements, own.PositionsFractional));
        AssertRefused("a site of its own", new Crystal(own.Lattice, own.Elements, [own.PositionsFractional[1], .. own.PositionsFractional[1..]]));
        ImmutableArray<Element> swapped = [.. own.Elements.Reverse()];
        AssertRefused("found atom 1 (Cl)", new Crystal(own.Lattice, swapped, own.PositionsFractional));

        // Other vectors of the same lattice are no difference.
        var turned = new Lattice(new Matrix3x3(own.Lattice.A, own.Lattice.B + own.Lattice.A, own.Lattice.C));
        Assert.Equal(Enumerable.Range(0, own.AtomCount), SupercellMatching.ToOwn("x", supercell, new Crystal(turned, own.Elements, [.. Enumerable.Range(0, own.AtomCount).Select(atom => turned.ToFractional(own.PositionCartesian(atom)))])));
        void AssertRefused(string message, Crystal file) =>
            Assert.Contains(message, Assert.Throws<InputException>(() => SupercellMatching.ToOwn("SPOSCAR", supercell, file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compact_constants_hold_the_same_and_phonopy_reads_them()
    {
        using var folder = new TemporaryFolder();
        ForceConstantsFile.Write(folder.File("compact"), Springs, isCompact: true);
        Assert.Equal("   2   16", File.ReadLines(folder.File("compact")).First());
        ForceConstantsFitTests.AssertEqual(Springs, ForceConstantsFile.Read(folder.File("compact"), Springs.Supercell), 1e-14);
        if (PythonProgram.Has("phonopy"))
        {
            string shape = PythonProgram.Run("import sys, numpy; from phonopy.file_IO import parse_FORCE_CONSTANTS; print(parse_FORCE_CONSTANTS(sys.argv[1], p2s_map=numpy.array([0, 8])).shape)", folder.File("compact"));
            Assert.Equal("(2, 16, 3, 3)", shape.Trim());
        }
    }

    [Theory]
    [InlineData("F")]
    [InlineData("0,1/2,1/2,1/2,0,1/2,1/2,1/2,0")]
    [InlineData("0 0.5 0.5 0.5 0 0.5 0.5 0.5 0")]
    public void A_primitive_cell_has_the_phonons_of_the_unit_cell_folded_out(string text)
    {
        PrimitiveTransformation transformation = PrimitiveTransformation.Parse(text);
        Crystal primitive = transformation.CellOf(Springs.Supercell.Unit);
        Assert.Equal(2, primitive.AtomCount);
        double[] unfolded = [.. DynamicalMatrix.Of(PrimitiveTransformation.OnPrimitive(Springs, primitive)).FrequenciesTerahertz(Vector3D.Zero)];
        double[] folded = [.. DynamicalMatrix.Of(Springs).FrequenciesTerahertz(Vector3D.Zero)];
        Assert.All(unfolded, frequency => Assert.Contains(folded, other => Math.Abs(other - frequency) < 1e-5));
    }

    [Theory]
    [InlineData("P", 1)]
    [InlineData("I", 0.5)]
    [InlineData("A", 0.5)]
    [InlineData("C", 0.5)]
    [InlineData("R", 1.0 / 3)]
    [InlineData("F", 0.25)]
    public void Centring_letters_mean_the_right_share_of_the_cell(string letter, double share) =>
        Assert.Equal(share, PrimitiveTransformation.Parse(letter).Rows.Determinant, 1e-12);

    [Theory]
    [InlineData("X")]
    [InlineData("1,0,0,0,1,0,0,0")]
    [InlineData("1,0,0,0,1,0,0,0,0")]
    [InlineData("2,0,0,0,1,0,0,0,1")]
    [InlineData("1/0,0,0,0,1,0,0,0,1")]
    public void What_is_no_primitive_cell_is_refused(string text) => Assert.Throws<InputException>(() => PrimitiveTransformation.Parse(text));

    [Fact]
    public void A_primitive_cell_of_another_centring_is_refused()
    {
        // A body-centred cell does not repeat to rock salt.
        Assert.Throws<InputException>(() => PrimitiveTransformation.Parse("I").CellOf(PhonopyYamlFileTests.Conventional));
        Assert.Throws<InputException>(() => PrimitiveTransformation.SupercellOf(Supercell.Of(TestCrystals.Triclinic, 1, 1, 1), TestCrystals.RockSaltPrimitive));
    }

    [Fact]
    public void Files_beside_the_yaml_file_are_used_when_it_lacks_them_and_named()
    {
        using var folder = new TemporaryFolder();
        Crystal primitive = PrimitiveTransformation.Parse("F").CellOf(Springs.Supercell.Unit);
        var document = new PhonopyDocument(Springs.Supercell, primitive);
        string yaml = folder.File("phonopy_disp.yaml");
        PhonopyYamlFile.Write(yaml, document);
        Assert.Contains("no forces", Assert.Throws<InputException>(() => new PhononFiles().Load(yaml)).Message, StringComparison.Ordinal);

        ForceSetsFile.Write(folder.File("FORCE_SETS"), Springs.Supercell, SpringModel.ForceSets(Springs, AtomDisplacement.CartesianPairs(Springs.Supercell, 0.01)));
        HarmonicCrystal crystal = new PhononFiles().Load(yaml);
        Assert.Equal(folder.File("FORCE_SETS"), crystal.Source);
        Assert.Null(crystal.Charges);

        folder.Write("BORN", "14.4\n2.4 0 0 0 2.4 0 0 0 2.4\n1.1 0 0 0 1.1 0 0 0 1.1\n-1.0 0 0 0 -1.0 0 0 0 -1.0\n");
        crystal = new PhononFiles().Load(yaml);
        Assert.Contains("BORN", crystal.Source, StringComparison.Ordinal);
        Assert.Equal(1.05, crystal.Charges!.Charges[0][0, 0], 1e-12);
        Assert.Equal(crystal.Matrix(null).FrequenciesTerahertz(new Vector3D(0.5, 0.5, 0)).AsEnumerable(), crystal.Matrix(null).FrequenciesTerahertz(new Vector3D(0.5, 0.5, 0)));

        // Constants come before sets, and what the file holds itself before both.
        ForceConstantsFile.Write(folder.File("FORCE_CONSTANTS"), Springs, isCompact: true);
        Assert.StartsWith(folder.File("FORCE_CONSTANTS"), new PhononFiles().Load(yaml).Source, StringComparison.Ordinal);
        PhonopyYamlFile.Write(yaml, document with { Constants = Springs, Charges = new BornCharges(Matrix3x3.Identity, [Matrix3x3.Identity, -1 * Matrix3x3.Identity]) });
        crystal = new PhononFiles().Load(yaml);
        Assert.Equal($"{yaml}: force constants, Born charges", crystal.Source);
        Assert.Equal(1, crystal.Charges!.Charges[0][0, 0], 1e-12);
        Assert.StartsWith(folder.File("FORCE_SETS"), new PhononFiles(ForceSets: folder.File("FORCE_SETS")).Load(yaml).Source, StringComparison.Ordinal);
    }
}
