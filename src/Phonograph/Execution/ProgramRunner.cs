using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Phonograph.Execution;

/// <summary>
/// Runs external programs in process groups of their own that end when this program ends, however it ends, and at once when cancelled.
/// Uses <c>setpriv</c> and <c>setsid</c> of util-linux where they are.
/// </summary>
public static class ProgramRunner
{
    private const int KeptLines = 60;
    private static readonly string? Setpriv = OperatingSystem.IsLinux() ? ExternalProgram.Find("setpriv") : null;
    private static readonly string? Setsid = OperatingSystem.IsLinux() ? ExternalProgram.Find("setsid") : null;
    private static readonly string? Nice = OperatingSystem.IsWindows() ? null : ExternalProgram.Find("nice");
    private static readonly Lazy<BlockingCollection<Action>> Nursery = new(StartNursery);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="cancellation">Ends the program and all it started.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; the program has ended.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static async Task<ProgramResult> RunAsync(ExternalProgram program, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(program);
        cancellation.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = Describe(program) };
        var lines = new ConcurrentQueue<string>();
        void Keep(string? line)
        {
            if (line is not null)
            {
                lines.Enqueue(line);
                while (lines.Count > KeptLines)
                {
                    lines.TryDequeue(out _);
                }
            }
        }

        process.OutputDataReceived += (_, data) => Keep(data.Data);
        process.ErrorDataReceived += (_, data) => Keep(data.Data);
        string identityFile = Path.Combine(program.WorkingFolder, ExternalProgram.IdentityFileName);
        ProcessIdentity? identity = await StartAsync(process);
        try
        {
            identity?.Save(identityFile);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.StandardInput.Close();
            await using (cancellation.Register(() => identity?.End()))
            {
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
        catch
        {
            identity?.End();
            throw;
        }

        File.Delete(identityFile);
        cancellation.ThrowIfCancellationRequested();
        return new ProgramResult(process.ExitCode, string.Join('\n', lines));
    }

    private static Task<ProcessIdentity?> StartAsync(Process process)
    {
        var started = new TaskCompletionSource<ProcessIdentity?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Nursery.Value.Add(() =>
        {
            try
            {
                process.Start();
                started.SetResult(ProcessIdentity.Of(process.Id, leadsGroup: Setsid is not null));
            }
            catch (Exception error)
            {
                started.SetException(error);
            }
        });
        return started.Task;
    }

    /// <summary>
    /// One thread that lives as long as this program starts all others: the kernel sends the parent-death signal when the thread that
    /// started a process ends, and threads of the pool come and go.
    /// </summary>
    private static BlockingCollection<Action> StartNursery()
    {
        var requests = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (Action request in requests.GetConsumingEnumerable())
            {
                request();
            }
        })
        {
            IsBackground = true,
            Name = "Starts external programs",
        };
        thread.Start();
        return requests;
    }

    private static ProcessStartInfo Describe(ExternalProgram program)
    {
        var command = new List<string>();
        if (Setpriv is not null)
        {
            command.AddRange([Setpriv, "--pdeathsig", "KILL"]);
        }

        if (Setsid is not null)
        {
            command.Add(Setsid);
        }

        if (Nice is not null && program.Niceness > 0)
        {
            command.AddRange([Nice, "-n", program.Niceness.ToString(CultureInfo.InvariantCulture)]);
        }

        if (!program.BoundTo.IsEmpty)
        {
            command.AddRange([Processors.Binder ?? throw new PlatformNotSupportedException("Binding to processors needs taskset of util-linux."), "--cpu-list", string.Join(',', program.BoundTo)]);
        }

        command.Add(program.Path);
        command.AddRange(program.Arguments);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = program.WorkingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in program.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
