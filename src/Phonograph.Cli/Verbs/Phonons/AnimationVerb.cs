using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Properties;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons animate</c>: one phonon as moving atoms.</summary>
internal static class AnimationVerb
{
    internal static Command Create()
    {
        var input = new PhononInput();
        var wave = new Option<string>("--wave-vector") { Description = "Wave vector in units of the primitive cell's reciprocal vectors.", HelpName = "A,B,C", Required = true };
        var band = new Option<int>("--band") { Description = "Which phonon, from 1 by rising frequency.", Required = true };
        var direction = new Option<string?>("--direction") { Description = "Direction from which Γ is approached in a polar crystal, same units.", HelpName = "A,B,C" };
        var amplitude = new Option<double>("--amplitude") { Description = "Largest displacement, Å.", DefaultValueFactory = _ => 0.3 };
        var frames = new Option<int>("--frames") { Description = "Frames of one period.", DefaultValueFactory = _ => 24 };
        var repeats = new Option<string?>("--repeats") { Description = "Supercell of the primitive cell to draw, three or nine integers; not given: the smallest that holds the wave.", HelpName = "A,B,C" };
        var output = new Option<string>("--output") { Description = "Extended XYZ file to write (.gz compresses).", Required = true };
        var command = new Command(
            "animate",
            "One period of a phonon as frames of an extended XYZ file, with the displacements (Å), for a viewer or as starting points.\n"
            + "Example: phonograph phonons animate phonopy_params.yaml --wave-vector 1/2,0,0 --band 1 --amplitude 0.3 --output mode.xyz");
        input.AddTo(command);
        foreach (Option option in new Option[] { wave, band, direction, amplitude, frames, repeats, output })
        {
            command.Add(option);
        }

        return CliRun.Verb(command, run =>
        {
            Vector3D q = Triple("--wave-vector", run.Get(wave));
            Vector3D? approach = run.Get(direction) is { } text ? Triple("--direction", text) : null;
            if (!(run.Get(amplitude) is > 0 and < 10) || run.Get(frames) is < 1 or > 10_000)
            {
                throw new InputException("--amplitude, --frames: expected a length between 0 and 10 Å and between 1 and 10000 frames.");
            }

            HarmonicCrystal crystal = input.Load(run);
            DynamicalMatrix matrix = input.Matrix(run, crystal);
            int number = run.Get(band);
            if (number < 1 || number > matrix.Order)
            {
                throw new InputException($"--band: found {number}; expected 1 to {matrix.Order}, the bands of this crystal.");
            }

            WaveVectorModes modes = matrix.ModesAt(q, approach);
            IntegerMatrix3 cells = run.Get(repeats) is { } given ? SupercellOption.Build(crystal.PrimitiveCell, given).Matrix : ModeAnimation.SmallestSupercell(q);
            ExtendedXyz.Write(run.Get(output), ModeAnimation.Frames(crystal.PrimitiveCell, modes, number - 1, cells, run.Get(amplitude), run.Get(frames)));
            double frequency = modes.FrequenciesTerahertz[number - 1];
            int atoms = Math.Abs(cells.Determinant) * crystal.PrimitiveCell.AtomCount;
            PhononOutput.Print(
                run,
                string.Create(CultureInfo.InvariantCulture, $"{input.Describe(run, crystal)}\nband {number} at ({q.X:0.####} {q.Y:0.####} {q.Z:0.####}): {frequency:F5} THz{(frequency < 0 ? ", imaginary" : "")}\n{run.Get(frames)} frames of {atoms} atoms: {run.Get(output)}"),
                new { frequency_THz = frequency, band = number, atoms, frames = run.Get(frames), source = crystal.Source, output = run.Get(output) });
            return Task.FromResult(0);
        });
    }

    private static Vector3D Triple(string option, string text)
    {
        double[] numbers = [.. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Number)];
        return numbers is [var x, var y, var z] && numbers.All(number => Math.Abs(number) < 1000)
            ? new Vector3D(x, y, z)
            : throw new InputException($"{option}: found '{text}'; expected three numbers or fractions. Write for example {option} 1/2,0,0.");
    }

    private static double Number(string token)
    {
        string[] parts = token.Split('/');
        double value = double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double first) ? first : double.NaN;
        return parts.Length == 1 ? value : parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double second) ? value / second : double.NaN;
    }
}
