using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning.Tuning;

namespace Phonograph.Cli.Verbs;

/// <summary>The sets of cells that <c>phonograph tune</c> compares: files by name, or kinds of cells in the same files.</summary>
internal static partial class TuningSources
{
    private const string Single = "cells", Combined = "combined";

    /// <summary>Reads and divides the data as <c>phonograph train</c> does, so that test cells stay test cells.</summary>
    internal static ImmutableArray<TuningSource> Read(string[] data, string? kinds, ulong splitSeed)
    {
        if (data.Length == 0)
        {
            throw new InputException("DATA: found nothing; expected extended XYZ files of labelled configurations, for example cells.xyz.gz.");
        }

        (string? Name, string File)[] named = [.. data.Select(Named)];
        if (named.Select(each => each.Name is null).Distinct().Count() > 1)
        {
            throw new InputException("DATA: found files with and without a name; expected NAME=FILE for all of them or for none.");
        }

        if (named[0].Name is not null && kinds is not null)
        {
            throw new InputException("--kinds: found beside files with names; expected one of the two ways to compare sets of cells.");
        }

        if (kinds is null)
        {
            return [.. named.GroupBy(each => each.Name ?? Single, StringComparer.Ordinal).Select(group => Whole(group.Key, Dataset.Read(group.Select(each => each.File))))];
        }

        Dataset all = Dataset.Read(named.Select(each => each.File));
        TuningSource whole = Whole(Combined, all);
        string[] known = [.. all.Configurations.Select(cell => cell.SchemeClass).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), Combined];
        return
        [
            .. kinds.Split(',').Select(kind => kind == Combined ? whole
                : known.Contains(kind) ? whole with { Name = kind, Division = whole.Division.OfClass(kind) }
                : throw new InputException($"--kinds: found '{kind}'; expected some of {string.Join(", ", known)}, which the data hold.")),
        ];

        TuningSource Whole(string name, Dataset dataset) => new(name, Split.Create(dataset.Configurations, new SplitOptions { Seed = splitSeed }), dataset.Engine, dataset.Level);
    }

    /// <summary>NAME=FILE in its parts. A file whose own name holds an equals sign is a file.</summary>
    internal static (string? Name, string File) Named(string text) => !File.Exists(text) && NameAndFile().Match(text) is { Success: true } match
        ? (match.Groups["name"].Value, match.Groups["file"].Value)
        : (null, text);

    [GeneratedRegex(@"^(?<name>[\w.-]+)=(?<file>.+)$")]
    private static partial Regex NameAndFile();
}
