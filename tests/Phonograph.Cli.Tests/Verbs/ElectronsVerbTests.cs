using System.Text.Json;
using Phonograph.Crystals.Formats;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

public sealed class ElectronsVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ElectronsVerbTests() => Poscar.Write(_folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bands_come_with_figure_tables_and_edges()
    {
        using JsonDocument answer = Json("electrons bands POSCAR --engine tight-binding --mesh 4,4,4 --points 9 --project 2,2,2 --shells Ag-s S-p --output out --json");
        Assert.True(answer.RootElement.GetProperty("gap_eV").GetDouble() is > 0.5 and < 3);
        string[] table = File.ReadAllLines(_folder.File("out/bands.csv"));
        Assert.StartsWith("piece,from,to,ka,kb,kc,band,energy_above_valence_band_maximum_eV,filled,Ag_s", table[0], StringComparison.Ordinal);
        Assert.Contains(table, line => line.Contains(",true,0.", StringComparison.Ordinal));
        Assert.Contains("share of Ag s", File.ReadAllText(_folder.File("out/bands.svg")), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("out/bands-density.csv")) && new FileInfo(_folder.File("out/bands.png")).Length > 1000);
    }

    [Fact]
    public void A_frozen_mode_is_drawn_from_its_labelled_cells()
    {
        Run("phonons displacements POSCAR --supercell 1,1,1 --output displacements.xyz");
        Run("label displacements.xyz --engine tight-binding --campaign forces --export forces.xyz.gz --quiet");
        Run("phonons constants forces.xyz.gz POSCAR --supercell 1,1,1 --output constants");
        Run("phonons animate POSCAR --supercell 1,1,1 --force-constants constants/FORCE_CONSTANTS --primitive P --wave-vector 0,0,0 --band 1 --amplitude 0.3 --frames 8 --output mode.xyz");
        Run("label mode.xyz --engine tight-binding --campaign mode --export labelled.xyz.gz --quiet");
        using JsonDocument answer = Json("electrons mode labelled.xyz.gz --pair Ag-S --output out --json");
        JsonElement[] rows = [.. answer.RootElement.GetProperty("rows").EnumerateArray()];
        Assert.Equal(8, rows.Length);
        double[] amplitudes = [.. rows.Select(row => row.GetProperty("amplitude_rms_A").GetDouble())];
        Assert.Equal(amplitudes.Order(), amplitudes);

        // A cosine: as far to one side as to the other, and two cells at rest.
        Assert.Equal(-amplitudes[0], amplitudes[^1], 1e-6);
        Assert.Equal(2, amplitudes.Count(amplitude => Math.Abs(amplitude) < 1e-6));
        Assert.Equal(9, File.ReadAllLines(_folder.File("out/mode.csv")).Length);
    }

    private void Run(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, answer.Errors);
    }

    private JsonDocument Json(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        return JsonDocument.Parse(answer.Output);
    }
}
