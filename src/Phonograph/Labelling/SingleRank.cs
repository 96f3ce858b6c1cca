using System.Collections.Immutable;
using System.Diagnostics;

namespace Phonograph.Labelling;

/// <summary>Surroundings of a program built with Open MPI that runs as one process without a launcher.</summary>
internal static class SingleRank
{
    internal static readonly ImmutableDictionary<string, string> Surroundings = ImmutableDictionary<string, string>.Empty
        .Add("OPENBLAS_NUM_THREADS", "1")
        // A single rank needs none of Open MPI's helper processes, which would live outside the process group.
        .Add("OMPI_MCA_ess_singleton_isolated", "1")
        // Isolated ranks share one session folder below /tmp: one that ends removes it while another begins in it, which then fails.
        .Add("OMPI_MCA_orte_create_session_dirs", "0");

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
