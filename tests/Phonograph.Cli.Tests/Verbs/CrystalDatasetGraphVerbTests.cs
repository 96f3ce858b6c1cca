using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Phonograph.Crystals.Formats;
using Phonograph.Labelling.Campaigns;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

public sealed class CrystalDatasetGraphVerbTests
{
    [Fact]
    public void A_crystal_is_described_repeated_and_converted()
    {
        using var folder = new TemporaryFolder();
        Poscar.Write(folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        PhonographProgram.Answer text = PhonographProgram.Run(folder.Path, "crystal POSCAR --supercell 2,2,2 --output supercell.xyz.gz");
        Assert.Equal((0, ""), (text.ExitCode, text.Errors));
        Assert.Contains("Ag3SBr, 40 atoms in the cell (Ag24S8Br8)", text.Output, StringComparison.Ordinal);
        Assert.Contains("2.3965 Å (Ag-S", text.Output, StringComparison.Ordinal);
        Assert.Equal(40, CrystalFile.Read(folder.File("supercell.xyz.gz")).AtomCount);

        JsonElement described = Json(folder, "crystal supercell.xyz.gz --output again.vasp --json");
        Assert.Equal((40, 1232, 0), (described.GetProperty("atoms").GetInt32(), described.GetProperty("directed_edges").GetInt32(), described.GetProperty("self_loops").GetInt32()));
        Assert.Equal(8 * 4.793 * 4.793 * 4.793, described.GetProperty("volume_A3").GetDouble(), 1e-9);
        Assert.Equal(40, Poscar.Read(folder.File("again.vasp")).AtomCount);
    }

    [Fact]
    public void A_graph_is_counted_and_written()
    {
        using var folder = new TemporaryFolder();
        Poscar.Write(folder.File("POSCAR"), TestCrystals.SilverSulphideBromide40, "Ag24S8Br8");
        Assert.Equal(1136, Json(folder, "graph POSCAR --legacy --json").GetProperty("directed_edges").GetInt32());
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, "graph POSCAR --cutoff 5.5 --output edges.csv");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("40 nodes, 1232 directed edges within 5.5 Å", answer.Output, StringComparison.Ordinal);
        Assert.Equal(1233, File.ReadLines(folder.File("edges.csv")).Count());
    }

    [Fact]
    public void A_dataset_is_counted_described_and_divided()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("cells.xyz.gz"), Cells(20));
        folder.Write("failures.csv", "id,scheme,temperature_K,width_A,reason,detail\nlost,phonon,300,,timeout,after 600 s\n");
        JsonElement dataset = Json(folder, "dataset cells.xyz.gz --seed 3 --json");
        JsonElement row = dataset.GetProperty("census")[0];
        Assert.Equal((21, 20, 1, 1), (row.GetProperty("drawn").GetInt32(), row.GetProperty("labelled").GetInt32(), row.GetProperty("failed").GetInt32(), row.GetProperty("metallic").GetInt32()));
        Assert.Equal("timeout", dataset.GetProperty("failures")[0].GetProperty("reason").GetString());
        Assert.Equal(4, dataset.GetProperty("labels").GetArrayLength());
        Assert.Equal((14, 3, 3), (dataset.GetProperty("split").GetProperty("training").GetInt32(), dataset.GetProperty("split").GetProperty("validation").GetInt32(), dataset.GetProperty("split").GetProperty("test").GetInt32()));
        Assert.True(dataset.GetProperty("leakage").GetProperty("clean").GetBoolean());

        PhonographProgram.Answer text = PhonographProgram.Run(folder.Path, "dataset cells.xyz.gz");
        Assert.Equal(0, text.ExitCode);
        Assert.All(["phonon 300 K", "Band gap (eV)", "no leak", "14 training"], part => Assert.Contains(part, text.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void A_data_card_counts_what_was_drawn_and_says_when_a_cell_is_unaccounted_for()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyzFrame[] drawn = [.. Cells(20).Select((frame, index) => frame with { VectorColumns = frame.VectorColumns.SetItem("displacement", [.. Enumerable.Repeat(new Vector3D(0.5 * Math.Cos(index), 0.5 * Math.Sin(index), 0), frame.Crystal.AtomCount)]) })];
        ExtendedXyz.Write(folder.File("drawn.xyz"), drawn);
        ExtendedXyz.Write(folder.File("cells.xyz.gz"), drawn[1..]);
        ExtendedXyz.Write(folder.File("ideal.xyz"), drawn[..1].Select(frame => frame with { Info = frame.Info.Remove("scheme") }));
        ExtendedXyz.Write(folder.File("other.xyz"), drawn[..1].Select(frame => frame with { Info = frame.Info.SetItem("level", "another") }));
        string lost = drawn[0].Info["id"];
        const string Command = "dataset cells.xyz.gz --drawn drawn.xyz --ideal ideal.xyz --card CARD.md";
        PhonographProgram.Answer unaccounted = PhonographProgram.Run(folder.Path, Command);
        Assert.Equal(2, unaccounted.ExitCode);
        Assert.Contains($"'{lost}'", unaccounted.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("CARD.md")));

        folder.Write("failures.csv", $"id,scheme,temperature_K,width_A,reason,detail\n{lost},phonon,300,,not-converged,rung 4: 400 steps\n");
        PhonographProgram.Answer written = PhonographProgram.Run(folder.Path, Command);
        Assert.True(written.ExitCode == 0, written.Errors);
        string card = File.ReadAllText(folder.File("CARD.md"));
        Assert.Contains("| labelled | 19 of 20 drawn cells, 1 failed, ", card, StringComparison.Ordinal);
        Assert.Contains("| 20 | 19 | 95.0 | 1 | ", card, StringComparison.Ordinal);
        Assert.Contains("| 0.5000 | 0.5000 | 19 |", card, StringComparison.Ordinal);
        Assert.Contains($"| {lost} | not-converged | rung 4: 400 steps |", card, StringComparison.Ordinal);
        Assert.Contains("| crystal at rest | ", card, StringComparison.Ordinal);
        Assert.Equal(2, PhonographProgram.Run(folder.Path, Command + " --unit-cell POSCAR").ExitCode);
        PhonographProgram.Answer mixed = PhonographProgram.Run(folder.Path, Command.Replace("ideal.xyz", "other.xyz", StringComparison.Ordinal));
        Assert.Equal(2, mixed.ExitCode);
        Assert.Contains("labels of tight-binding another", mixed.Errors, StringComparison.Ordinal);

        CampaignFolder.OpenOrCreate(folder.File("campaign"), "tight-binding", "1", "model");
        CampaignFolder.OpenOrCreate(folder.File("campaign-of-another-level"), "tight-binding", "1", "another");
        PhonographProgram.Answer timed = PhonographProgram.Run(folder.Path, Command + " --campaign campaign");
        Assert.Equal((0, ""), (timed.ExitCode, timed.Errors));
        PhonographProgram.Answer foreign = PhonographProgram.Run(folder.Path, Command + " --campaign campaign-of-another-level");
        Assert.Equal(2, foreign.ExitCode);
        Assert.Contains("--campaign: found labels of tight-binding another; expected those of the cells, tight-binding model", foreign.Errors, StringComparison.Ordinal);
        Assert.Equal(card, File.ReadAllText(folder.File("CARD.md")));
    }

    [Fact]
    public void Labels_are_examined_on_request_and_the_findings_are_counted_in_text_json_and_card()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("cells.xyz"), Cells(20).Select((frame, index) => frame with { Info = frame.Info.Add("engine_version", index == 7 ? "2" : "1") }));
        JsonElement[] checks = [.. Json(folder, "dataset cells.xyz --quality --json").GetProperty("quality").EnumerateArray()];
        Assert.Equal(["metallic", "settings"], checks.Where(check => check.GetProperty("found").GetInt32() > 0).Select(check => check.GetProperty("check").GetString()));
        Assert.Equal(JsonValueKind.Null, Json(folder, "dataset cells.xyz --json").GetProperty("quality").ValueKind);
        PhonographProgram.Answer text = PhonographProgram.Run(folder.Path, "dataset cells.xyz --quality");
        Assert.Equal((0, ""), (text.ExitCode, text.Errors));
        Assert.Contains("cell-7: engine_version 2, most have 1", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_division_that_leaks_ends_with_exit_code_1_and_names_the_cells()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("cells.xyz"), Cells(10).SelectMany(frame => new[] { frame, frame with { Info = frame.Info.SetItem("id", frame.Info["id"] + "-copy") } }));
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, "dataset cells.xyz");
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("LEAK", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crystal missing", "missing: no such file")]
    [InlineData("crystal cut", "cut, line 4: found the end of the file")]
    [InlineData("crystal POSCAR --cutoff -1", "--cutoff: found -1")]
    [InlineData("crystal POSCAR --cutoff 9999", "smaller cutoff")]
    [InlineData("crystal POSCAR --frame 2", "frame 2")]
    [InlineData("crystal POSCAR --supercell 0,1,1", "--supercell: found '0,1,1'")]
    [InlineData("graph POSCAR --output graph.pdf", ".csv")]
    [InlineData("graph unlabelled.xyz --frame 9", "frame 9")]
    [InlineData("dataset unlabelled.xyz", "no key id")]
    [InlineData("dataset POSCAR", "the number of atoms")]
    [InlineData("dataset unlabelled.xyz --tolerance -1", "--tolerance: found -1")]
    [InlineData("dataset", "")]
    [InlineData("graph POSCAR --cutoff long", "")]
    public void Wrong_input_ends_with_exit_code_2_and_one_message(string commandLine, string message)
    {
        using var folder = new TemporaryFolder();
        Poscar.Write(folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        CrystalFile.Write(folder.File("unlabelled.xyz"), TestCrystals.SilverSulphideBromide);
        folder.Write("cut", "Ag\n1\n3 0 0\n");
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(message, answer.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crystal")]
    [InlineData("dataset")]
    [InlineData("graph")]
    public void Help_has_units_and_an_example(string verb)
    {
        using var folder = new TemporaryFolder();
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, verb + " --help");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("Å", answer.Output, StringComparison.Ordinal);
        Assert.Contains("Example: phonograph " + verb, answer.Output, StringComparison.Ordinal);
    }

    private static JsonElement Json(TemporaryFolder folder, string commandLine)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.Equal((0, ""), (answer.ExitCode, answer.Errors));
        return JsonDocument.Parse(answer.Output).RootElement;
    }

    /// <summary>Labelled cells at 300 K, the first of them metallic.</summary>
    private static IEnumerable<ExtendedXyzFrame> Cells(int count) => Enumerable.Range(0, count).Select(index => new ExtendedXyzFrame(
        TestCrystals.Shaken(TestCrystals.SilverSulphideBromide, 0.4, (ulong)index),
        ImmutableDictionary.CreateRange(new Dictionary<string, string>
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"cell-{index}"),
            ["scheme"] = "phonon",
            ["temperature_K"] = "300",
            ["REF_energy"] = (-50 + (0.1 * index)).ToString(CultureInfo.InvariantCulture),
            ["band_gap_eV"] = "1.25",
            ["vbm_eV"] = "4.5",
            ["hydrostatic_stress_GPa"] = "-0.5",
            ["metallic"] = index == 0 ? "T" : "F",
            ["engine"] = "tight-binding",
            ["level"] = "model",
        }),
        []));
}
