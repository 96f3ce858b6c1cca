using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary>The options <c>--mesh</c> and <c>--gamma</c>.</summary>
internal sealed class MeshOptions
{
    private const long MostPoints = 10_000_000;
    private readonly Option<string> _mesh = new("--mesh") { Description = "Wave vectors along the three reciprocal vectors (20,20,20), or one length in Å: their number is its product with the reciprocal vector.", HelpName = "A,B,C", DefaultValueFactory = _ => "100" };
    private readonly Option<bool> _gamma = new("--gamma") { Description = "Centre the mesh on Γ. Not given: even numbers straddle it (Monkhorst and Pack)." };

    internal void AddTo(Command command)
    {
        command.Add(_mesh);
        command.Add(_gamma);
    }

    /// <summary>The mesh, reduced by the symmetry of the crystal.</summary>
    internal WaveVectorMesh Build(CliRun run, HarmonicCrystal crystal)
    {
        string text = run.Get(_mesh);
        double[] numbers = [.. text.Split([',', ' ', 'x', '×'], StringSplitOptions.RemoveEmptyEntries).Select(token => double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        IntegerVector3? mesh = numbers switch
        {
            [> 0 and < 1e5] => WaveVectorMesh.NumbersFor(crystal.PrimitiveCell.Lattice, numbers[0]),
            [>= 1 and < 1e4, >= 1 and < 1e4, >= 1 and < 1e4] when numbers.All(double.IsInteger) => new IntegerVector3((int)numbers[0], (int)numbers[1], (int)numbers[2]),
            _ => null,
        };
        return mesh is { } n && (long)n.X * n.Y * n.Z <= MostPoints
            ? WaveVectorMesh.Of(n, crystal.Group, run.Get(_gamma))
            : throw new InputException($"--mesh: found '{text}'; expected three positive integers or one length in Å, ten million points at most. Write for example --mesh 20,20,20.");
    }

    /// <summary>The mesh in words.</summary>
    internal static string Describe(WaveVectorMesh mesh) => string.Create(
        CultureInfo.InvariantCulture, $"{mesh.Numbers.X}×{mesh.Numbers.Y}×{mesh.Numbers.Z} wave vectors, {mesh.PointsFractional.Length} after symmetry");
}
