using System.Text.Json;
using Phonograph.Cli.Tests.Labelling;
using Phonograph.Labelling.Cp2k;
using Phonograph.Labelling.QuantumEspresso;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

public sealed class EnginesVerbTests
{
    [Fact]
    public void An_installed_engine_is_listed_with_version_path_and_levels()
    {
        using FakeCp2k program = RecordedEngine.Create();
        JsonElement[] engines = Engines(RecordedEngine.Use(program));
        Assert.Equal(["cp2k", "espresso", "tight-binding"], engines.Select(engine => engine.GetProperty("name").GetString()));
        Assert.True(engines[0].GetProperty("installed").GetBoolean());
        Assert.Equal("2023.1", engines[0].GetProperty("version").GetString());
        Assert.Equal(program.ProgramPath, engines[0].GetProperty("path").GetString());
        Assert.Equal(["gfn1-xtb", "gfn1-xtb-halogen", "pbesol", "pbesol-tight"], engines[0].GetProperty("levels").EnumerateArray().Select(level => level.GetString()));
        Assert.Equal([false, false, true], engines.Select(engine => engine.GetProperty("is_model").GetBoolean()));
        Assert.Equal(["lda"], engines[1].GetProperty("levels").EnumerateArray().Select(level => level.GetString()));
        Assert.True(engines[2].GetProperty("installed").GetBoolean());
    }

    [Fact]
    public void A_missing_engine_is_listed_with_the_command_that_installs_it()
    {
        JsonElement[] engines = Engines((Cp2kEngine.PathVariable, null), (QuantumEspressoEngine.PathVariable, null), ("PATH", "/nowhere"));
        Assert.False(engines[0].GetProperty("installed").GetBoolean());
        Assert.Equal(JsonValueKind.Null, engines[0].GetProperty("version").ValueKind);
        Assert.Equal("apt-get install -y cp2k cp2k-data libopenblas0-pthread", engines[0].GetProperty("how_to_get").GetString());
        Assert.False(engines[1].GetProperty("installed").GetBoolean());
        Assert.Equal("apt-get install -y quantum-espresso quantum-espresso-data libopenblas0-pthread", engines[1].GetProperty("how_to_get").GetString());
        Assert.True(engines[2].GetProperty("installed").GetBoolean(), "the built-in model needs nothing");
    }

    [Fact]
    public void The_table_says_the_same_in_words()
    {
        using var folder = new TemporaryFolder();
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, "engines", [(Cp2kEngine.PathVariable, null), (QuantumEspressoEngine.PathVariable, null), ("PATH", "/nowhere")]);
        Assert.Equal(0, answer.ExitCode);
        string[] lines = answer.Output.Split('\n');
        Assert.Matches("^cp2k +no +- .*apt-get install -y cp2k cp2k-data", lines.Single(line => line.StartsWith("cp2k", StringComparison.Ordinal)));
        Assert.Matches("^espresso +no +- .*apt-get install -y quantum-espresso", lines.Single(line => line.StartsWith("espresso", StringComparison.Ordinal)));
        Assert.Matches("^tight-binding +yes .*model", lines.Single(line => line.StartsWith("tight-binding", StringComparison.Ordinal)));
    }

    private static JsonElement[] Engines(params (string, string?)[] environment)
    {
        using var folder = new TemporaryFolder();
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, "engines --json", environment);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        return [.. JsonDocument.Parse(answer.Output).RootElement.EnumerateArray()];
    }
}
