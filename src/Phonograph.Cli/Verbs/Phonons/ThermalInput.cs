using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Phonons;
using Phonograph.Phonons.Properties;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary>What the verbs that sum over a mesh at temperatures ask for.</summary>
internal sealed class ThermalInput
{
    private readonly PhononInput _input = new();
    private readonly MeshOptions _mesh = new();
    private readonly TemperatureOptions _temperatures = new();
    private readonly Option<string> _output;

    /// <param name="command">Gets the argument and the options.</param>
    /// <param name="output">Description of the folder to write.</param>
    internal ThermalInput(Command command, string output)
    {
        _output = new Option<string>("--output") { Description = output, Required = true };
        _input.AddTo(command);
        _mesh.AddTo(command);
        _temperatures.AddTo(command);
        command.Add(_output);
    }

    /// <summary>Checks the options, then loads the crystal.</summary>
    internal ThermalSum Load(CliRun run)
    {
        ThermalOptions rule = _temperatures.Rule(run);
        double[] kelvin = _temperatures.Temperatures(run);
        HarmonicCrystal crystal = _input.Load(run);
        WaveVectorMesh mesh = _mesh.Build(run, crystal);
        return new ThermalSum(crystal, _input.Matrix(run, crystal), mesh, kelvin, rule, run.Get(_output), $"{_input.Describe(run, crystal)}\n{MeshOptions.Describe(mesh)}");
    }
}

/// <summary>A sum over a mesh at temperatures, before it is made.</summary>
/// <param name="Crystal">The crystal.</param>
/// <param name="Matrix">Its dynamical matrix.</param>
/// <param name="Mesh">Mesh.</param>
/// <param name="TemperaturesKelvin">Temperatures, K.</param>
/// <param name="Rule">Which modes count.</param>
/// <param name="Folder">Where to write.</param>
/// <param name="Description">Crystal and mesh in words.</param>
internal sealed record ThermalSum(HarmonicCrystal Crystal, DynamicalMatrix Matrix, WaveVectorMesh Mesh, double[] TemperaturesKelvin, ThermalOptions Rule, string Folder, string Description)
{
    internal int[] MeshNumbers => [Mesh.Numbers.X, Mesh.Numbers.Y, Mesh.Numbers.Z];

    /// <summary>A file in the folder.</summary>
    internal string File(string name) => Path.Combine(Folder, name);
}
