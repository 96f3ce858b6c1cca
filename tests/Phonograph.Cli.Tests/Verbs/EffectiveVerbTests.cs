using System.Text.Json;
using Phonograph.Crystals.Formats;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

public sealed class EffectiveVerbTests : IDisposable
{
    private const string Run = "phonons effective POSCAR --supercell 1,1,1 --temperature 300 --engine tight-binding --cells 6 --resamples 10 --soft-modes floor:2 --seed 3 --work run --output out --quiet";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void From_a_crystal_to_effective_phonons_that_sampling_uses_and_back_to_a_fit()
    {
        Poscar.Write(_folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        PhonographProgram.Answer cut = PhonographProgram.Run(_folder.Path, Run + " --iterations 1 --json");
        Assert.Equal((1, ""), (cut.ExitCode, cut.Errors));
        Assert.False(JsonDocument.Parse(cut.Output).RootElement.GetProperty("converged").GetBoolean());

        PhonographProgram.Answer whole = PhonographProgram.Run(_folder.Path, Run + " --iterations 3 --json");
        JsonElement document = JsonDocument.Parse(whole.Output).RootElement;
        Assert.Equal(document.GetProperty("converged").GetBoolean() ? 0 : 1, whole.ExitCode);
        Assert.Equal(6 * document.GetProperty("iterations").GetInt32(), document.GetProperty("labels").GetInt32() + document.GetProperty("labels_failed").GetInt32());
        Assert.Equal(12, document.GetProperty("frequencies_THz").GetArrayLength());
        Assert.Equal(document.ToString().ReplaceLineEndings(), File.ReadAllText(_folder.File("out/effective.json")).TrimEnd().ReplaceLineEndings());
        int labels = document.GetProperty("labels").GetInt32() + document.GetProperty("labels_of_start").GetInt32();
        Assert.Equal(labels, ExtendedXyz.Read(_folder.File("out/cells.xyz.gz")).Count());

        // The frequencies of the file of constants are those of the report.
        JsonElement modes = Json("phonons modes out/FORCE_CONSTANTS POSCAR --supercell 1,1,1 --json");
        Assert.All(
            modes.GetProperty("frequencies_THz").EnumerateArray().Zip(document.GetProperty("frequencies_THz").EnumerateArray()),
            pair => Assert.Equal(pair.First.GetDouble(), pair.Second.GetDouble(), 1e-4));
        Assert.Equal(12 + 3, File.ReadLines(_folder.File("out/frequencies.csv")).Count() - 1);
        Json("sample POSCAR --supercell 1,1,1 --scheme phonon --force-constants out/FORCE_CONSTANTS --temperature 300 --soft-modes floor:2 --count 3 --seed 1 --output drawn.xyz --json");

        File.Copy(_folder.File("out/effective.json"), _folder.File("out/second-start.json"));
        Json("phonons card out --json");
        string card = File.ReadAllText(_folder.File("out/CARD.md"));
        Assert.Contains("differs by 0.000 THz r.m.s.; 100 % of the modes", card, StringComparison.Ordinal);
        Assert.Contains("| effective.json |", card, StringComparison.Ordinal);

        JsonElement fit = Json("phonons effective POSCAR --supercell 1,1,1 --fit out/cells.xyz.gz --block 2 --output fit --json");
        Assert.Equal(labels, fit.GetProperty("cells").GetInt32());
        Assert.InRange(fit.GetProperty("r2_forces").GetDouble(), 0.5, 1);
    }

    [Theory]
    [InlineData("", "--work")]
    [InlineData("--work run --soft-modes absolute", "never displaced")]
    [InlineData("--work run --cells 1", "--cells")]
    [InlineData("--work run --mixing 0", "--mixing")]
    [InlineData("--work run --iterations 0", "--iterations")]
    [InlineData("--work run --temperature -1", "--temperature")]
    [InlineData("--work run --start missing", "missing")]
    [InlineData("--fit missing.xyz", "missing.xyz")]
    [InlineData("--fit missing.xyz --block 0", "--block")]
    public void Bad_input_ends_with_one_message_and_exit_code_2(string options, string named)
    {
        Poscar.Write(_folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, $"phonons effective POSCAR --supercell 1,1,1 --engine tight-binding --output out {options}");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(named, answer.Errors, StringComparison.Ordinal);
        Assert.Single(answer.Errors.TrimEnd().Split('\n'));
        Assert.Equal(2, PhonographProgram.Run(_folder.Path, "phonons card nowhere").ExitCode);
    }

    [Fact]
    public void A_run_killed_again_and_again_ends_with_the_files_of_an_undisturbed_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "ends a process as kill -9 does: run on Linux");
        Poscar.Write(_folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        string command = Run + " --iterations 4";
        for (int kill = 1; kill <= 3; kill++)
        {
            using System.Diagnostics.Process process = PhonographProgram.Start(_folder.Path, command);
            int wanted = 6 * kill;
            while (!process.HasExited && (!Directory.Exists(_folder.File("run/campaign/attempts")) || Directory.GetDirectories(_folder.File("run/campaign/attempts")).Length < wanted))
            {
                Thread.Sleep(5);
            }

            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        int code = PhonographProgram.Run(_folder.Path, command).ExitCode;
        Assert.Equal(code, PhonographProgram.Run(_folder.Path, command.Replace("--work run --output out", "--work other --output undisturbed", StringComparison.Ordinal)).ExitCode);
        foreach (string file in new[] { "effective.json", "FORCE_CONSTANTS", "frequencies.csv", "iterations.csv" })
        {
            Assert.Equal(File.ReadAllText(_folder.File($"undisturbed/{file}")), File.ReadAllText(_folder.File($"out/{file}")));
        }
    }

    public void Dispose() => _folder.Dispose();

    private JsonElement Json(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.Equal((0, ""), (answer.ExitCode, answer.Errors));
        return JsonDocument.Parse(answer.Output).RootElement;
    }
}
