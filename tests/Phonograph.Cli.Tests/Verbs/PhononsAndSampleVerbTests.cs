using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

public sealed class PhononsAndSampleVerbTests
{
    private static readonly ForceConstants Springs = new SpringModel().Constants(Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 2));

    [Fact]
    public void From_a_crystal_to_thermal_cells()
    {
        using var folder = new TemporaryFolder();
        Poscar.Write(folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        JsonElement made = Json(folder, "phonons displacements POSCAR --supercell 2,2,2 --amplitude 0.01 --all --output displacements.xyz --json");
        Assert.Equal((30, 40), (made.GetProperty("frames").GetInt32(), made.GetProperty("atoms_supercell").GetInt32()));

        // The labels: forces of the springs.
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(folder.File("displacements.xyz"))];
        Assert.Equal(["disp-001", "disp-030"], new[] { frames[0].Info["id"], frames[^1].Info["id"] });
        Label(folder, "displacements.xyz", "forces.xyz.gz");

        JsonElement constants = Json(folder, "phonons constants forces.xyz.gz POSCAR --supercell 2,2,2 --output out --json");
        Assert.Equal(117, constants.GetProperty("modes").GetInt32());
        Assert.Equal(0, constants.GetProperty("imaginary_modes").GetInt32());
        ImmutableArray<double> wanted = PhononModes.Of(Springs).FrequenciesTerahertz;
        JsonElement modes = Json(folder, "phonons modes out/FORCE_CONSTANTS POSCAR --supercell 2,2,2 --json");
        double[] found = [.. modes.GetProperty("frequencies_THz").EnumerateArray().Select(frequency => frequency.GetDouble())];
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Equal(["Ag", "S", "Br"], modes.GetProperty("mean_square_displacement").EnumerateArray().Select(row => row.GetProperty("element").GetString()));

        // phonopy's file of the same forces gives the same constants.
        Json(folder, "phonons constants out/FORCE_SETS POSCAR --supercell 2,2,2 --output again --json");
        ForceConstants first = ForceConstantsFile.Read(folder.File("out/FORCE_CONSTANTS"), Springs.Supercell), second = ForceConstantsFile.Read(folder.File("again/FORCE_CONSTANTS"), Springs.Supercell);
        Assert.True(Enumerable.Range(0, first.Elements.Length).All(index => Math.Abs(first.Elements[index] - second.Elements[index]) < 1e-8));

        const string Thermal = "sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants out/FORCE_CONSTANTS --temperature 300 --count 5 --seed 1 --json --output ";
        Json(folder, Thermal + "thermal.xyz.gz");
        Json(folder, Thermal + "again.xyz");
        ExtendedXyzFrame[] thermal = [.. ExtendedXyz.Read(folder.File("thermal.xyz.gz"))], again = [.. ExtendedXyz.Read(folder.File("again.xyz"))];
        Assert.Equal(5, thermal.Length);
        Assert.Equal(thermal[4].VectorColumns["displacement"].AsEnumerable(), again[4].VectorColumns["displacement"]);
        Assert.Equal("reject:0.01", thermal[0].Info["soft_mode_policy"]);

        JsonElement uniform = Json(folder, "sample POSCAR --supercell 2,2,2 --scheme uniform --width 0.4 --count 20 --seed 2 --output uniform.xyz --json");
        Assert.Equal(Math.Sqrt(3) * 0.4 / Math.Sqrt(12), uniform.GetProperty("rms_displacement_A").GetDouble(), 0.01);
        Assert.Equal(20, ExtendedXyz.Read(folder.File("uniform.xyz")).Count());
    }

    [Theory]
    [InlineData("gaussian", "--seed 1", "mean_square_displacement")]
    [InlineData("gaussian-energy", "--seed 1", "mean_energy")]
    [InlineData("gaussian-energy", "--seed 1 --mean-energy 0.03", "given_mean_energy")]
    [InlineData("species", "--seed 1", "species_mean_square_displacement")]
    [InlineData("einstein", "--seed 1", "atom_covariance")]
    [InlineData("special", "--pairs", null)]
    [InlineData("special", "--signs orthogonal", null)]
    [InlineData("phonon", "--seed 1", null)]
    public void Every_scheme_that_follows_an_ensemble_draws_from_it_in_its_own_and_in_a_larger_supercell(string scheme, string options, string? matching)
    {
        using var folder = new TemporaryFolder();
        Poscar.Write(folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        ForceConstantsFile.Write(folder.File("FC"), Springs);
        foreach ((string cell, int atoms) in new[] { ("--supercell 2,2,2", 40), ("--supercell 4,2,2 --constants-supercell 2,2,2", 80) })
        {
            JsonElement made = Json(folder, $"sample POSCAR {cell} --scheme {scheme} --force-constants FC --temperature 300 --count 16 {options} --output cells.xyz --json");
            Assert.Equal((16, atoms, 3 * (atoms - 1)), (made.GetProperty("configurations").GetInt32(), made.GetProperty("atoms_supercell").GetInt32(), made.GetProperty("modes").GetInt32()));
            ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(folder.File("cells.xyz"))];
            Assert.Equal(16, frames.Select(frame => frame.Info["id"]).Distinct().Count());
            Assert.All(frames, frame => Assert.Equal((scheme, "300", matching), (frame.Info["scheme"], frame.Info["temperature_K"], frame.Info.GetValueOrDefault("matching"))));
            Assert.Equal(atoms == 80, frames[0].Info.ContainsKey("constants_supercell"));
            Assert.Equal(scheme == "special", !frames[0].Info.ContainsKey("seed"));
            if (!scheme.StartsWith("gaussian-energy", StringComparison.Ordinal))
            {
                Assert.Equal(1, made.GetProperty("rms_displacement_A").GetDouble() / made.GetProperty("rms_displacement_ensemble_A").GetDouble(), 0.05);
            }
        }
    }

    [Fact]
    public void The_published_generator_needs_a_seed_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        Poscar.Write(folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        Json(folder, "sample POSCAR --supercell 2,2,2 --scheme published --count 12 --seed 4 --output cells.xyz --json");
        Assert.Equal(12, ExtendedXyz.Read(folder.File("cells.xyz")).Select(frame => frame.Info["drawn_width_A"]).Distinct().Count());
    }

    [Fact]
    public void Symmetry_distinct_displacements_and_thermal_cells_give_the_same_constants_as_all_displacements()
    {
        using var folder = new TemporaryFolder();
        Poscar.Write(folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        const string Displace = "phonons displacements POSCAR --supercell 2,2,2 --json --output ";
        Assert.Equal(3, Json(folder, Displace + "distinct.xyz").GetProperty("frames").GetInt32());
        Assert.Equal(6, Json(folder, Displace + "pairs.xyz --plus-minus always").GetProperty("frames").GetInt32());
        Assert.Equal(384, Json(folder, Displace + "single.xyz --plus-minus never").GetProperty("symmetry_operations").GetInt32());
        Label(folder, "distinct.xyz", "distinct-forces.xyz");
        const string Solve = "phonons constants {0} POSCAR --supercell 2,2,2 --json --output {1}";
        JsonElement solved = Json(folder, string.Format(null, Solve, "distinct-forces.xyz", "distinct"));
        Assert.Equal(("displacements", 45, 315), (solved.GetProperty("method").GetString(), solved.GetProperty("independent_parameters").GetInt32(), solved.GetProperty("degrees_of_freedom").GetInt32()));
        AssertSprings(folder.File("distinct/FORCE_CONSTANTS"));

        Json(folder, "sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants distinct/FORCE_CONSTANTS --temperature 900 --count 4 --seed 1 --json --output thermal.xyz");
        Label(folder, "thermal.xyz", "thermal-forces.xyz.gz");
        JsonElement fitted = Json(folder, string.Format(null, Solve, "thermal-forces.xyz.gz", "thermal --compact primitive"));
        Assert.Equal(("fit", 4), (fitted.GetProperty("method").GetString(), fitted.GetProperty("force_sets").GetInt32()));
        Assert.Equal(1, fitted.GetProperty("r2_forces").GetDouble(), 1e-9);
        AssertSprings(folder.File("thermal/FORCE_CONSTANTS"));
        Assert.Equal("   5   40", File.ReadLines(folder.File("thermal/FORCE_CONSTANTS")).First());

        // The same snapshots by way of phonopy's file, and single displacements fitted.
        Json(folder, string.Format(null, Solve, "thermal/FORCE_SETS", "again"));
        AssertSprings(folder.File("again/FORCE_CONSTANTS"));
        Json(folder, string.Format(null, Solve, "distinct-forces.xyz", "fitted --method fit --compact unit-cell"));
        AssertSprings(folder.File("fitted/FORCE_CONSTANTS"));
        PhonographProgram.Answer text = PhonographProgram.Run(folder.Path, "phonons constants thermal-forces.xyz.gz POSCAR --supercell 2,2,2 --output text");
        Assert.Contains("45 independent parameters, 435 degrees of freedom", text.Output, StringComparison.Ordinal);
        PhonographProgram.Answer wrong = PhonographProgram.Run(folder.Path, "phonons constants thermal-forces.xyz.gz POSCAR --supercell 2,2,2 --output text --method displacements");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Use --method fit", wrong.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phonons displacements POSCAR --supercell 2,2,2 --tolerance 3 --output x.xyz", "--tolerance: found 3")]
    [InlineData("phonons displacements POSCAR --supercell 2,2,2 --plus-minus maybe --output x.xyz", "maybe")]
    [InlineData("phonons displacements missing --supercell 2,2,2 --output x.xyz", "missing: no such file")]
    [InlineData("phonons displacements POSCAR --supercell 2,2 --output x.xyz", "--supercell: found '2,2'")]
    [InlineData("phonons displacements POSCAR --supercell 1,0,0,0,1,0,1,1,0 --output x.xyz", "span a volume")]
    [InlineData("phonons displacements POSCAR --supercell 999,999,999 --output x.xyz", "at most 20000")]
    [InlineData("phonons displacements POSCAR --supercell 2,2,2 --amplitude 0 --output x.xyz", "--amplitude: found 0")]
    [InlineData("phonons constants garbage POSCAR --supercell 2,2,2 --output out", "garbage, line 1")]
    [InlineData("phonons modes garbage POSCAR --supercell 2,2,2", "garbage, line 1")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme phonon --count 1 --seed 1 --output x.xyz", "--force-constants: found nothing")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme uniform --count 1 --seed 1 --output x.xyz", "--width: found nothing")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme uniform --width -1 --count 1 --seed 1 --output x.xyz", "--width: found -1")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme uniform --width 0.4 --temperature 3 --count 1 --seed 1 --output x.xyz", "--temperature: found with --scheme uniform")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme gaussian --width 0.1 --count 0 --seed 1 --output x.xyz", "--count: found 0")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme magic --count 1 --seed 1 --output x.xyz", "magic")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants FC --temperature 300 --count 1 --seed 1 --soft-modes maybe --output x.xyz", "Soft-mode rule: found 'maybe'")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants FC --temperature 300 --count 1 --seed 1 --output x.xyz", "refuses 117 of 117 modes")]
    [InlineData("sample POSCAR --supercell 4,2,2 --scheme phonon --force-constants FC --constants-supercell 2,2,2 --temperature 300 --count 1 --seed 1 --output x.xyz", "refuses 237 of 237 modes")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme published --width 0.4 --count 1 --seed 1 --output x.xyz", "--width: found with --scheme published")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme published --count 1 --output x.xyz", "--seed: found nothing")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme gaussian --count 1 --seed 1 --output x.xyz", "--width: found nothing, and no --force-constants")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme gaussian --width 0.1 --statistics quantum --count 1 --seed 1 --output x.xyz", "--statistics: found with --scheme gaussian and --width")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme species --width 0.1 --count 1 --seed 1 --output x.xyz", "--width: found with --scheme species")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme einstein --mean-energy 0.1 --count 1 --seed 1 --output x.xyz", "--mean-energy: found with --scheme einstein")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme gaussian-energy --mean-energy -1 --force-constants FC --temperature 300 --soft-modes absolute --count 1 --seed 1 --output x.xyz", "--mean-energy: found -1")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme gaussian-energy --force-constants FC --temperature 300 --soft-modes freeze --count 1 --seed 1 --output x.xyz", "No positive width")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme special --force-constants FC --temperature 300 --soft-modes absolute --count 2 --seed 1 --output x.xyz", "--seed: found with --scheme special")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme special --force-constants FC --temperature 300 --soft-modes absolute --count 3 --pairs --output x.xyz", "found 3 cells; expected an even number")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme special --force-constants FC --temperature 300 --soft-modes absolute --count 3 --signs orthogonal --output x.xyz", "found 3 patterns of signs")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants FC --constants-supercell 0,2,2 --temperature 300 --count 1 --seed 1 --output x.xyz", "--constants-supercell: found '0,2,2'")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants FC --constants-supercell 3,2,2 --temperature 300 --count 1 --seed 1 --output x.xyz", "FC, line 1")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants FC --nac wang --temperature 300 --count 1 --seed 1 --output x.xyz", "--nac: found without --born")]
    public void Wrong_input_ends_with_two_and_one_clear_message(string commandLine, string message)
    {
        using var folder = new TemporaryFolder();
        Poscar.Write(folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        folder.Write("garbage", "Once upon a time\nthere was a file");
        ForceConstantsFile.Write(folder.File("FC"), new ForceConstants(Springs.Supercell, [.. Springs.Elements.ToArray().Select(element => -element)]));
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(message, answer.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("x.xyz")));
    }

    [Theory]
    [InlineData("phonons --help", "modes <force-constants> <crystal>")]
    [InlineData("phonons displacements --help", "Example: phonograph phonons displacements POSCAR")]
    [InlineData("phonons constants --help", "eV/Å²")]
    [InlineData("phonons modes --help", "THz")]
    [InlineData("sample --help", "Temperature, K")]
    public void Help_names_units_and_an_example(string commandLine, string part)
    {
        using var folder = new TemporaryFolder();
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains(part, answer.Output, StringComparison.Ordinal);
        Assert.Contains("Example", answer.Output, StringComparison.Ordinal);
    }

    /// <summary>Adds the forces of the springs.</summary>
    private static void Label(TemporaryFolder folder, string cells, string labelled) => ExtendedXyz.Write(
        folder.File(labelled),
        ExtendedXyz.Read(folder.File(cells)).Select(frame => frame with { VectorColumns = frame.VectorColumns.Add("REF_forces", SpringModel.Forces(Springs, frame.VectorColumns["displacement"])) }));

    private static void AssertSprings(string file)
    {
        ForceConstants found = ForceConstantsFile.Read(file, Springs.Supercell);
        Assert.True(Enumerable.Range(0, found.Elements.Length).All(index => Math.Abs(found.Elements[index] - Springs.Elements[index]) < 1e-5));
    }

    private static JsonElement Json(TemporaryFolder folder, string commandLine)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        Assert.Empty(answer.Errors);
        return JsonDocument.Parse(answer.Output).RootElement;
    }
}
