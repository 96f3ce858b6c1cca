using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Labelling;

/// <summary><c>label --status</c>: stages, reasons, rungs, times and origin, as text and as JSON, with and without a journal.</summary>
public sealed class LabelStatusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Status_says_stages_reasons_rungs_times_and_origin_with_and_without_the_journal()
    {
        RecordedEngine.WriteCells(_folder, 4);
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(_folder.File("cells.xyz"))];
        // Uranium has no levels in the model; the other three cells are labelled.
        Crystal crystal = frames[1].Crystal;
        frames[1] = frames[1] with { Crystal = new Crystal(crystal.Lattice, [Element.Of("U"), .. crystal.Elements.Skip(1)], crystal.PositionsFractional) };
        ExtendedXyz.Write(_folder.File("cells.xyz"), frames);
        Run("label cells.xyz --engine tight-binding --campaign run --limit 3 --quiet");

        string said = Run("label --status run");
        Assert.Matches("(?m)^jobs: 1 waiting, 2 done, 0 failed, 1 refused; [0-9.]+ labels per hour lately$", said);
        Assert.Matches("(?m)^refused +1 +.*U", said);
        string json = Run("label --status run --json");
        JsonElement status = JsonDocument.Parse(json).RootElement;
        JsonElement jobs = status.GetProperty("jobs");
        Assert.Equal((1, 0, 2, 0, 1), (Number(jobs, "waiting"), Number(jobs, "running"), Number(jobs, "done"), Number(jobs, "failed"), Number(jobs, "refused")));
        JsonElement rung = Assert.Single(status.GetProperty("rungs").EnumerateArray());
        Assert.Equal((0, 2, 1), (Number(rung, "rung"), Number(rung, "labels"), Number(rung, "failures")));
        JsonElement reason = Assert.Single(status.GetProperty("reasons").EnumerateArray());
        Assert.Equal(("refused", 1), (reason.GetProperty("reason").GetString(), Number(reason, "jobs")));
        JsonElement origin = Assert.Single(status.GetProperty("origins").EnumerateArray());
        Assert.Equal((Environment.MachineName, 3), (origin.GetProperty("host").GetString(), Number(origin, "attempts")));

        foreach (string file in Directory.GetFiles(_folder.File("run"), "journal.sqlite*"))
        {
            File.Delete(file);
        }

        Assert.Equal(json, Run("label --status run --json"));
        Run("label --campaign run --retry-failed --quiet");
        Assert.Equal(1, Number(JsonDocument.Parse(Run("label --status run --json")).RootElement, "set_aside"));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static int Number(JsonElement element, string key) => element.GetProperty(key).GetInt32();

    private string Run(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        return answer.Output;
    }
}
