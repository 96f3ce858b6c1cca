using System.Globalization;
using System.Text.Json;
using Phonograph.Crystals.Formats;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>There and back: displacements and constants in phonopy's YAML files, from this program to phonopy and from phonopy to this program.</summary>
public sealed class PhonopyRoundTripTests
{
    private const string Displacements = """
        import sys, warnings
        warnings.filterwarnings("ignore")
        import numpy as np, phonopy
        def moves(path):
            p = phonopy.load(path, produce_fc=False, is_nac=False, log_level=0)
            return p, p.supercell.scaled_positions, [(d["number"], d["displacement"]) for d in p.dataset["first_atoms"]]
        a, b = moves(sys.argv[1]), moves(sys.argv[2])
        assert np.allclose(a[1], b[1]) and np.allclose(a[0].primitive.cell, b[0].primitive.cell) and np.allclose(a[0].masses, b[0].masses)
        assert [m[0] for m in a[2]] == [m[0] for m in b[2]] and np.allclose([m[1] for m in a[2]], [m[1] for m in b[2]], atol=1e-12)
        print(len(a[2]))
        """;

    private const string Frequencies = """
        import json, sys, warnings
        warnings.filterwarnings("ignore")
        import phonopy
        p = phonopy.load(sys.argv[1], is_nac=False, log_level=0)
        assert p.forces is not None and p.force_constants is not None
        print(json.dumps([p.get_frequencies(q).tolist() for q in json.loads(sys.argv[2])]))
        """;

    [Theory]
    [InlineData("monoclinic")]
    [InlineData("skew")]
    public void Displacements_and_constants_go_to_phonopy_and_come_back(string name)
    {
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        using var folder = new TemporaryFolder();
        PythonProgram.Run(File.ReadAllText(Repository.PathOf("tests", "reference", "phonopy", "unseen", "make.py")), name, folder.Path);
        JsonElement expected = JsonDocument.Parse(File.ReadAllText(folder.File("expected.json"))).RootElement;

        // phonopy's file in, the same displacements out.
        Run(folder, "phonons displacements beside/phonopy_disp.yaml --output moved.xyz --yaml again/phonopy_disp.yaml");
        PhonopyDocument stated = PhonopyYamlFile.Read(folder.File("params/phonopy_params.yaml"));
        Assert.Equal($"{stated.ForceSets.Length}\n", PythonProgram.Run(Displacements, folder.File("beside/phonopy_disp.yaml"), folder.File("again/phonopy_disp.yaml")));

        // Forces as labelled frames, as FORCE_SETS, and inside the YAML file: the same constants.
        ExtendedXyz.Write(folder.File("labelled.xyz"), ExtendedXyz.Read(folder.File("moved.xyz")).Zip(stated.ForceSets, (frame, set) =>
            frame with { VectorColumns = frame.VectorColumns.Add(DisplacedFrames.ForcesColumn, set.ForcesCartesian) }));
        string[] inputs = ["params/phonopy_params.yaml", "beside/FORCE_SETS beside/phonopy_disp.yaml", "labelled.xyz again/phonopy_disp.yaml"];
        double[][] wanted = [.. expected.GetProperty("none").GetProperty("frequencies").EnumerateArray().Select(Numbers)];
        for (int index = 0; index < inputs.Length; index++)
        {
            Run(folder, $"phonons constants {inputs[index]} --output out{index} --yaml out{index}/phonopy_params.yaml");
            string answer = PythonProgram.Run(Frequencies, folder.File($"out{index}/phonopy_params.yaml"), expected.GetProperty("waves").GetRawText());
            double[][] found = [.. JsonDocument.Parse(answer).RootElement.EnumerateArray().Select(Numbers)];

            for (int q = 0; q < wanted.Length; q++)
            {
                Assert.All(wanted[q].Zip(found[q]), pair => Assert.Equal(pair.First, pair.Second, Math.Max(Math.Abs(pair.First) * 1e-6, 2e-5)));
            }
        }

        ForceConstants own = ForceConstantsFile.Read(folder.File("out0/FORCE_CONSTANTS"), stated.Supercell);
        Assert.True(own.AcousticSumRuleViolation() < 1e-10);
    }

    [Fact]
    public void Forces_at_rest_are_said_with_their_errors()
    {
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        using var folder = new TemporaryFolder();
        PythonProgram.Run(File.ReadAllText(Repository.PathOf("tests", "reference", "phonopy", "unseen", "make.py")), "wurtzite", folder.Path);
        string answer = Run(folder, "phonons constants params/phonopy_params.yaml --forces-at-rest --output out --json");
        JsonElement json = JsonDocument.Parse(answer).RootElement;
        Assert.Equal("fit", json.GetProperty("method").GetString());
        Assert.Equal(1, json.GetProperty("forces_at_rest_coefficients_eV_per_A").GetArrayLength());

        // The springs are at rest.
        Assert.All(json.GetProperty("forces_at_rest_eV_per_A").EnumerateArray(), force => Assert.All(Numbers(force), component => Assert.Equal(0, component, 1e-7)));
        Assert.Contains("forces at rest: 1 that symmetry allows", Run(folder, "phonons constants params/phonopy_params.yaml --forces-at-rest --output out"), StringComparison.Ordinal);
    }

    private static string Run(TemporaryFolder folder, string commandLine)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.True(answer.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"{commandLine}\n{answer.Errors}"));
        return answer.Output;
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];
}
