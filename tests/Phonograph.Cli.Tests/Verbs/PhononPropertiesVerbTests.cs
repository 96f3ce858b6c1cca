using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Polar;
using Phonograph.Phonons.Properties;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>The verbs of a phonopy user: bands, dos, thermal, displacement-matrices, animate, export.</summary>
public sealed class PhononPropertiesVerbTests
{
    private static readonly Crystal Cubic = new(
        Lattice.Cubic(5.69),
        [.. Enumerable.Repeat(Element.Of("Na"), 4), .. Enumerable.Repeat(Element.Of("Cl"), 4)],
        [new(0, 0, 0), new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0), new(0.5, 0.5, 0.5), new(0.5, 0, 0), new(0, 0.5, 0), new(0, 0, 0.5)]);

    private static readonly ForceConstants Springs = new SpringModel().Constants(Supercell.Of(Cubic, 2, 2, 2));

    [Fact]
    public void From_a_phonopy_file_to_bands_densities_and_thermal_properties()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "phonopy_params.yaml.xz");
        JsonElement bands = Json(folder, "phonons bands phonopy_params.yaml.xz --mesh 4,4,4 --points 11 --eigenvectors --output out --json");
        Assert.Equal(("Fcc", "Γ X W K Γ L U W L K | U X"), (bands.GetProperty("lattice").GetString(), bands.GetProperty("path").GetString()));
        BandStructure read = BandYamlFile.Read(folder.File("out/band.yaml"));
        Assert.Equal(bands.GetProperty("wave_vectors").GetInt32(), read.Segments.Sum(segment => segment.Modes.Length));
        Assert.True(read.Segments[0].Modes[0].HasVectors);

        // The long-range term lifts the longitudinal mode at Γ.
        JsonElement plain = Json(folder, "phonons bands phonopy_params.yaml.xz --no-dos --nac none --output plain --json");
        Assert.True(bands.GetProperty("highest_frequency_THz").GetDouble() > plain.GetProperty("highest_frequency_THz").GetDouble() + 0.1);
        foreach (string file in new[] { "bands.svg", "bands.png", "bands.csv" })
        {
            Assert.True(new FileInfo(folder.File("out/" + file)).Length > 1000);
        }

        Assert.Contains("aria-label=\"Γ\"", File.ReadAllText(folder.File("out/bands.svg")), StringComparison.Ordinal);

        JsonElement density = Json(folder, "phonons dos phonopy_params.yaml.xz --mesh 6,6,6 --gamma --points 101 --output out --json");
        Assert.Equal(6, density.GetProperty("integral").GetDouble(), 1e-9);
        Assert.Equal(["Na", "Cl"], density.GetProperty("elements").EnumerateArray().Select(element => element.GetProperty("element").GetString()));
        Assert.Equal(102, File.ReadLines(folder.File("out/dos.csv")).Count());
        density = Json(folder, "phonons dos phonopy_params.yaml.xz --mesh 6,6,6 --method gaussian --width 0.3 --range -2,14 --output out --json");
        Assert.Equal(6, density.GetProperty("integral").GetDouble(), 1e-4);

        JsonElement thermal = Json(folder, "phonons thermal phonopy_params.yaml.xz --mesh 8,8,8 --temperatures 0,300 --output out --json");
        Assert.Equal(thermal.GetProperty("zero_point_energy_eV").GetDouble(), thermal.GetProperty("free_energy_eV")[0].GetDouble());
        Assert.Equal(thermal.GetProperty("free_energy_eV")[1].GetDouble() * ThermalProperties.KilojoulePerMole, thermal.GetProperty("free_energy_kJ_per_mol")[1].GetDouble(), 1e-12);
        Assert.Contains("num_modes: 3072", File.ReadAllText(folder.File("out/thermal_properties.yaml")), StringComparison.Ordinal);

        JsonElement displacements = Json(folder, "phonons displacement-matrices phonopy_params.yaml.xz --mesh 8,8,8 --temperatures 0:300:100 --output out --json");
        JsonElement sodium = displacements.GetProperty("atoms")[0];
        Assert.Equal(4, sodium.GetProperty("cartesian_A2").GetArrayLength());
        Assert.Equal(sodium.GetProperty("cartesian_A2")[3][0].GetDouble(), sodium.GetProperty("cartesian_A2")[3][2].GetDouble(), 1e-9);
        Assert.Equal(9, File.ReadLines(folder.File("out/displacements.csv")).Count());
        Assert.Contains("displacement_matrices_cif", File.ReadAllText(folder.File("out/thermal_displacement_matrices.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_poscar_with_its_files_gives_what_the_yaml_file_gives()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "p.yaml");
        JsonElement wanted = Json(folder, "phonons thermal p.yaml --mesh 5,5,5 --temperatures 300 --output a --json");
        Json(folder, "phonons export p.yaml --yaml again.yaml.gz --write-force-constants FC --compact --write-born BORN --json");
        Poscar.Write(folder.File("POSCAR"), Cubic, "NaCl");
        ForceSetsFile.Write(folder.File("SETS"), Springs.Supercell, SpringModel.ForceSets(Springs, AtomDisplacement.CartesianPairs(Springs.Supercell, 0.01)));

        // The constants were exported for the primitive cell: its own supercell, in its own order.
        Supercell primitive = PhonopyYamlFile.Read(folder.File("again.yaml.gz")).Supercell;
        Poscar.Write(folder.File("PRIMITIVE"), primitive.Unit, "NaCl");
        IntegerMatrix3 m = primitive.Matrix;
        string matrix = string.Join(',', new[] { m.RowA, m.RowB, m.RowC }.SelectMany(row => new[] { row.X, row.Y, row.Z }));

        // A supercell listed backwards by another program, and its forces in that order.
        Crystal own = Springs.Supercell.Crystal;
        int[] backwards = [.. Enumerable.Range(0, own.AtomCount).Reverse()];
        Poscar.Write(folder.File("SPOSCAR"), TestCrystals.Reordered(own, backwards), "NaCl backwards");
        ImmutableArray<int> toOwn = PhonopySupercellOrder.ToOwn(Springs.Supercell);
        int[] fromOwn = [.. Enumerable.Range(0, own.AtomCount).Select(atom => toOwn.IndexOf(atom))];
        string[] lines = [.. File.ReadAllLines(folder.File("SETS")).Where(line => line.Length > 0)];
        var moved = new List<string>(lines[..2]);
        for (int start = 2; start < lines.Length; start += own.AtomCount + 2)
        {
            int atom = toOwn[int.Parse(lines[start], System.Globalization.CultureInfo.InvariantCulture) - 1];
            moved.AddRange([$"{Array.IndexOf(backwards, atom) + 1}", lines[start + 1], .. backwards.Select(each => lines[start + 2 + fromOwn[each]])]);
        }

        File.WriteAllLines(folder.File("SETS2"), moved);
        foreach (string input in new[]
        {
            "again.yaml.gz", "POSCAR --supercell 2,2,2 --force-sets SETS --primitive F --born BORN", "POSCAR --supercell 2,2,2 --force-sets SETS2 --supercell-order SPOSCAR --primitive F --born BORN",
            $"PRIMITIVE --supercell {matrix} --force-constants FC --born BORN",
        })
        {
            JsonElement found = Json(folder, $"phonons thermal {input} --mesh 5,5,5 --temperatures 300 --output b --json");
            Assert.Equal(wanted.GetProperty("free_energy_kJ_per_mol")[0].GetDouble(), found.GetProperty("free_energy_kJ_per_mol")[0].GetDouble(), 1e-4);
        }
    }

    [Fact]
    public void A_mode_moves_in_the_smallest_supercell_that_holds_it()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "p.yaml");
        JsonElement made = Json(folder, "phonons animate p.yaml --wave-vector 1/2,1/2,0 --band 2 --amplitude 0.2 --frames 8 --output mode.xyz --json");
        Assert.Equal((8, 8), (made.GetProperty("atoms").GetInt32(), made.GetProperty("frames").GetInt32()));
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(folder.File("mode.xyz"))];
        Assert.Equal(8, frames.Length);
        Assert.Equal("2", frames[0].Info["band"]);
        Assert.Equal(0.2, frames.Max(frame => frame.VectorColumns["displacement"].Max(u => u.Length)), 1e-6);
        made = Json(folder, "phonons animate p.yaml --wave-vector 0,0,0 --direction 0,0,1 --band 6 --repeats 2,2,2 --output mode.xyz --json");
        Assert.Equal(16, made.GetProperty("atoms").GetInt32());
    }

    [Theory]
    [InlineData("phonons bands POSCAR --output out", "--supercell: found nothing")]
    [InlineData("phonons bands p.yaml --supercell 2,2,2 --output out", "says itself what its supercell is")]
    [InlineData("phonons bands missing.yaml --output out", "missing.yaml: no such file")]
    [InlineData("phonons bands p.yaml --path G-X --output out", "found 'G-X'")]
    [InlineData("phonons bands p.yaml --points 1 --output out", "--points: found 1")]
    [InlineData("phonons bands p.yaml --primitive Q --output out", "found 'Q'")]
    [InlineData("phonons bands p.yaml --primitive I --output out", "The primitive cell:")]
    [InlineData("phonons dos p.yaml --mesh 0,1,1 --output out", "--mesh: found '0,1,1'")]
    [InlineData("phonons dos p.yaml --mesh 9999,9999,9999 --output out", "ten million")]
    [InlineData("phonons dos p.yaml --mesh 4,4,4 --range 5,1 --output out", "--range: found '5,1'")]
    [InlineData("phonons dos p.yaml --mesh 4,4,4 --method gaussian --width -1 --output out", "--width: found -1")]
    [InlineData("phonons thermal p.yaml --temperatures 300:0:10 --output out", "--temperatures: found '300:0:10'")]
    [InlineData("phonons thermal p.yaml --temperatures -5 --output out", "--temperatures: found '-5'")]
    [InlineData("phonons thermal p.yaml --cutoff -1 --output out", "--cutoff: found -1")]
    [InlineData("phonons thermal POSCAR --supercell 2,2,2 --output out", "Give --force-constants or --force-sets")]
    [InlineData("phonons animate p.yaml --wave-vector 0.123456789,0,0 --band 1 --output mode.xyz", "at most 48 cells")]
    [InlineData("phonons animate p.yaml --wave-vector 0,0,0 --band 7 --output mode.xyz", "expected 1 to 6")]
    [InlineData("phonons animate p.yaml --wave-vector 0,0 --band 1 --output mode.xyz", "--wave-vector: found '0,0'")]
    [InlineData("phonons export p.yaml", "Found nothing to write")]
    public void Wrong_input_ends_with_two_and_one_clear_message(string commandLine, string message)
    {
        using var folder = new TemporaryFolder();
        Write(folder, "p.yaml");
        Poscar.Write(folder.File("POSCAR"), Cubic, "NaCl");
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(message, answer.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("out")) || File.Exists(folder.File("mode.xyz")));
    }

    [Theory]
    [InlineData("phonons bands --help", "Setyawan")]
    [InlineData("phonons dos --help", "states per THz")]
    [InlineData("phonons thermal --help", "kJ/mol")]
    [InlineData("phonons displacement-matrices --help", "Å²")]
    [InlineData("phonons animate --help", "extended XYZ")]
    [InlineData("phonons export --help", "eV/Å²")]
    public void Help_names_units_and_an_example(string commandLine, string part)
    {
        using var folder = new TemporaryFolder();
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains(part, answer.Output, StringComparison.Ordinal);
        Assert.Contains("Example", answer.Output, StringComparison.Ordinal);
    }

    private static void Write(TemporaryFolder folder, string name)
    {
        Crystal primitive = PrimitiveTransformation.Parse("F").CellOf(Cubic);
        PhonopyYamlFile.Write(folder.File(name), new PhonopyDocument(Springs.Supercell, primitive)
        {
            Constants = Springs,
            Charges = new BornCharges(2.4 * Matrix3x3.Identity, [1.1 * Matrix3x3.Identity, -1.1 * Matrix3x3.Identity]),
        });
    }

    private static JsonElement Json(TemporaryFolder folder, string commandLine)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        Assert.Empty(answer.Errors);
        return JsonDocument.Parse(answer.Output).RootElement;
    }
}
