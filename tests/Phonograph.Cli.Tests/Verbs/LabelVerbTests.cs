using System.Text.Json;
using Phonograph.Cli.Tests.Labelling;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

public sealed class LabelVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_missing_program_is_an_error_of_the_input_with_the_command_that_installs_it()
    {
        RecordedEngine.WriteCells(_folder, 1);
        const string command = "label cells.xyz --engine cp2k --level pbesol --campaign run";
        string said = Refused(command, (Cp2kEngine.PathVariable, null), ("PATH", "/nowhere"));
        Assert.Contains("apt-get install -y cp2k cp2k-data", said, StringComparison.Ordinal);
        string named = Refused(command, (Cp2kEngine.PathVariable, "/nowhere/cp2k"));
        Assert.Contains("'/nowhere/cp2k'", named, StringComparison.Ordinal);
        Assert.Contains(Cp2kEngine.PathVariable, named, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("run")), "nothing is made for a campaign that cannot start");
    }

    [Theory]
    [InlineData("label cells.xyz --engine vasp --campaign run", "cp2k, espresso, tight-binding")]
    [InlineData("label cells.xyz --template cells.xyz --level pbesol --campaign run", "--level and --template")]
    [InlineData("label cells.xyz --template cells.xyz --campaign run", "no placeholder {{atoms}}")]
    [InlineData("label cells.xyz --engine tight-binding --level slater-koster/k2x2x2 --campaign run", "no level")]
    [InlineData("label cells.xyz --write run", "--engine vasp")]
    [InlineData("label cells.xyz --engine vasp --level pbe --write run", "expected pbesol")]
    [InlineData("label cells.xyz --engine vasp --template missing --write run", "missing: no such file")]
    [InlineData("label cells.xyz --engine cp2k --level hsesol --campaign run", "pbesol-tight")]
    [InlineData("label cells.xyz --engine tight-binding", "--campaign")]
    [InlineData("label --engine tight-binding --campaign run", "no configurations")]
    [InlineData("label missing.xyz --engine tight-binding --campaign run", "missing.xyz")]
    [InlineData("label half.xyz --engine tight-binding --campaign run", "half.xyz")]
    [InlineData("label cells.xyz --engine tight-binding --campaign run --workers 0", "workers")]
    [InlineData("label cells.xyz --engine tight-binding --campaign run --nice 20", "--nice")]
    [InlineData("label cells.xyz --engine tight-binding --campaign run --timeout 0", "--timeout")]
    [InlineData("label --status nowhere", "campaign.json")]
    [InlineData("label --pause nowhere", "campaign.json")]
    [InlineData("label --continue nowhere", "campaign.json")]
    [InlineData("label --campaign nowhere --export out.xyz", "campaign.json")]
    public void Bad_input_ends_with_one_message_and_exit_code_2(string command, string named)
    {
        RecordedEngine.WriteCells(_folder, 1);
        _folder.Write("half.xyz", File.ReadAllText(_folder.File("cells.xyz"))[..^60]);
        using FakeCp2k program = RecordedEngine.Create();
        Assert.Contains(named, Refused(command, RecordedEngine.Use(program)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    [Fact]
    public void Bad_input_loses_no_label_that_is_there()
    {
        RecordedEngine.WriteCells(_folder, 3);
        Run("label cells.xyz --engine tight-binding --campaign run --quiet");
        _folder.Write("half.xyz", File.ReadAllText(_folder.File("cells.xyz"))[..^60]);
        string damaged = Refused("label half.xyz --campaign run");
        Assert.Contains("phonograph: half.xyz, line", damaged, StringComparison.Ordinal);
        _folder.Write("other.xyz", File.ReadAllText(_folder.File("cells.xyz")).Replace("id=c2", "id=c1", StringComparison.Ordinal));
        Assert.Contains("'c1' stands for two different configurations", Refused("label other.xyz --campaign run"), StringComparison.Ordinal);
        _folder.Write("gold.xyz", File.ReadAllText(_folder.File("cells.xyz")).Replace("id=c", "id=d", StringComparison.Ordinal).Replace("Ag ", "Au ", StringComparison.Ordinal));
        Assert.Contains("gold.xyz, frame 1: ", Refused("label gold.xyz --campaign run"), StringComparison.Ordinal);
        Assert.Contains("never mixed", Refused("label cells.xyz --engine cp2k --level gfn1-xtb --campaign run", RecordedEngineOf(out FakeCp2k program)), StringComparison.Ordinal);
        program.Dispose();
        Assert.Equal(3, Labelled(Run("label cells.xyz --campaign run --json --quiet --export labelled.xyz")));
        Assert.Equal(3, ExtendedXyz.Read(_folder.File("labelled.xyz")).Count());
    }

    [Fact]
    public void An_element_that_the_level_does_not_know_is_refused_before_the_campaign_is_made()
    {
        var uranium = new Crystal(Lattice.Cubic(6), [Element.Of("U"), Element.Of("O")], [new(0, 0, 0), new(0.5, 0.5, 0.5)]);
        RecordedEngine.WriteCells(_folder, 1, uranium);
        Assert.Contains("no parameters for U", Refused("label cells.xyz --engine cp2k --level gfn1-xtb --campaign run", RecordedEngineOf(out FakeCp2k program)), StringComparison.Ordinal);
        program.Dispose();
        Assert.False(Directory.Exists(_folder.File("run")));
    }

    [Fact]
    public void What_failed_is_listed_with_its_reason_and_the_rest_is_exported()
    {
        RecordedEngine.WriteCells(_folder, 3);
        // The second cell fails on every rung, whatever the order of the runs.
        using var program = new FakeCp2k(
            Repository.PathOf("tests", "reference", "cp2k", "ag3sbr-gfn1-xtb"),
            after: $"touch job-RESTART.wfn\nif grep -q '{Coordinate(1)}' \"$2\"; then rm job.stress; fi");
        string said = Run("label cells.xyz --engine cp2k --level gfn1-xtb --campaign run --json --quiet --export labelled.xyz", RecordedEngine.Use(program));
        Assert.Equal(2, Labelled(said));
        Assert.Equal(["c0", "c2"], ExtendedXyz.Read(_folder.File("labelled.xyz")).Select(frame => frame.Info["id"]));
        Assert.Matches("^c1,uniform,,0.2,unreadable-output,.*job.stress holds no stress tensor", File.ReadAllLines(_folder.File("failures.csv"))[1]);
        // Two cells once; one on four rungs and, on the fifth, with its seed.
        Assert.Equal(2 + 4 + 2, program.CallCount);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static (string, string?) RecordedEngineOf(out FakeCp2k program)
    {
        program = RecordedEngine.Create();
        return RecordedEngine.Use(program);
    }

    private static int Labelled(string json) =>
        JsonDocument.Parse(json).RootElement.GetProperty("groups").EnumerateArray().Last().GetProperty("labelled").GetInt32();

    /// <summary>The first coordinate of a cell as it stands in its input.</summary>
    private string Coordinate(int cell) =>
        ExtendedXyz.Read(_folder.File("cells.xyz")).ElementAt(cell).Crystal.PositionCartesian(0).X.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private string Run(string command, params (string, string?)[] environment)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command, environment);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        return answer.Output;
    }

    private string Refused(string command, params (string, string?)[] environment)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command, environment);
        Assert.Equal(2, answer.ExitCode);
        Assert.DoesNotContain("   at ", answer.Errors, StringComparison.Ordinal);
        return answer.Errors;
    }
}
