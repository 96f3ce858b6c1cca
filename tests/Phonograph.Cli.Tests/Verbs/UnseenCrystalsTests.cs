using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Properties;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>
/// Crystals of many kinds in the files that a phonopy user has, through the command line, against what phonopy finds in the very same files
/// (tests/reference/phonopy/unseen/make.py makes both).
/// </summary>
public sealed class UnseenCrystalsTests
{
    private const double FrequencyTolerance = 1e-6, NearZeroTerahertz = 1e-5, EnergyTolerance = 1e-5, EnergyKilojoulePerMole = 1e-3, DisplacementTolerance = 1e-5;

    [Theory]
    [InlineData("wurtzite")]
    [InlineData("wurtzite-polar")]
    [InlineData("body-centred")]
    [InlineData("body-centred-whole")]
    [InlineData("anatase")]
    [InlineData("trigonal")]
    [InlineData("monoclinic")]
    [InlineData("quartz")]
    [InlineData("imaginary")]
    [InlineData("face-centred")]
    [InlineData("skew")]
    [InlineData("left-handed")]
    [InlineData("shuffled")]
    public void The_command_line_finds_what_phonopy_finds_in_the_same_files(string name)
    {
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        using var folder = new TemporaryFolder();
        PythonProgram.Run(File.ReadAllText(Repository.PathOf("tests", "reference", "phonopy", "unseen", "make.py")), name, folder.Path);
        JsonElement expected = JsonDocument.Parse(File.ReadAllText(folder.File("expected.json"))).RootElement;
        double[][] waves = Rows(expected.GetProperty("waves"));
        string[] terms = expected.TryGetProperty("gonze", out _) ? ["gonze", "wang"] : ["none"];
        string masses = string.Join(',', expected.GetProperty("masses").EnumerateObject().Select(mass => FormattableString.Invariant($"{mass.Name}={mass.Value.GetDouble():R}")));
        string poscar = $"poscar/POSCAR --supercell {expected.GetProperty("supercell").GetString()} --masses {masses}";
        string whole = $"{poscar} --primitive {expected.GetProperty("primitive").GetString()}";
        string mesh = string.Join(',', Rows(expected.GetProperty("mesh"))[0]);
        foreach (string term in terms)
        {
            JsonElement wanted = expected.GetProperty(term);
            foreach (string input in new[]
            {
                "params/phonopy_params.yaml", "params/phonopy_constants.yaml", "beside/phonopy_disp.yaml", whole,
                $"{whole} --force-sets poscar/FORCE_SETS", $"{whole} --force-constants poscar/FORCE_CONSTANTS_compact",
            })
            {
                AssertFrequencies(input, wanted, Frequencies(folder, $"{input} --nac {term}", waves), isPolar: term != "none");
            }

            // The term of Wang et al. differs between equivalent wave vectors on the surface of the first zone, and each program takes another one of them.
            // Densities of states on such coarse meshes then differ by 2e-3.
            string loaded = $"params/phonopy_params.yaml --nac {term}";
            AssertEnergies(folder, loaded, mesh, wanted, term == "wang" ? 20 : 1);
            if (term != "wang")
            {
                AssertDensityAndDisplacements(folder, loaded, mesh, wanted);
            }
        }

        // phonopy's own search for the primitive cell knows no left-handed cells.
        if (expected.GetProperty("auto").ValueKind != JsonValueKind.Null)
        {
            JsonElement wanted = expected.GetProperty("auto");
            Frequencies(folder, poscar, [[0, 0, 0], [0.5, 0, 0]]);
            Matrix3x3 rows = BandYamlFile.Read(folder.File("bands/band.yaml")).Crystal.Lattice.Rows;
            double[][] reciprocal = Rows(wanted.GetProperty("reciprocal"));
            double[] InOwnCell(double[] wave)
            {
                var cartesian = new Vector3D(Along(0), Along(1), Along(2));
                return [Vector3D.Dot(rows.RowA, cartesian), Vector3D.Dot(rows.RowB, cartesian), Vector3D.Dot(rows.RowC, cartesian)];
                double Along(int axis) => (wave[0] * reciprocal[0][axis]) + (wave[1] * reciprocal[1][axis]) + (wave[2] * reciprocal[2][axis]);
            }

            AssertFrequencies("auto", wanted, Frequencies(folder, $"{poscar} --nac none", [.. waves.Select(InOwnCell)]));
        }
    }

    private static void AssertFrequencies(string what, JsonElement wanted, double[][] found, bool isPolar = false)
    {
        double[][] expected = Rows(wanted.GetProperty("frequencies"));

        // A path gives the long-range part at Γ the direction of the path.
        for (int q = isPolar ? 1 : 0; q < expected.Length; q++)
        {
            AssertNear($"{what}, wave vector {q}", expected[q], found[q], FrequencyTolerance, NearZeroTerahertz);
        }
    }

    private static void AssertEnergies(TemporaryFolder folder, string input, string mesh, JsonElement wanted, double loose)
    {
        JsonElement thermal = JsonDocument.Parse(Run(folder, $"phonons thermal {input} --mesh {mesh} --temperatures 0,50,300,1200 --output out --json")).RootElement;
        foreach (string property in new[] { "free_energy_kJ_per_mol", "heat_capacity_J_per_K_mol" })
        {
            AssertNear(property, Numbers(wanted.GetProperty(property)), Numbers(thermal.GetProperty(property)), loose * EnergyTolerance, loose * EnergyKilojoulePerMole);
        }
    }

    private static void AssertDensityAndDisplacements(TemporaryFolder folder, string input, string mesh, JsonElement wanted)
    {
        JsonElement density = JsonDocument.Parse(Run(folder, $"phonons dos {input} --mesh {mesh} --method gaussian --width 0.3 --range 0.5,10.5 --points 21 --output out --json")).RootElement;
        AssertNear("density of states", Numbers(wanted.GetProperty("gaussian_dos")), Numbers(density.GetProperty("total_per_THz")), 1e-5, 1e-6);

        JsonElement matrices = JsonDocument.Parse(Run(folder, $"phonons displacement-matrices {input} --mesh {mesh} --temperatures 0,50,300,1200 --output out --json")).RootElement;
        foreach ((string theirs, string ours) in new[] { ("displacement_matrices", "cartesian_A2"), ("displacement_matrices_cif", "cif_A2") })
        {
            JsonElement expected = wanted.GetProperty(theirs);
            for (int t = 0; t < expected.GetArrayLength(); t++)
            {
                for (int atom = 0; atom < expected[t].GetArrayLength(); atom++)
                {
                    double[][] u = Rows(expected[t][atom]);
                    double[] six = [u[0][0], u[1][1], u[2][2], u[1][2], u[0][2], u[0][1]];
                    AssertNear($"{theirs}, atom {atom}", six, Numbers(matrices.GetProperty("atoms")[atom].GetProperty(ours)[t]), DisplacementTolerance, DisplacementTolerance * six.Max());
                }
            }
        }
    }

    /// <summary>Frequencies at given wave vectors: the corners of a path.</summary>
    private static double[][] Frequencies(TemporaryFolder folder, string input, double[][] waves)
    {
        // Blanks separate arguments here, and any white space separates the corners of a path.
        string path = string.Join('\u00a0', waves.Select(q => string.Create(CultureInfo.InvariantCulture, $"{q[0]:R},{q[1]:R},{q[2]:R}")));
        Run(folder, $"phonons bands {input} --sorted --no-dos --points 2 --output bands --path {path}");
        ImmutableArray<BandStructureSegment> segments = BandYamlFile.Read(folder.File("bands/band.yaml")).Segments;
        return [.. segments.Select(segment => segment.Modes[0]).Append(segments[^1].Modes[^1]).Select(modes => modes.FrequenciesTerahertz.ToArray())];
    }

    private static string Run(TemporaryFolder folder, string commandLine)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.True(answer.ExitCode == 0, $"{commandLine}\n{answer.Errors}");
        return answer.Output;
    }

    private static void AssertNear(string what, double[] expected, double[] found, double relative, double absolute)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            double allowed = Math.Max(relative * Math.Abs(expected[index]), absolute);
            Assert.True(Math.Abs(found[index] - expected[index]) <= allowed, FormattableString.Invariant($"{what}, number {index}: found {found[index]:R}, phonopy {expected[index]:R}, allowed {allowed:G2}"));
        }
    }

    private static double[][] Rows(JsonElement list) => list[0].ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(Numbers)] : [Numbers(list)];

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}
