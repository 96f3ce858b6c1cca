using System.Diagnostics;

namespace Phonograph.Cli.Tests;

/// <summary>Ways to start a program that a test needs, and whether this machine allows them.</summary>
internal static class Shell
{
    /// <summary>Why tests that need a mount are skipped.</summary>
    internal const string NeedsMount = "needs Linux and the permission to mount in a name space of its own (unshare -rm): run as root, or allow user name spaces";

    private static readonly Lazy<bool> Mountable = new(() => OperatingSystem.IsLinux() && Succeeds("unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"));

    /// <summary>Whether a program can be started with mounts that nobody else sees.</summary>
    internal static bool CanMount => Mountable.Value;

    /// <summary>The command that does something in a shell with mounts of its own, then becomes the program.</summary>
    /// <param name="before">Shell commands, for example a mount.</param>
    internal static string[] WithMount(string before) => ["unshare", "-rm", "sh", "-c", before + " && exec \"$@\"", "sh"];

    /// <summary>The command that does something in a shell, then becomes the program.</summary>
    internal static string[] After(string before) => ["sh", "-c", before + " && exec \"$@\"", "sh"];

    /// <summary>
    /// The command under which no file grows beyond a size; writing further fails as on a full disk (EFBIG). It needs no permission. .NET itself
    /// needs large files in memory unless DOTNET_EnableWriteXorExecute is 0.
    /// </summary>
    /// <param name="kibibytes">Largest size, KiB.</param>
    internal static string[] WithFileLimit(int kibibytes) => After($"trap '' XFSZ && export DOTNET_EnableWriteXorExecute=0 && ulimit -f {2 * kibibytes}");

    /// <summary>The command under which the program answers Ctrl-C even when the tests run in the background, where shells switch that off.</summary>
    internal static string[] Interruptible => ["env", "--default-signal=INT"];

    /// <summary>Sends the signal of Ctrl-C.</summary>
    internal static void Interrupt(Process process) => Succeeds("kill", "-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
