using System.Text;
using System.Text.RegularExpressions;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.BadInput;

/// <summary>
/// Every verb with every kind of bad input: one clear message, exit code 2, nothing written. The messages are those that were reviewed, in one
/// file for each verb. A case is added as a line <c>$ command</c>, and its message accepted with
/// <c>PHONOGRAPH_ACCEPT=1 dotnet test --project tests/Phonograph.Cli.Tests --filter-class '*BadInputTests'</c>; then review the difference. Numbers with three
/// decimals or more stand as <c>#</c>: their last digits are those of a processor.
/// </summary>
public sealed partial class BadInputTests(DamagedFiles files) : IClassFixture<DamagedFiles>
{
    private const int SideBySide = 3;
    private static readonly string Folder = Repository.PathOf("tests", "Phonograph.Cli.Tests", "BadInput");

    [Theory]
    [InlineData("crystal")]
    [InlineData("phonons")]
    [InlineData("sample")]
    [InlineData("label")]
    [InlineData("electrons")]
    [InlineData("dataset")]
    [InlineData("graph")]
    [InlineData("train")]
    [InlineData("tune")]
    [InlineData("hamiltonian")]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("explain")]
    [InlineData("study")]
    [InlineData("report")]
    public async Task Bad_input_gives_the_reviewed_message_and_exit_code_2(string verb)
    {
        string path = Path.Combine(Folder, verb + ".txt"), reviewed = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        string[] commands = [.. reviewed.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..])];
        Assert.All(commands, command => Assert.StartsWith(verb, command, StringComparison.Ordinal));
        string[] before = Files();
        using var places = new SemaphoreSlim(SideBySide);
        string[] answers = await Task.WhenAll(commands.Select(async command =>
        {
            await places.WaitAsync(TestContext.Current.CancellationToken);
            try
            {
                return await Task.Run(() => Answer(command));
            }
            finally
            {
                places.Release();
            }
        }));
        Assert.Equal(before, Files());
        var found = new StringBuilder();
        foreach ((string command, string answer) in commands.Zip(answers))
        {
            found.Append("$ ").Append(command).Append('\n').Append(answer).Append('\n');
        }

        if (Environment.GetEnvironmentVariable("PHONOGRAPH_ACCEPT") == "1")
        {
            await File.WriteAllTextAsync(path, found.ToString(), TestContext.Current.CancellationToken);
            reviewed = found.ToString();
        }

        Assert.Equal(reviewed, found.ToString());
    }

    private string Answer(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(files.Path, command);
        Assert.True(answer.ExitCode == 2, $"{command}: exit code {answer.ExitCode}\n{answer.Output}{answer.Errors}");
        Assert.True(answer.Output.Length == 0, $"{command}: {answer.Output}");
        Assert.DoesNotContain("   at ", answer.Errors, StringComparison.Ordinal);
        string message = answer.Errors.ReplaceLineEndings("\n").Replace(files.Path, "FOLDER", StringComparison.Ordinal);
        message = LongNumber().Replace(message, "#");
        Assert.StartsWith("phonograph: ", message, StringComparison.Ordinal);
        Assert.All(message, character => Assert.False(char.IsControl(character) && character != '\n', command));
        return message;
    }

    /// <summary>Files below the folder; headers of new campaigns and empty folders are no results.</summary>
    private string[] Files() =>
        [.. Directory.GetFiles(files.Path, "*", SearchOption.AllDirectories).Where(file => !file.Contains("new-campaign", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"-?\d+\.\d{3,}(E[-+]?\d+)?")]
    private static partial Regex LongNumber();
}
