using Phonograph.Cli.Tests;
using Phonograph.Crystals.Formats;
using Phonograph.Testing;

[assembly: AssemblyFixture(typeof(SmallStudy))]

namespace Phonograph.Cli.Tests;

/// <summary>
/// Files that many tests need, each made once, when it is first asked for, with labels of the built-in tight-binding model. Tests read them; what they write
/// goes into folders of their own.
/// </summary>
public sealed class SmallStudy : IDisposable
{
    /// <summary>Engine of the labels.</summary>
    internal const string Engine = "--engine tight-binding --level slater-koster --quiet";

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _cells, _model, _report;

    public SmallStudy()
    {
        _cells = new Lazy<string>(MakeCells);
        _model = new Lazy<string>(() => Make("gap.safetensors", $"train {Cells} --property band_gap --model m5 --hidden 8 --epochs 5 --output gap.safetensors --quiet"));
        _report = new Lazy<string>(() => Make("report", $"study {Cells} --quick --quiet --output report"));
        Poscar.Write(UnitCell, TestCrystals.SilverSulphideBromide, "Ag3SBr");
    }

    /// <summary>POSCAR of Ag3SBr, 5 atoms.</summary>
    internal string UnitCell => _folder.File("POSCAR");

    /// <summary>14 phonon-informed cells at 300 K and 14 random ones of 40 atoms, labelled, with POSCAR and the labelled ideal cell beside them.</summary>
    internal string Cells => _cells.Value;

    /// <summary>Force sets of the 2×2×2 supercell.</summary>
    internal string ForceSets => Path.Combine(Path.GetDirectoryName(Cells)!, "phonons", "FORCE_SETS");

    /// <summary>Force constants of the 2×2×2 supercell.</summary>
    internal string ForceConstants => Path.Combine(Path.GetDirectoryName(Cells)!, "phonons", "FORCE_CONSTANTS");

    /// <summary>Displaced supercells with forces.</summary>
    internal string Forces => Path.Combine(Path.GetDirectoryName(Cells)!, "forces.xyz.gz");

    /// <summary>A band-gap model trained on <see cref="Cells"/>.</summary>
    internal string Model => _model.Value;

    /// <summary>Folder of a finished quick study of <see cref="Cells"/>.</summary>
    internal string Report => _report.Value;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string MakeCells()
    {
        Run("phonons displacements POSCAR --supercell 2,2,2 --output displacements.xyz --quiet");
        Run($"label displacements.xyz {Engine} --workers 2 --campaign forces --export forces.xyz.gz");
        Run("phonons constants forces.xyz.gz POSCAR --supercell 2,2,2 --output phonons --quiet");
        Run("crystal POSCAR --supercell 2,2,2 --output rest.xyz --quiet");
        Run($"label rest.xyz {Engine} --campaign ideal --export ideal.xyz.gz");
        Run("sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants phonons/FORCE_CONSTANTS --temperature 300 --count 14 --seed 1 --output phonon.xyz.gz --quiet");
        Run("sample POSCAR --supercell 2,2,2 --scheme uniform --width 0.4 --count 14 --seed 2 --output random.xyz.gz --quiet");
        return Make("cells.xyz.gz", $"label phonon.xyz.gz random.xyz.gz {Engine} --workers 2 --campaign labels --export cells.xyz.gz");
    }

    private string Make(string name, string command)
    {
        Run(command);
        return _folder.File(name);
    }

    private void Run(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, $"phonograph {command}: exit code {answer.ExitCode}\n{answer.Errors}");
    }
}
