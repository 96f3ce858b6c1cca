using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Phonograph.Execution;
using Phonograph.Files;

namespace Phonograph.Labelling;

/// <summary>How a program with MPI is started: one rank as one process without a launcher, several through <c>mpirun</c> or what <see cref="LauncherVariable"/> says.</summary>
internal static class RankLaunch
{
    /// <summary>Environment variable with the command that starts ranks; <c>{ranks}</c> stands for their number, the program follows.</summary>
    internal const string LauncherVariable = "PHONOGRAPH_MPIRUN";

    private const string PlainLauncher = "mpirun --bind-to none -np {ranks}";

    /// <summary>Surroundings of a single rank of a program built with Open MPI.</summary>
    private static readonly ImmutableDictionary<string, string> Surroundings = ImmutableDictionary<string, string>.Empty
        .Add("OPENBLAS_NUM_THREADS", "1")
        // A single rank needs none of Open MPI's helper processes, which would live outside the process group.
        .Add("OMPI_MCA_ess_singleton_isolated", "1")
        // Isolated ranks share one session folder below /tmp: one that ends removes it while another begins in it, which then fails.
        .Add("OMPI_MCA_orte_create_session_dirs", "0");

    /// <summary>The engine's program for a request, bound to the request's processors.</summary>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="request">Ranks, threads, processors, folder.</param>
    /// <param name="niceness">Added niceness.</param>
    internal static ExternalProgram Program(string path, ImmutableArray<string> arguments, EngineRequest request, int niceness)
    {
        string threads = request.Threads.ToString(CultureInfo.InvariantCulture);
        if (request.Ranks == 1)
        {
            return new ExternalProgram(path, arguments, request.Folder, Surroundings.Add("OMP_NUM_THREADS", threads), niceness) { BoundTo = request.Processors };
        }

        string[] launcher = [.. Launcher().Select(word => word.Replace("{ranks}", request.Ranks.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))];
        ImmutableDictionary<string, string> surroundings = ImmutableDictionary<string, string>.Empty.Add("OPENBLAS_NUM_THREADS", "1").Add("OMP_NUM_THREADS", threads);

        // Open MPI refuses to start ranks for root unless told twice; in a container everybody is root.
        surroundings = Environment.UserName == "root" ? surroundings.Add("OMPI_ALLOW_RUN_AS_ROOT", "1").Add("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1") : surroundings;
        return new ExternalProgram(ExternalProgram.Find(launcher[0]) ?? launcher[0], [.. launcher.Skip(1), path, .. arguments], request.Folder, surroundings, niceness) { BoundTo = request.Processors };
    }

    /// <summary>Refuses ranks that cannot be started here.</summary>
    /// <exception cref="InputException">There is no launcher, or its command has no place for the number.</exception>
    internal static void Check(int ranks)
    {
        if (ranks == 1)
        {
            return;
        }

        string[] words = Launcher();
        if (words.Length == 0 || ExternalProgram.Find(words[0]) is null)
        {
            throw new InputException($"--ranks {ranks}: found no '{words.FirstOrDefault()}'; expected a launcher of MPI. Install the one your engine was built with (Debian: apt-get install -y openmpi-bin), or name its command in {LauncherVariable}, for example 'srun -n {{ranks}}'.");
        }

        if (!words.Any(word => word.Contains("{ranks}", StringComparison.Ordinal)))
        {
            throw new InputException($"{LauncherVariable}: found '{string.Join(' ', words)}'; expected {{ranks}} where the number of ranks belongs, for example 'srun -n {{ranks}}'.");
        }
    }

    private static string[] Launcher() => (Environment.GetEnvironmentVariable(LauncherVariable) is { Length: > 0 } named ? named : PlainLauncher).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What a program prints when it is asked who it is; the error's text when it cannot be started.</summary>
    /// <param name="path">The program.</param>
    /// <param name="folder">Folder it runs in.</param>
    /// <param name="arguments">Its arguments.</param>
    internal static string Ask(string path, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in Surroundings)
        {
            start.Environment[name] = value;
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text + '\n' + errors.Result;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return error.Message;
        }
    }
}
