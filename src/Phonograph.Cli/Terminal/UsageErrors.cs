using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Phonograph.Cli.Terminal;

/// <summary>Says what is wrong with a command line: one message for each error, where help is, and exit code 2.</summary>
internal static partial class UsageErrors
{
    /// <summary>Prints the errors on stderr.</summary>
    /// <param name="arguments">Arguments with at least one error.</param>
    /// <returns>The exit code.</returns>
    internal static int Print(ParseResult arguments)
    {
        // A wrong verb is also a missing one; the first is the news.
        string[] messages = [.. arguments.Errors.Select(error => error.Message).Distinct()];
        string[] news = [.. messages.Where(message => !message.StartsWith("Required command", StringComparison.Ordinal))];
        foreach (string message in news.Length > 0 ? news : messages)
        {
            Console.Error.WriteLine($"phonograph: {Plain(message)}");
        }

        Console.Error.WriteLine($"See '{string.Join(' ', Names(arguments))} --help'.");
        return 2;
    }

    private static Stack<string> Names(ParseResult arguments)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = arguments.CommandResult; result is CommandResult command; result = result.Parent)
        {
            names.Push(command.Command is RootCommand ? "phonograph" : command.Command.Name);
        }

        return names;
    }

    /// <summary>The message without names of .NET types.</summary>
    private static string Plain(string message)
    {
        string oneLine = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string named = TypeName().Replace(oneLine, type => type.Value.Contains("Double", StringComparison.Ordinal) ? "a number" : type.Value.Contains("Int", StringComparison.Ordinal) ? "a whole number" : "another kind of value");
        return named.Replace("as expected type a", "as a", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"'System\.[^']*'")]
    private static partial Regex TypeName();
}
