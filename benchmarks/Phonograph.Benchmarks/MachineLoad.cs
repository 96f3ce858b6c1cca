using System.Globalization;

namespace Phonograph.Benchmarks;

/// <summary>Timings on a busy machine mean nothing: benchmarks print the load and refuse to run above 0.3.</summary>
internal static class MachineLoad
{
    private const double Quiet = 0.3;

    /// <summary>Prints the load average of the last minute and says whether a benchmark may run.</summary>
    /// <param name="anyway">Run in spite of the load.</param>
    internal static bool IsQuiet(bool anyway)
    {
        const string File = "/proc/loadavg";
        if (!System.IO.File.Exists(File))
        {
            Console.Error.WriteLine("load average: not known on this system; make sure that nothing else runs");
            return true;
        }

        double load = double.Parse(System.IO.File.ReadAllText(File).Split(' ')[0], CultureInfo.InvariantCulture);
        Console.WriteLine(FormattableString.Invariant($"load average of the last minute: {load:F2}"));
        if (load <= Quiet || anyway)
        {
            return true;
        }

        Console.Error.WriteLine(FormattableString.Invariant($"the machine is busy (above {Quiet}): wait, or say --anyway and do not believe the numbers"));
        return false;
    }
}
