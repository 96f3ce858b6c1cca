using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Phonograph.Files;

namespace Phonograph.Datasets;

/// <summary>
/// The file <c>failures.csv</c> that labelling writes beside its labelled configurations: columns id, scheme, temperature_K, width_A, reason,
/// detail; fields with commas, quotes or line breaks stand in double quotes.
/// </summary>
public static class FailureFile
{
    /// <summary>Name of the file in a folder of labelled configurations.</summary>
    public const string Name = "failures.csv";

    /// <summary>First line.</summary>
    public const string Header = "id,scheme,temperature_K,width_A,reason,detail";

    /// <summary>Reads the failures.</summary>
    /// <exception cref="InputException">The file is missing or wrong; the message names the line.</exception>
    public static ImmutableArray<FailedConfiguration> Read(string path)
    {
        using StreamReader reader = AtomicFile.OpenText(path);
        string text = reader.ReadToEnd().ReplaceLineEndings("\n");
        var failures = ImmutableArray.CreateBuilder<FailedConfiguration>();
        int line = 0;
        foreach ((int number, List<string> fields) in Records(path, text))
        {
            line++;
            if (line == 1)
            {
                if (string.Join(',', fields) != Header)
                {
                    throw InputException.At(path, number, $"'{string.Join(',', fields)}'", $"'{Header}'", "Write the header of the columns.");
                }

                continue;
            }

            if (fields.Count != 6)
            {
                throw InputException.At(path, number, $"{fields.Count} fields", "6", "Put fields with commas into double quotes.");
            }

            failures.Add(new FailedConfiguration(
                fields[0],
                new Stratum(fields[1], Number(path, number, fields[2]), Number(path, number, fields[3])),
                fields[4],
                fields[5]));
        }

        return line > 0 ? failures.ToImmutable() : throw InputException.At(path, 1, "an empty file", $"'{Header}'", "Remove the file or write its header.");
    }

    private static double? Number(string path, int line, string field) => field.Length == 0
        ? null
        : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw InputException.At(path, line, $"'{field}'", "a number or nothing", "Correct the line.");

    private static IEnumerable<(int Line, List<string> Fields)> Records(string path, string text)
    {
        int line = 1, at = 0;
        while (at < text.Length)
        {
            int first = line;
            var fields = new List<string>();
            do
            {
                fields.Add(Field(path, text, ref at, ref line));
            }
            while (at < text.Length && text[at++] == ',');
            line++;
            if (fields is not [""])
            {
                yield return (first, fields);
            }
        }
    }

    /// <summary>One field; stops at the comma or line end behind it.</summary>
    private static string Field(string path, string text, ref int at, ref int line)
    {
        var field = new StringBuilder();
        bool isQuoted = false;
        int opened = line;
        for (; at < text.Length; at++)
        {
            char character = text[at];
            if (character == '"')
            {
                if (isQuoted && at + 1 < text.Length && text[at + 1] == '"')
                {
                    field.Append('"');
                    at++;
                    continue;
                }

                isQuoted = !isQuoted;
                continue;
            }

            if (!isQuoted && (character is ',' or '\n'))
            {
                break;
            }

            line += character == '\n' ? 1 : 0;
            field.Append(character);
        }

        return isQuoted ? throw InputException.At(path, opened, "a double quote that is never closed", "its end", "Correct the line.") : field.ToString();
    }
}
