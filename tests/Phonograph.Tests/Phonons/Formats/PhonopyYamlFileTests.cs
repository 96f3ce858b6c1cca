using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Polar;
using Phonograph.Testing;
using Phonograph.Tests.Crystals.Formats;

namespace Phonograph.Tests.Phonons.Formats;

public sealed class PhonopyYamlFileTests
{
    private static readonly ForceConstants Springs = new SpringModel().Constants(ForceConstantsFitTests.SupercellOf("Triclinic"));

    [Theory]
    [InlineData("phonopy_params.yaml")]
    [InlineData("phonopy_params.yaml.xz")]
    [InlineData("phonopy_params.yaml.gz")]
    public void What_is_written_comes_back(string name)
    {
        using var folder = new TemporaryFolder();
        PhonopyDocument document = Document();
        PhonopyYamlFile.Write(folder.File(name), document);
        PhonopyDocument read = PhonopyYamlFile.Read(folder.File(name));
        Assert.Equal(document.Supercell.Matrix, read.Supercell.Matrix);
        Assert.Equal(document.ForceSets.Select(set => set.Displacement), read.ForceSets.Select(set => set.Displacement));
        Assert.All(document.ForceSets.Zip(read.ForceSets), pair => AssertClose(pair.First.ForcesCartesian, pair.Second.ForcesCartesian));
        ForceConstantsFitTests.AssertEqual(Springs, read.Constants!, 1e-14);
        Assert.Equal(document.Charges!.Dielectric, read.Charges!.Dielectric);
        Assert.Equal(document.Charges.Charges.AsEnumerable(), read.Charges.Charges);
        Assert.Equal(14.4, read.Charges.CoulombElectronvoltAngstrom);
        Assert.Equal(document.PrimitiveCell.MassesAmu.AsEnumerable(), read.PrimitiveCell.MassesAmu);

        // Snapshots of all atoms instead of single displacements.
        ImmutableArray<DisplacedSnapshot> snapshots = ForceConstantsFitTests.Snapshots(Springs, 3);
        PhonopyYamlFile.Write(folder.File(name), document with { ForceSets = [], Snapshots = snapshots, Constants = null });
        read = PhonopyYamlFile.Read(folder.File(name));
        Assert.Null(read.Constants);
        Assert.All(snapshots.Zip(read.Snapshots), pair => AssertClose(pair.First.ForcesCartesian, pair.Second.ForcesCartesian));
        Assert.All(snapshots.Zip(read.Snapshots), pair => AssertClose(pair.First.DisplacementsCartesian, pair.Second.DisplacementsCartesian));
    }

    [Theory]
    [InlineData("Ag3SBr", "P")]
    [InlineData("Triclinic", "P")]
    [InlineData("RockSalt", "P")]
    [InlineData("ConventionalRockSalt", "F")]
    public void Phonopy_reads_what_is_written_and_we_read_what_phonopy_writes(string name, string centring)
    {
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        using var folder = new TemporaryFolder();
        Supercell supercell = name == "ConventionalRockSalt" ? Supercell.Of(Conventional, 2, 2, 2) : ForceConstantsFitTests.SupercellOf(name);
        ForceConstants springs = new SpringModel().Constants(supercell);
        Crystal primitive = PrimitiveTransformation.Parse(centring).CellOf(supercell.Unit);

        // phonopy wants no displacements of atoms that the primitive lattice repeats; it makes constants of them that differ from cell to cell.
        int[] primitiveAtoms = [.. Enumerable.Range(0, supercell.Unit.AtomCount).Where(atom => primitive.AtomCount == supercell.Unit.AtomCount || atom is 0 or 4)];
        ImmutableArray<ForceSet> sets = SpringModel.ForceSets(springs, AtomDisplacement.CartesianPairs(supercell, 0.01).Where(displacement => primitiveAtoms.Contains(supercell.UnitAtom[displacement.Atom])));
        PhonopyYamlFile.Write(folder.File("ours.yaml.xz"), new PhonopyDocument(supercell, primitive) { ForceSets = sets });
        const string Script = """
            import sys, warnings
            warnings.filterwarnings("ignore")
            import phonopy
            folder = sys.argv[1]
            p = phonopy.load(folder + "/ours.yaml.xz", is_nac=False, log_level=0)
            for q in ([0, 0, 0], [0.5, 0, 0], [0.1, 0.2, 0.3]):
                print(*[repr(float(f)) for f in p.get_frequencies(q)])
            p.save(folder + "/theirs.yaml", settings={"force_constants": True, "force_sets": False, "displacements": False})
            p.save(folder + "/sets.yaml")
            """;
        string[] answer = PythonProgram.Run(Script, folder.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        DynamicalMatrix[] matrices =
        [
            new PhononFiles().Load(folder.File("ours.yaml.xz")).Matrix(), new PhononFiles().Load(folder.File("theirs.yaml")).Matrix(), new PhononFiles().Load(folder.File("sets.yaml")).Matrix(),
        ];
        Vector3D[] waves = [new(0, 0, 0), new(0.5, 0, 0), new(0.1, 0.2, 0.3)];
        for (int q = 0; q < waves.Length; q++)
        {
            double[] expected = [.. answer[q].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            foreach (DynamicalMatrix matrix in matrices)
            {
                PhonopyCase.AssertFrequencies(expected, matrix.FrequenciesTerahertz(waves[q]));
            }
        }
    }

    [Fact]
    public void Any_yaml_style_reads_the_same()
    {
        Assert.SkipUnless(PythonProgram.Has("yaml"), "needs PyYAML: apt-get install -y python3-yaml");
        using var folder = new TemporaryFolder();
        PhonopyYamlFile.Write(folder.File("ours.yaml"), Document());
        const string Script = """
            import sys, yaml
            folder = sys.argv[1]
            data = yaml.safe_load(open(folder + "/ours.yaml"))
            yaml.safe_dump(data, open(folder + "/block.yaml", "w"), default_flow_style=False)
            yaml.safe_dump(data, open(folder + "/flow.yaml", "w"), default_flow_style=True)
            yaml.safe_dump(data, open(folder + "/mixed.yaml", "w"), default_flow_style=None, explicit_start=True)
            """;
        PythonProgram.Run(Script, folder.Path);
        File.WriteAllText(folder.File("windows.yaml"), File.ReadAllText(folder.File("ours.yaml")).Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n...\r\n");
        PhonopyDocument expected = PhonopyYamlFile.Read(folder.File("ours.yaml"));
        foreach (string style in new[] { "block", "flow", "mixed", "windows" })
        {
            PhonopyDocument read = PhonopyYamlFile.Read(folder.File(style + ".yaml"));
            Assert.Equal(expected.FileOrder.AsEnumerable(), read.FileOrder);
            Assert.All(expected.ForceSets.Zip(read.ForceSets), pair => Assert.Equal(pair.First.ForcesCartesian.AsEnumerable(), pair.Second.ForcesCartesian));
            Assert.True(expected.Constants!.Elements.SequenceEqual(read.Constants!.Elements));
            Assert.Equal(expected.Charges!.Charges.AsEnumerable(), read.Charges!.Charges);
        }
    }

    [Fact]
    public void Atoms_are_matched_by_place_whatever_their_order_and_image()
    {
        using var folder = new TemporaryFolder();
        PhonopyDocument document = Document() with { Constants = null, Charges = null };
        PhonopyYamlFile.Write(folder.File("a.yaml"), document);
        string text = File.ReadAllText(folder.File("a.yaml"));
        int atoms = document.Supercell.Crystal.AtomCount;
        int[] order = [.. Enumerable.Range(0, atoms)];
        new Philox(4, 0).Shuffle<int>(order);

        // The supercell and the forces of every set in another order, one atom in another image.
        string[] lines = [.. text.Split('\n')];
        int first = Array.IndexOf(lines, "supercell:") + 6;
        string[][] points = [.. Enumerable.Range(0, atoms).Select(atom => lines[(first + (4 * atom))..(first + (4 * atom) + 4)])];
        var shuffled = new List<string>(lines[..first]);
        shuffled.AddRange(order.SelectMany(atom => points[atom]));
        string[] rest = lines[(first + (4 * atoms))..];
        for (int index = 0; index < rest.Length; index++)
        {
            if (rest[index].StartsWith("- atom:", StringComparison.Ordinal))
            {
                int old = int.Parse(rest[index].Split(':')[1], CultureInfo.InvariantCulture) - 1;
                shuffled.Add($"- atom: {Array.IndexOf(order, old) + 1}");
            }
            else if (rest[index] == "  forces:")
            {
                shuffled.Add(rest[index]);
                shuffled.AddRange(order.Select(atom => rest[index + 1 + atom]));
                index += atoms;
            }
            else
            {
                shuffled.Add(rest[index]);
            }
        }

        PhonopyDocument read = PhonopyYamlFile.Read(folder.Write("b.yaml", string.Join('\n', shuffled)));
        Assert.Equal(document.ForceSets.Select(set => set.Displacement), read.ForceSets.Select(set => set.Displacement));
        Assert.All(document.ForceSets.Zip(read.ForceSets), pair => AssertClose(pair.First.ForcesCartesian, pair.Second.ForcesCartesian));
        Assert.NotEqual(PhonopySupercellOrder.ToOwn(document.Supercell).AsEnumerable(), read.FileOrder);
    }

    [Fact]
    public void Units_of_other_calculators_are_converted()
    {
        const double Bohr = 0.529177210544, Rydberg = 13.6056931229905;
        using var folder = new TemporaryFolder();
        const string Text = """
            phonopy:
              version: 2.17.1
              calculator: qe
              nac_unit_conversion_factor: 2.000000
            physical_unit:
              atomic_mass: "AMU"
              length: "au"
              force_constants: "Ry/au^2"
            supercell_matrix:
            - [ 1, 0, 0 ]
            - [ 0, 1, 0 ]
            - [ 0, 0, 1 ]
            unit_cell:
              lattice:
              - [ 7.0, 0, 0 ]
              - [ 0, 7.0, 0 ]
              - [ 0, 0, 7.0 ]
              points:
              - symbol: Cs1 # 1
                coordinates: [ 0, 0, 0 ]
              - {symbol: Cl, coordinates: [0.5, 0.5, 0.5], mass: 35.0}
            born_effective_charge:
            - [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
            - [[-1, 0, 0], [0, -1, 0], [0, 0, -1]]
            dielectric_constant: [[2, 0, 0], [0, 2, 0], [0, 0, 2]]
            displacements:
            - atom: 2
              displacement: [ 0.02, 0, 0 ]
              forces:
              - [ 0.1, 0, 0 ]
              - [ -0.1, 0, 0 ]
            """;
        PhonopyDocument read = PhonopyYamlFile.Read(folder.Write("qe.yaml", Text));
        Assert.Equal(7 * Bohr, read.Supercell.Unit.Lattice.A.X, 1e-12);
        Assert.Equal(0.02 * Bohr, read.ForceSets[0].Displacement.DisplacementCartesian.X, 1e-12);
        Assert.Equal(0.1 * Rydberg / Bohr, read.ForceSets[0].ForcesCartesian[0].X, 1e-9);
        Assert.Equal(2 * Rydberg * Bohr, read.Charges!.CoulombElectronvoltAngstrom, 1e-9);
        Assert.Equal(("qe", 35.0), (read.Calculator, read.Supercell.Unit.MassesAmu[1]));
    }

    [Theory]
    [InlineData("supercell_matrix:", "supercell_matrix_of_old:", "the key 'supercell_matrix'")]
    [InlineData("- symbol: Na # 1", "- symbol: Xx # 1", "the symbol 'Xx'")]
    [InlineData("length: \"angstrom\"", "length: \"furlong\"", "the length unit 'furlong'")]
    [InlineData("- [   2,   1,   0 ]", "- [ 999, 999, 999 ]", "elements beyond 500")]
    [InlineData("- atom:    1", "- atom:   77", "displaced atom 77")]
    [InlineData("primitive_matrix:", "primitive_matrix: &a", "numbers, texts, lists, keys")]
    [InlineData("shape: [ 12, 12 ]", "shape: [ 12, 13 ]", "force constants of 12 × 13 atoms")]
    [InlineData("    mass: 22.98976928", "    mass: -1", "a cell that cannot be")]
    [InlineData("dielectric_constant:\n  - [  3", "dielectric_constant:\n  - [ -3", "not positive")]
    [InlineData("displacements:", "displacements: [", "without its closing bracket")]
    [InlineData("  forces:", "\tforces:", "a tab")]
    [InlineData("unit_cell:", "supercell:", "a second time")]
    public void What_does_not_fit_is_refused_by_name(string find, string replace, string message)
    {
        using var folder = new TemporaryFolder();
        PhonopyYamlFile.Write(folder.File("a.yaml"), Document());
        string text = File.ReadAllText(folder.File("a.yaml"));
        Assert.Contains(find, text, StringComparison.Ordinal);
        int at = text.IndexOf(find, StringComparison.Ordinal);
        string path = folder.Write("b.yaml", text[..at] + replace + text[(at + find.Length)..]);
        var error = Assert.Throws<InputException>(() => PhonopyYamlFile.Read(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_supercell_of_another_crystal_is_refused()
    {
        using var folder = new TemporaryFolder();
        PhonopyYamlFile.Write(folder.File("a.yaml"), Document());
        string[] lines = File.ReadAllLines(folder.File("a.yaml"));
        int first = Array.IndexOf(lines, "supercell:") + 7;
        lines[first] = "    coordinates: [ 0.3, 0.3, 0.3 ]";
        var error = Assert.Throws<InputException>(() => PhonopyYamlFile.Read(folder.Write("b.yaml", string.Join('\n', lines))));
        Assert.Contains("atom 1 (Na)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_never_crash()
    {
        using var folder = new TemporaryFolder();
        PhonopyDocument document = Document();
        PhonopyYamlFile.Write(folder.File("a.yaml"), document with { ForceSets = [document.ForceSets[0]], Constants = null });
        string sets = File.ReadAllText(folder.File("a.yaml"));
        PhonopyYamlFile.Write(folder.File("a.yaml"), document with { ForceSets = [], Snapshots = ForceConstantsFitTests.Snapshots(Springs, 1), Constants = null });
        string snapshots = File.ReadAllText(folder.File("a.yaml"));
        DamagedText.Check(
            text =>
            {
                string path = folder.Write("damaged.yaml", text);
                try
                {
                    PhonopyYamlFile.Read(path);
                }
                catch (InputException error)
                {
                    Assert.Contains(path, error.Message, StringComparison.Ordinal);
                }
            },
            sets,
            snapshots);
    }

    [Fact]
    public void Compressed_files_are_read_by_others_and_broken_ones_refused()
    {
        using var folder = new TemporaryFolder();
        string text = string.Join('\n', Enumerable.Range(0, 60_000).Select(line => (line * 2654435761L % 1000003).ToString(CultureInfo.InvariantCulture)));
        AtomicFile.WriteText(folder.File("t.xz"), text);
        using (StreamReader reader = AtomicFile.OpenText(folder.File("t.xz")))
        {
            Assert.Equal(text, reader.ReadToEnd());
        }

        byte[] bytes = File.ReadAllBytes(folder.File("t.xz"));
        Assert.True(bytes.Length < text.Length * 0.7);
        File.WriteAllBytes(folder.File("cut.xz"), bytes[..(bytes.Length / 2)]);
        Assert.Throws<InputException>(() => AtomicFile.OpenText(folder.File("cut.xz")));
        bytes[bytes.Length / 2] ^= 0x55;
        File.WriteAllBytes(folder.File("broken.xz"), bytes);
        Assert.Throws<InputException>(() => AtomicFile.OpenText(folder.File("broken.xz")));
        if (PythonProgram.Has("lzma"))
        {
            string length = PythonProgram.Run("import lzma, sys; print(len(lzma.open(sys.argv[1], 'rt').read()))", folder.File("t.xz"));
            Assert.Equal(text.Length, int.Parse(length, CultureInfo.InvariantCulture));
        }
    }

    internal static Crystal Conventional { get; } = new(
        Lattice.Cubic(5.69),
        [.. Enumerable.Repeat(Element.Of("Na"), 4), .. Enumerable.Repeat(Element.Of("Cl"), 4)],
        [new(0, 0, 0), new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0), new(0.5, 0.5, 0.5), new(0.5, 0, 0), new(0, 0.5, 0), new(0, 0, 0.5)]);

    private static PhonopyDocument Document()
    {
        ImmutableArray<ForceSet> sets = SpringModel.ForceSets(Springs, AtomDisplacement.CartesianPairs(Springs.Supercell, 0.01));
        var charge = new Matrix3x3(new(1.1, 0.25, -0.1), new(0.3, 0.9, 0.05), new(-0.2, 0.1, 1.2));
        return new PhonopyDocument(Springs.Supercell, Springs.Supercell.Unit)
        {
            ForceSets = sets,
            Constants = Springs,
            Charges = new BornCharges(Matrix3x3.Diagonal(3, 2.5, 4), [charge, -0.5 * charge, -0.5 * charge]) { CoulombElectronvoltAngstrom = 14.4 },
        };
    }

    private static void AssertClose(ImmutableArray<Vector3D> expected, ImmutableArray<Vector3D> found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.True((pair.First - pair.Second).Length < 1e-14, $"{pair.First} {pair.Second}"));
    }
}
