using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Execution.Slurm;

/// <summary>
/// Slurm by its commands: <c>sbatch</c>, <c>squeue</c> and <c>scontrol</c>, and <c>sacct</c> where the cluster keeps accounts (https://slurm.schedmd.com).
/// Written for version 22.05, the one Debian 12 ships; the options it uses are older and still there.
/// </summary>
public sealed class SlurmScheduler : IArrayScheduler
{
    private const int LinesSaid = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private IReadOnlyDictionary<string, string>? _configuration;

    /// <summary>Whether the commands of Slurm are on the search path.</summary>
    public static bool IsInstalled => ExternalProgram.Find("sbatch") is not null && ExternalProgram.Find("squeue") is not null;

    /// <summary>Finds Slurm.</summary>
    /// <exception cref="InputException">Its commands are not here.</exception>
    public static SlurmScheduler Find() => IsInstalled
        ? new SlurmScheduler()
        : throw new InputException("There is no 'sbatch' on the PATH. Run this on a login node of the cluster; --dry-run shows the scripts anywhere.");

    /// <inheritdoc/>
    public async Task<string> SubmitAsync(string script, CancellationToken cancellation)
    {
        (int code, string output, string errors) = await RunAsync("sbatch", ["--parsable", script], cancellation);
        if (code == 0 && SlurmText.Sbatch(output) is { } id)
        {
            return id;
        }

        string said = Said("sbatch", errors + output);
        if (SlurmText.IsPassing(said))
        {
            throw new ArraySchedulerException(said);
        }

        throw new InputException($"{said} Correct the description of the cluster; --dry-run shows the script.");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SlurmTask>> LookAsync(IReadOnlyCollection<string> arrays, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        if (arrays.Count == 0)
        {
            return [];
        }

        string[] arguments = ["--array", "--noheader", "--states=all", $"--format={SlurmText.SqueueFormat}", $"--name={string.Join(',', arrays)}"];
        return SlurmText.Squeue(await AskAsync("squeue", arguments, cancellation));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SlurmTask>> RememberAsync(IReadOnlyCollection<string> jobIds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(jobIds);
        bool hasAccounts = (await ConfigurationAsync(cancellation)).GetValueOrDefault("AccountingStorageType") is { } kind && !kind.EndsWith("none", StringComparison.Ordinal) && kind != "(null)";
        return jobIds.Count > 0 && hasAccounts && ExternalProgram.Find("sacct") is not null
            ? SlurmText.Sacct(await AskAsync("sacct", ["--noheader", "--parsable2", "--allocations", $"--format={SlurmText.SacctColumns}", $"--jobs={string.Join(',', jobIds)}"], cancellation))
            : [];
    }

    /// <inheritdoc/>
    public async Task<string> ExplainAsync(string jobId, int index, CancellationToken cancellation)
    {
        (int code, string output, _) = await RunAsync("scontrol", ["--oneliner", "show", "job", FormattableString.Invariant($"{jobId}_{index}")], cancellation);
        IReadOnlyDictionary<string, string> job = SlurmText.ScontrolJob(code == 0 ? output : "");
        return string.Join(", ", new[] { "JobState", "Reason", "ExitCode", "NodeList" }.Where(job.ContainsKey).Select(key => $"{key}={job[key]}"));
    }

    /// <inheritdoc/>
    public async Task<int> LargestArrayAsync(CancellationToken cancellation) =>
        // The largest index is one less than the setting; indices begin with 1 here.
        int.TryParse((await ConfigurationAsync(cancellation)).GetValueOrDefault("MaxArraySize"), NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? Math.Max(1, size - 1) : 1000;

    private async Task<IReadOnlyDictionary<string, string>> ConfigurationAsync(CancellationToken cancellation) =>
        _configuration ??= SlurmText.ScontrolConfig(await AskAsync("scontrol", ["show", "config"], cancellation));

    private static async Task<string> AskAsync(string command, string[] arguments, CancellationToken cancellation)
    {
        (int code, string output, string errors) = await RunAsync(command, arguments, cancellation);
        return code == 0 ? output : throw new ArraySchedulerException(Said(command, errors + output));
    }

    private static string Said(string command, string text) =>
        $"{command} said: {string.Join(" / ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(LinesSaid))}.";

    /// <summary>Runs a command to its end; one that does not answer in two minutes is ended.</summary>
    private static async Task<(int Code, string Output, string Errors)> RunAsync(string command, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using Process process = Process.Start(start)!;
            try
            {
                Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
                string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return (process.ExitCode, output, await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                throw new ArraySchedulerException($"{command} did not answer in {Patience.TotalSeconds:0} s.");
            }
        }
        catch (Win32Exception error)
        {
            throw new ArraySchedulerException($"{command} cannot be started: {error.Message}", error);
        }
    }
}
