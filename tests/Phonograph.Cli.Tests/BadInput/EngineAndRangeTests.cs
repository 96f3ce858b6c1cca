using System.Text.Json;
using Phonograph.Crystals.Formats;
using Phonograph.Crystals;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.BadInput;

/// <summary>An engine that is not there, and a model outside of what it was trained on.</summary>
public sealed class EngineAndRangeTests(SmallStudy study)
{
    [Fact]
    public void A_missing_engine_is_named_with_the_way_to_get_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "takes the folders of programs away, as Linux and macOS name them: run there");
        using var folder = new TemporaryFolder();
        (string, string?)[] without = [("PATH", folder.Path)];
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, $"label {study.Cells} --engine cp2k --campaign labels", without);
        Assert.Equal((2, ""), (answer.ExitCode, answer.Output));
        Assert.Matches("^phonograph: Engine cp2k is not installed here\\. To get it: [^\n]*cp2k[^\n]*\n$", answer.Errors);
        Assert.False(Directory.Exists(folder.File("labels")));
        JsonElement engines = JsonDocument.Parse(PhonographProgram.Run(folder.Path, "engines --json", without).Output).RootElement;
        Assert.Equal(["cp2k False", "espresso False", "tight-binding True"], engines.EnumerateArray().Select(engine => $"{engine.GetProperty("name").GetString()} {engine.GetProperty("installed").GetBoolean()}"));
    }

    [Fact]
    public void A_model_outside_its_elements_or_distances_warns_and_flags_each_structure()
    {
        using var folder = new TemporaryFolder();
        Crystal cell = TestCrystals.SilverSulphideBromide40;
        CrystalFile.Write(folder.File("salt.vasp"), TestCrystals.RockSaltPrimitive);
        CrystalFile.Write(folder.File("squeezed.vasp"), new Crystal(new Lattice(0.6 * cell.Lattice.Rows), cell.Elements, cell.PositionsFractional));
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, $"predict {study.Model} salt.vasp squeezed.vasp {study.Cells} --output out.csv --json");
        Assert.Equal(0, answer.ExitCode);
        Assert.StartsWith("phonograph: warning: ", answer.Errors, StringComparison.Ordinal);
        Assert.Contains("Trained elements: S, Br, Ag", answer.Errors, StringComparison.Ordinal);
        string[][] rows = [.. File.ReadAllLines(folder.File("out.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(30, rows.Length);
        Assert.Equal("true", rows[0][4]);
        Assert.Contains("unknown-element", rows[0][5], StringComparison.Ordinal);
        Assert.Equal("true", rows[1][4]);
        Assert.Contains("edge-length", rows[1][5], StringComparison.Ordinal);
        JsonElement counted = JsonDocument.Parse(answer.Output).RootElement;
        Assert.Equal(rows.Count(row => row[4] == "true"), counted.GetProperty("outside_training_range").GetInt32());
        Assert.DoesNotContain(rows[2..], row => row[5].Contains("unknown-element", StringComparison.Ordinal) || row[5].Contains("edge-length", StringComparison.Ordinal));
    }
}
