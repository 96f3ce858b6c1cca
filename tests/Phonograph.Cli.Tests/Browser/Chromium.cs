using System.Diagnostics;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Browser;

/// <summary>The Chromium of this machine without a window and without a network.</summary>
internal static class Chromium
{
    /// <summary>Why a test is skipped without it.</summary>
    internal const string HowToGet = "needs Chromium: apt-get install -y chromium";

    private static readonly string[] Names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Path of the program, or null.</summary>
    internal static string? Program { get; } = Names.FirstOrDefault(File.Exists);

    /// <summary>Opens a page of a file and answers its document as text, after scripts have run.</summary>
    internal static string Dump(string file, string options = "") => Run($"{options} --virtual-time-budget=4000 --dump-dom", file);

    /// <summary>Opens a page of a file and writes a picture of it.</summary>
    internal static void Picture(string file, string png, int width, int height) => Run($"--hide-scrollbars --window-size={width},{height} --screenshot={png}", file);

    private static string Run(string options, string file)
    {
        using var profile = new TemporaryFolder();
        const string Alone = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-extensions";
        string[] arguments = [.. $"{Alone} {options}".Split(' ', StringSplitOptions.RemoveEmptyEntries), "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={profile.File("profile")}", new Uri(file).AbsoluteUri];
        using var process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = profile.Path })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(errors.Result);
    }
}
