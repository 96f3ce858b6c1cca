using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.Properties;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Reporting;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons dos</c>: density of states.</summary>
internal static class DensityVerb
{
    internal static Command Create()
    {
        var input = new PhononInput();
        var mesh = new MeshOptions();
        var method = new Option<string>("--method") { Description = "tetrahedra (linear interpolation) or gaussian (smearing).", DefaultValueFactory = _ => "tetrahedra" };
        method.AcceptOnlyFromAmong("tetrahedra", "gaussian");
        var width = new Option<double?>("--width") { Description = "Standard deviation of the Gaussians, THz; a hundredth of the range of the phonons when not given." };
        var points = new Option<int>("--points") { Description = "Number of frequencies.", DefaultValueFactory = _ => new DensityOfStatesOptions().PointCount };
        var range = new Option<string?>("--range") { Description = "Lowest and highest frequency, THz.", HelpName = "LOW,HIGH" };
        var output = new Option<string>("--output") { Description = "Folder for dos.svg, dos.png and dos.csv.", Required = true };
        var command = new Command(
            "dos",
            "Phonon density of states per primitive cell (states per THz), in all and for each element; its integral is three times the number of atoms.\n"
            + "Example: phonograph phonons dos phonopy_params.yaml --mesh 20,20,20 --output phonons");
        input.AddTo(command);
        mesh.AddTo(command);
        foreach (Option option in new Option[] { method, width, points, range, output })
        {
            command.Add(option);
        }

        return CliRun.Verb(command, run =>
        {
            DensityOfStatesOptions options = Options(run.Get(method), run.Get(width), run.Get(points), run.Get(range));
            HarmonicCrystal crystal = input.Load(run);
            WaveVectorMesh grid = mesh.Build(run, crystal);
            var density = DensityOfStates.Of(MeshPhonons.Of(input.Matrix(run, crystal), grid, withElementShares: true), options);
            ImmutableArray<string> figures = PhononFigures.WriteDensity(Path.Combine(run.Get(output), "dos"), crystal.PrimitiveCell, density);
            double step = density.FrequenciesTerahertz[1] - density.FrequenciesTerahertz[0];
            PhononOutput.Print(
                run,
                string.Create(CultureInfo.InvariantCulture, $"{input.Describe(run, crystal)}\n{MeshOptions.Describe(grid)}; {density.Options.Method}{(density.Options.Method == DensityOfStatesMethod.Gaussian ? $", width {density.Options.WidthTerahertz:F4} THz" : "")}\nintegral {density.Total.Sum() * step:F6} states per cell, {3 * crystal.PrimitiveCell.AtomCount} bands\n{string.Join(", ", figures)}"),
                new
                {
                    mesh = new[] { grid.Numbers.X, grid.Numbers.Y, grid.Numbers.Z },
                    wave_vectors = grid.PointsFractional.Length,
                    method = run.Get(method),
                    integral = density.Total.Sum() * step,
                    frequencies_THz = density.FrequenciesTerahertz,
                    total_per_THz = density.Total,
                    integrated = density.Integrated,
                    elements = density.Elements.Select((element, index) => new { element = element.Symbol, per_THz = density.PerElement[index] }),
                    source = crystal.Source,
                    files = figures,
                });
            return Task.FromResult(0);
        });
    }

    private static DensityOfStatesOptions Options(string method, double? width, int points, string? range)
    {
        double[] ends = range is null ? [] : [.. range.Split(',').Select(token => double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : double.NaN)];
        if (range is not null && !(ends is [var low, var high] && low < high))
        {
            throw new InputException($"--range: found '{range}'; expected the lowest and the highest frequency in THz. Write for example --range 0,20.");
        }

        if (points is < 2 or > 1_000_000)
        {
            throw new InputException($"--points: found {points}; expected 2 or more.");
        }

        return width is null or > 0 && width is not double.PositiveInfinity
            ? new DensityOfStatesOptions
            {
                Method = method == "gaussian" ? DensityOfStatesMethod.Gaussian : DensityOfStatesMethod.Tetrahedra,
                PointCount = points,
                WidthTerahertz = width,
                LowestTerahertz = range is null ? null : ends[0],
                HighestTerahertz = range is null ? null : ends[1],
            }
            : throw new InputException($"--width: found {width.Value.ToString(CultureInfo.InvariantCulture)}; expected a positive frequency, THz.");
    }
}
