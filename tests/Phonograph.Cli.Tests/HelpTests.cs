using Phonograph.Testing;

namespace Phonograph.Cli.Tests;

/// <summary>
/// The help of every verb is the one that was reviewed (folder <c>Help</c>). Accept a change with
/// <c>PHONOGRAPH_ACCEPT=1 dotnet test --project tests/Phonograph.Cli.Tests --filter-class '*HelpTests'</c>, and review the difference.
/// </summary>
public sealed class HelpTests
{
    private static readonly string Folder = Repository.PathOf("tests", "Phonograph.Cli.Tests", "Help");

    [Theory]
    [InlineData("")]
    [InlineData("crystal")]
    [InlineData("phonons")]
    [InlineData("phonons displacements")]
    [InlineData("phonons constants")]
    [InlineData("phonons modes")]
    [InlineData("phonons gate")]
    [InlineData("phonons effective")]
    [InlineData("phonons card")]
    [InlineData("sample")]
    [InlineData("label")]
    [InlineData("dataset")]
    [InlineData("graph")]
    [InlineData("train")]
    [InlineData("tune")]
    [InlineData("electrons")]
    [InlineData("electrons bands")]
    [InlineData("electrons mode")]
    [InlineData("electrons regress")]
    [InlineData("hamiltonian")]
    [InlineData("hamiltonian learn")]
    [InlineData("hamiltonian evaluate")]
    [InlineData("hamiltonian predict")]
    [InlineData("hamiltonian explain")]
    [InlineData("hamiltonian bonds")]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("explain")]
    [InlineData("study")]
    [InlineData("study compare")]
    [InlineData("study divide")]
    [InlineData("report")]
    [InlineData("engines")]
    public void Help_is_the_reviewed_one_with_an_example(string verb)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(Path.GetTempPath(), $"{verb} --help");
        Assert.Equal((0, ""), (answer.ExitCode, answer.Errors));
        Assert.Contains($"Example", answer.Output, StringComparison.Ordinal);
        Assert.Contains($"phonograph {verb}".TrimEnd(), answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", answer.Output, StringComparison.Ordinal);
        string path = Path.Combine(Folder, $"{(verb.Length == 0 ? "phonograph" : verb.Replace(' ', '-'))}.txt"), found = answer.Output.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("PHONOGRAPH_ACCEPT") == "1")
        {
            File.WriteAllText(path, found);
        }

        Assert.True(File.Exists(path), $"{path}: missing.");
        Assert.Equal(File.ReadAllText(path), found);
    }

    [Fact]
    public void Every_verb_has_a_reviewed_help()
    {
        string commands = File.ReadAllText(Path.Combine(Folder, "phonograph.txt")).Split("Commands:\n")[1];
        string[] verbs = [.. commands.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Length > 2 && line[2] != ' ').Select(line => line.Trim().Split(' ')[0])];
        Assert.Equal(16, verbs.Length);
        Assert.All(verbs, verb => Assert.True(File.Exists(Path.Combine(Folder, verb + ".txt")), verb));
    }

    [Theory]
    [InlineData("crystal", "Å")]
    [InlineData("phonons displacements", "Å")]
    [InlineData("phonons constants", "eV/Å²")]
    [InlineData("phonons modes", "THz")]
    [InlineData("sample", "K")]
    [InlineData("label", "eV/Å³")]
    [InlineData("dataset", "Å")]
    [InlineData("graph", "Å")]
    [InlineData("train", "GPa")]
    [InlineData("tune", "GPa")]
    [InlineData("hamiltonian", "eV")]
    [InlineData("hamiltonian learn", "Å")]
    [InlineData("hamiltonian bonds", "Å")]
    [InlineData("study", "GPa")]
    [InlineData("report", "eV")]
    public void Help_names_units(string verb, string unit) =>
        Assert.Contains(unit, File.ReadAllText(Path.Combine(Folder, verb.Replace(' ', '-') + ".txt")), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "phonograph: Required command was not provided.\nSee 'phonograph --help'.\n")]
    [InlineData("nonsense", "phonograph: Unrecognized command or argument 'nonsense'.\nSee 'phonograph --help'.\n")]
    [InlineData("label --threads many", "phonograph: Cannot parse argument 'many' for option '--threads' as a whole number.\nSee 'phonograph label --help'.\n")]
    [InlineData("phonons displacements --amplitude 1", "phonograph: Option '--output' is required.\nphonograph: Required argument 'crystal' missing for command: 'displacements'.\nSee 'phonograph phonons displacements --help'.\n")]
    [InlineData("graph POSCAR --cutoff long", "phonograph: Cannot parse argument 'long' for option '--cutoff' as a number.\nSee 'phonograph graph --help'.\n")]
    public void A_wrong_command_line_is_explained_and_ends_with_exit_code_2(string commandLine, string expected)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(Path.GetTempPath(), commandLine);
        Assert.Equal((2, "", expected), (answer.ExitCode, answer.Output, answer.Errors.ReplaceLineEndings("\n")));
    }
}
