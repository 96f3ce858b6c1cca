using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Phonograph.Files;

namespace Phonograph.Execution;

/// <summary>A running process named beyond doubt: its number together with when it started, so that a reused number is not mistaken for it.</summary>
/// <param name="ProcessId">Process number.</param>
/// <param name="Started">Start mark: boot identity and start time in clock ticks since boot where <c>/proc</c> exists, start time otherwise.</param>
/// <param name="LeadsGroup">True when it leads a process group of its own, so that signals reach all it started.</param>
public sealed record ProcessIdentity(int ProcessId, string Started, bool LeadsGroup)
{
    private const int Kill = 9;
    private const int ErrorNoSuchProcess = 3;
    private static readonly bool IsMac = OperatingSystem.IsMacOS();
    private static readonly int Continue = IsMac ? 19 : 18;

    /// <summary>Identifies a process that runs now; null when it has ended.</summary>
    public static ProcessIdentity? Of(int processId, bool leadsGroup) =>
        StartMark(processId) is { } mark ? new ProcessIdentity(processId, mark, leadsGroup) : null;

    /// <summary>Reads an identity that <see cref="Save"/> wrote; null when the file is missing or was cut short.</summary>
    public static ProcessIdentity? TryLoad(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ExecutionJson.Default.ProcessIdentity);
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether this very process still runs (a zombie does not).</summary>
    public bool IsRunning => StartMark(ProcessId) == Started;

    /// <summary>Writes the identity for another program or a later run.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, ExecutionJson.Default.ProcessIdentity));

    /// <summary>Ends the process and its group at once. Does nothing when it has ended.</summary>
    public void End() => Signal(Kill);

    /// <summary>
    /// Ends the process, its group, and what is left of them when the process itself is gone: a wrapper script dies with the program that started it,
    /// the program behind it does not. Linux only; elsewhere the same as <see cref="End"/>.
    /// </summary>
    /// <remarks>
    /// Whatever a session still runs keeps its number from being given away. Those processes are ours when they work in the folder that holds this very
    /// identity.
    /// </remarks>
    internal void EndWithOrphans()
    {
        End();
        if (!OperatingSystem.IsLinux() || !LeadsGroup)
        {
            return;
        }

        foreach (int processId in InSession().Where(processId => TryLoad($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/cwd/{ExternalProgram.IdentityFileName}") == this))
        {
            _ = NativeKill(processId, Kill);
        }
    }

    /// <summary>Processes of the session that this one opened. A launcher of MPI gives each rank a group of its own, so that a signal to its group does not reach them.</summary>
    private IEnumerable<int> InSession()
    {
        string session = ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int processId) && Statistics(processId) is { } fields && fields[3] == session)
            {
                yield return processId;
            }
        }
    }

    /// <summary>Stops the process and its group until <see cref="Resume"/>; its cores are free at once.</summary>
    /// <exception cref="PlatformNotSupportedException">The operating system has no stop signal.</exception>
    public void Pause() => Signal(IsMac ? 17 : 19);

    /// <summary>Lets a paused process and its group run on.</summary>
    /// <exception cref="PlatformNotSupportedException">The operating system has no continue signal.</exception>
    public void Resume() => Signal(Continue);

    private void Signal(int signal)
    {
        if (!IsRunning)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            if (signal != Kill)
            {
                throw new PlatformNotSupportedException("Windows has no signal that stops a process for a while.");
            }

            using var process = Process.GetProcessById(ProcessId);
            process.Kill(entireProcessTree: true);
            return;
        }

        int[] others = LeadsGroup && OperatingSystem.IsLinux() ? [.. InSession().Where(processId => processId != ProcessId)] : [];

        // A launcher that runs while its ranks stand still may take them for ended: it is stopped before them and runs on after them.
        bool isResuming = signal == Continue;
        if (isResuming)
        {
            SignalEach(others, signal);
        }

        // Between start and the change of session the group does not exist yet: then the process alone is meant.
        if ((!LeadsGroup || NativeKill(-ProcessId, signal) != 0) && NativeKill(ProcessId, signal) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != ErrorNoSuchProcess)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Signal {signal} to process {ProcessId} failed with error {error}."));
            }
        }

        if (!isResuming)
        {
            SignalEach(others, signal);
        }
    }

    private static void SignalEach(int[] processIds, int signal)
    {
        foreach (int processId in processIds)
        {
            _ = NativeKill(processId, signal);
        }
    }

    private static string? StartMark(int processId)
    {
        if (OperatingSystem.IsLinux())
        {
            return Statistics(processId) is { } fields ? $"{BootIdentity.Value}:{fields[19]}" : null;
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What Linux says of a living process (proc(5), stat): 0 is its state, 1 its parent, 2 its group, 3 its session, 19 its start time.</summary>
    private static string[]? Statistics(int processId)
    {
        try
        {
            // The command name in parentheses may hold blanks: count from its end.
            string text = File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static readonly Lazy<string> BootIdentity = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
