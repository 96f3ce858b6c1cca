using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Phonograph.Crystals.Formats;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

public sealed class GateVerbTests : IDisposable
{
    private const string Gate = "phonons gate POSCAR --supercell 1,1,1 --engine tight-binding --temperature 200 --time-step 1 --seed 3 --quiet ";
    private readonly TemporaryFolder _folder = new();

    public GateVerbTests() => Poscar.Write(_folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_writes_verdict_series_figure_and_trajectory()
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, Gate + "--steps 20 --runs 2 --workers 2 --work work --output out --json");
        Assert.Equal((0, ""), (answer.ExitCode, answer.Errors));
        using var printed = JsonDocument.Parse(answer.Output);
        JsonElement root = printed.RootElement;
        Assert.Equal(answer.Output.ReplaceLineEndings("\n").TrimEnd(), File.ReadAllText(_folder.File("out/gate.json")).TrimEnd());
        Assert.Equal(("undecided", 2, 42), (root.GetProperty("verdict").GetString(), root.GetProperty("runs").GetInt32(), root.GetProperty("frames").GetInt32()));
        Assert.Contains("too short", root.GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(["all", "Ag", "S", "Br"], root.GetProperty("displacements").EnumerateArray().Select(row => row.GetProperty("species").GetString()));

        string[] series = File.ReadAllLines(_folder.File("out/gate.csv"));
        Assert.Equal("run,step,time_fs,potential_energy_above_reference_eV,temperature_K,conserved_energy_change_eV,band_gap_eV,rms_displacement_all_A,rms_displacement_Ag_A,rms_displacement_S_A,rms_displacement_Br_A", series[0]);
        Assert.Equal(43, series.Length);
        Assert.StartsWith("<svg", File.ReadAllText(_folder.File("out/gate.svg")), StringComparison.Ordinal);
        Assert.True(new FileInfo(_folder.File("out/gate.png")).Length > 1000);

        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(_folder.File("out/trajectory.xyz.gz"))];
        Assert.Equal(42, frames.Length);
        Assert.Equal(("2", "20", "20"), (frames[41].Info["run"], frames[41].Info["step"], frames[41].Info["time_fs"]));
        Assert.Equal(["REF_forces", "displacement", "velocity"], frames[0].VectorColumns.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(42, frames.Select(frame => frame.Info["id"]).Distinct().Count());
    }

    [Fact]
    public void Its_frames_can_be_chosen_labelled_and_counted()
    {
        Run(Gate + "--steps 60 --work work --output out");
        Run("phonons frames out/trajectory.xyz.gz --settling-time 10 --least-spacing 5 --count 8 --output frames.xyz");
        Run("label frames.xyz --engine tight-binding --campaign campaign --export labelled.xyz.gz --quiet");
        ExtendedXyzFrame[] trajectory = [.. ExtendedXyz.Read(_folder.File("out/trajectory.xyz.gz"))], labelled = [.. ExtendedXyz.Read(_folder.File("labelled.xyz.gz"))];
        Assert.Equal(8, labelled.Length);
        foreach (ExtendedXyzFrame frame in labelled)
        {
            // The engine of the run labels its frames: the same gap, and the block goes along.
            ExtendedXyzFrame same = trajectory.Single(other => other.Info["id"] == frame.Info["id"]);
            Assert.Equal(double.Parse(same.Info["band_gap_eV"], CultureInfo.InvariantCulture), double.Parse(frame.Info["band_gap_eV"], CultureInfo.InvariantCulture), 1e-6);
            Assert.Contains("-block-", frame.Info["group"], StringComparison.Ordinal);
        }

        using var answer = JsonDocument.Parse(PhonographProgram.Run(_folder.Path, "dataset labelled.xyz.gz --against labelled.xyz.gz --comparison same --json").Output);
        Assert.Equal(8, answer.RootElement.GetProperty("cells").GetInt32());
        Assert.All(answer.RootElement.GetProperty("rows").EnumerateArray(), row => Assert.Equal(0, row.GetProperty("scatter")[0].GetDouble()));
        Assert.True(new FileInfo(_folder.File("same/label-agreement.png")).Length > 1000);
        Assert.Equal(5, File.ReadAllLines(_folder.File("same/agreement.csv")).Length);

        void Run(string command)
        {
            PhonographProgram.Answer result = PhonographProgram.Run(_folder.Path, command);
            Assert.True(result.ExitCode == 0, result.Errors);
        }
    }

    [Fact]
    public void A_killed_gate_continues_to_the_numbers_of_an_undisturbed_one()
    {
        string command = Gate + "--steps 300 --work killed --output killed-out";
        using (Process process = PhonographProgram.Start(_folder.Path, command))
        {
            string journal = _folder.File("killed/run-001/frames.txt");
            while (!process.HasExited && (!File.Exists(journal) || new FileInfo(journal).Length < 30_000))
            {
                Thread.Sleep(5);
            }

            Assert.False(process.HasExited, "The gate ended before it could be killed.");
            process.Kill();
            process.WaitForExit();
        }

        Assert.False(File.Exists(_folder.File("killed-out/gate.json")));
        Assert.Equal(0, PhonographProgram.Run(_folder.Path, command).ExitCode);
        Assert.Equal(0, PhonographProgram.Run(_folder.Path, command.Replace("killed", "whole", StringComparison.Ordinal)).ExitCode);
        Assert.Equal(File.ReadAllText(_folder.File("whole-out/gate.csv")), File.ReadAllText(_folder.File("killed-out/gate.csv")));
        Assert.Equal(File.ReadAllText(_folder.File("whole-out/gate.json")), File.ReadAllText(_folder.File("killed-out/gate.json")));
    }

    [Fact]
    public void Another_temperature_in_the_same_working_folder_is_refused()
    {
        Assert.Equal(0, PhonographProgram.Run(_folder.Path, Gate + "--steps 2 --work work --output out").ExitCode);
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, Gate.Replace("200", "250", StringComparison.Ordinal) + "--steps 2 --work work --output out");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("the run there is another one", answer.Errors, StringComparison.Ordinal);
    }
}
