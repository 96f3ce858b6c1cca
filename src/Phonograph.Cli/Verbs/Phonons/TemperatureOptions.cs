using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Phonons.Properties;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary>The options of thermal sums: temperatures, and which modes count.</summary>
internal sealed class TemperatureOptions
{
    private readonly Option<string> _temperatures = new("--temperatures") { Description = "Temperatures, K: first:last:step, or a list (0,100,300).", HelpName = "T", DefaultValueFactory = _ => "0:1000:10" };
    private readonly Option<string> _imaginary = new("--imaginary") { Description = "Imaginary modes: leave-out, or absolute (count them with |frequency|).", DefaultValueFactory = _ => "leave-out" };
    private readonly Option<double> _cutoff = new("--cutoff") { Description = "Modes at or below this frequency are left out, THz.", DefaultValueFactory = _ => new ThermalOptions().CutoffTerahertz };

    internal TemperatureOptions() => _imaginary.AcceptOnlyFromAmong("leave-out", "absolute");

    internal void AddTo(Command command)
    {
        command.Add(_temperatures);
        command.Add(_imaginary);
        command.Add(_cutoff);
    }

    internal ThermalOptions Rule(CliRun run)
    {
        double cutoff = run.Get(_cutoff);
        return cutoff >= 0 && double.IsFinite(cutoff)
            ? new ThermalOptions(cutoff, run.Get(_imaginary) == "absolute" ? ImaginaryModes.AbsoluteValue : ImaginaryModes.LeaveOut)
            : throw new InputException($"--cutoff: found {cutoff.ToString(CultureInfo.InvariantCulture)}; expected zero or a positive frequency, THz.");
    }

    internal double[] Temperatures(CliRun run)
    {
        string text = run.Get(_temperatures);
        double[] Numbers(char separator) => [.. text.Split(separator).Select(token => double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1e6 ? number : double.NaN)];
        double[] range = Numbers(':');
        if (range is [var first, var last, > 0 and var step] && last >= first && (last - first) / step < 100_000)
        {
            return [.. Enumerable.Range(0, (int)Math.Floor(((last - first) / step) + 1e-9) + 1).Select(index => first + (index * step))];
        }

        double[] list = Numbers(',');
        return range.Length == 1 && list.All(double.IsFinite)
            ? list
            : throw new InputException($"--temperatures: found '{text}'; expected temperatures in K as first:last:step or as a list. Write for example 0:1000:10 or 0,300,600.");
    }
}
