using System.Diagnostics;
using Phonograph.Execution;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Labelling;

/// <summary>A labelling campaign in a process of its own that is killed with signal 9 while it works.</summary>
/// <param name="folder">Working folder.</param>
/// <param name="campaign">Name of the campaign in it.</param>
/// <param name="command">The command that runs it.</param>
/// <param name="environment">Variables of the command.</param>
internal sealed class KilledCampaign(TemporaryFolder folder, string campaign, string command, params (string Name, string? Value)[] environment)
{
    /// <summary>Long enough for some labels on a machine that is busy with other work; what holds is seen at once.</summary>
    private const double PatienceSeconds = 300;

    private string Attempts => folder.File(campaign + "/attempts");

    internal int FinishedAttempts => Directory.Exists(Attempts) ? Directory.GetDirectories(Attempts).Length : 0;

    /// <summary>Engine processes of the campaign that run now.</summary>
    internal ProcessIdentity[] EngineProcesses
    {
        get
        {
            string running = folder.File(campaign + "/running");
            return Directory.Exists(running)
                ?
                [
                    .. Directory.GetDirectories(running)
                        .Select(attempt => ProcessIdentity.TryLoad(Path.Combine(attempt, ExternalProgram.IdentityFileName)))
                        .OfType<ProcessIdentity>().Where(process => process.IsRunning),
                ]
                : [];
        }
    }

    internal Process Start() => PhonographProgram.Start(folder.Path, command, environment);

    /// <summary>Starts the campaign again and again, kills it at moments that a seed decides, and lets the last run come to its end.</summary>
    /// <param name="kills">Number of kills.</param>
    /// <param name="seed">Decides how many attempts each run may finish, and for how long it works on after that.</param>
    /// <param name="milliseconds">Longest time it works on after that.</param>
    /// <returns>Number of kills that met engine processes at work; none is left running.</returns>
    internal int RunAndKill(int kills, ulong seed, int milliseconds = 400)
    {
        var random = new Philox(seed, 0);
        int met = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            using Process run = Start();
            int enough = FinishedAttempts + (int)(2 * random.NextDouble());
            Eventually(() => FinishedAttempts > enough || EngineProcesses.Length > 0 || run.HasExited);
            Thread.Sleep((int)(milliseconds * random.NextDouble()));
            Assert.False(run.HasExited, $"kill {kill + 1}: the campaign was over before; give it more cells");
            ProcessIdentity[] engines = EngineProcesses;
            run.Kill(entireProcessTree: false);
            run.WaitForExit();
            met += engines.Length > 0 ? 1 : 0;
            Eventually(() => engines.All(engine => !engine.IsRunning));
        }

        using Process last = Start();
        Task<string> errors = last.StandardError.ReadToEndAsync(), output = last.StandardOutput.ReadToEndAsync();
        last.WaitForExit();
        Assert.True(last.ExitCode == 0, errors.Result + output.Result);
        Assert.Empty(Directory.GetDirectories(folder.File(campaign + "/running")));
        return met;
    }

    internal static void Eventually(Func<bool> holds)
    {
        long started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds < PatienceSeconds, "waited in vain");
            Thread.Sleep(10);
        }
    }
}
