using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Phonograph.Execution;
using Phonograph.Files;

namespace Phonograph.Learning.Tuning;

/// <summary>
/// The work folder of a search: <c>tuning.json</c> says which search it belongs to, <c>trainings</c> holds journals and checkpoints. One process works in it at a time.
/// </summary>
internal sealed class TuningFolder : IDisposable
{
    private const string HeaderName = "tuning.json", Format = "phonograph-tuning-1";
    private readonly ExclusiveLock _lock;

    private TuningFolder(string path, ExclusiveLock held) => (Trainings, _lock) = (TrainingsIn(path), held);

    /// <summary>Folder of journals and checkpoints.</summary>
    internal string Trainings { get; }

    /// <summary>Folder of journals and checkpoints in a work folder.</summary>
    internal static string TrainingsIn(string path) => Path.Combine(path, "trainings");

    /// <summary>Makes sure that a folder holds no other search; it is not locked, and need not be there.</summary>
    /// <returns>Whether it holds this search; false when it holds none.</returns>
    /// <exception cref="InputException">It belongs to another search.</exception>
    internal static bool Holds(string path, IReadOnlyList<TuningSet> sets, TuningOptions options)
    {
        string header = Path.Combine(path, HeaderName);
        if (File.Exists(header))
        {
            Compare(path, Read(header), Settings(sets, options));
            return true;
        }

        return false;
    }

    /// <summary>Opens or makes the folder of a search.</summary>
    /// <exception cref="InputException">It belongs to another search, another process works in it, or it cannot be written.</exception>
    internal static TuningFolder Open(string path, IReadOnlyList<TuningSet> sets, TuningOptions options)
    {
        OutputPlace.Prepare(path);
        ExclusiveLock held = ExclusiveLock.Take(Path.Combine(path, "lock"), $"{path}: another process works in this folder. Wait for it, or choose another --work.");
        try
        {
            if (!Holds(path, sets, options))
            {
                AtomicFile.WriteText(Path.Combine(path, HeaderName), JsonSerializer.Serialize(new Header(Format, Settings(sets, options)), Indented) + "\n");
            }

            return new TuningFolder(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Takes away the checkpoints of a search that is done; the same command again needs the journals alone.</summary>
    internal void DeleteCheckpoints()
    {
        foreach (string checkpoint in Directory.Exists(Trainings) ? Directory.GetFiles(Trainings, "*.checkpoint") : [])
        {
            File.Delete(checkpoint);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Everything that decides the trials, by the options that set it.</summary>
    private static SortedDictionary<string, string> Settings(IReadOnlyList<TuningSet> sets, TuningOptions options)
    {
        string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "not given";
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["--property"] = sets[0].Data.Property.Key,
            ["--space"] = options.Space.ToString().Replace("\n", "; ", StringComparison.Ordinal),
            ["--strategy"] = options.Strategy.ToString().ToLowerInvariant(),
            ["--trials"] = Text(options.Trials),
            ["--budget"] = Text(options.BudgetGraphSteps),
            ["--epochs"] = Text(options.Epochs),
            ["--patience"] = Text(options.Patience),
            ["--reduction"] = Text(options.Reduction),
            ["the rungs (--first-rung, --reduction)"] = string.Join(", ", options.Rungs),
            ["--seeds"] = Text(options.Seeds),
            ["--training-seed"] = Text(options.TrainingSeed),
            ["--seed"] = Text(options.Seed),
            ["--virtual-workers"] = Text(options.VirtualWorkers),
            ["--cutoff"] = Text(sets[0].Data.Graph.CutoffAngstrom),
            ["sets of cells"] = string.Join(", ", sets.Select(set => set.Name)),
        };
        foreach (TuningSet set in sets)
        {
            string cells = string.Join('\n', set.Data.Training.Append(null).Concat(set.Data.Validation).Select(each => each is null ? "" : $"{each.Configuration} {HyperParameter.Text(each.Target)}"));
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{set.Data.Engine} {set.Data.Level}\n{cells}")));
            settings.Add($"cells of {set.Name}", $"{set.Data.Training.Length} + {set.Data.Validation.Length}, hash {hash[..16]}");
        }

        return settings;
    }

    private static void Compare(string path, SortedDictionary<string, string> earlier, SortedDictionary<string, string> now)
    {
        foreach (string key in earlier.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            string before = earlier.GetValueOrDefault(key, "none"), after = now.GetValueOrDefault(key, "none");
            if (before != after)
            {
                throw new InputException($"{path}: this folder holds a tuning with another choice of {key}: found {before}; this command has {after}. Repeat the earlier command to continue it, or choose another --work.");
            }
        }
    }

    private static SortedDictionary<string, string> Read(string header)
    {
        try
        {
            if (JsonSerializer.Deserialize<Header>(File.ReadAllText(header), Indented) is { Format: Format, Settings: { } settings })
            {
                return settings;
            }
        }
        catch (JsonException)
        {
            // Not one of ours; the message below says so.
        }

        throw InputException.At(header, 0, "another kind of file", "the header of a tuning", "Choose another --work.");
    }

    private sealed record Header(string Format, SortedDictionary<string, string> Settings);
}
