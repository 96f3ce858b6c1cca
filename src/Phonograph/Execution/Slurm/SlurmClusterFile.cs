using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files;
using Phonograph.Files.Yaml;

namespace Phonograph.Execution.Slurm;

/// <summary>Reads how jobs are run on a cluster from YAML.</summary>
public static class SlurmClusterFile
{
    private const string Advice = "docs/slurm.md shows a file with every key.";

    private static readonly string[] Keys =
        ["partition", "account", "qos", "time", "memory", "cpus", "ranks", "modules", "setup", "sbatch", "throttle", "tasks", "fits-per-task", "poll", "program", "retries"];

    private static readonly string[] RetryKeys = ["timeout", "memory", "lost"];

    /// <summary>Reads a file; keys that are missing keep the defaults of <see cref="SlurmCluster"/>.</summary>
    /// <exception cref="InputException">The file cannot be read, or a key or value is not as expected; the message names the line.</exception>
    public static SlurmCluster Read(string path)
    {
        YamlNode root = YamlReader.ReadSettings(path, "the description of a cluster", Advice);
        root.RequireKeys(Keys, Advice);
        YamlNode? retries = root.Find("retries");
        retries?.RequireKeys(RetryKeys, Advice);

        var plain = new SlurmCluster();
        return plain with
        {
            Partition = OptionalLine(root, "partition"),
            Account = OptionalLine(root, "account"),
            QualityOfService = OptionalLine(root, "qos"),
            Time = root.Find("time") is { } time ? Duration(time) : plain.Time,
            MemoryMebibytes = root.Find("memory") is { } memory ? Mebibytes(memory) : plain.MemoryMebibytes,
            Cores = Count(root, "cpus", 1) ?? plain.Cores,
            Ranks = Count(root, "ranks", 1) ?? plain.Ranks,
            Modules = Lines(root, "modules"),
            Setup = Lines(root, "setup"),
            Options = Options(root),
            Throttle = Count(root, "throttle", 1),
            Tasks = Count(root, "tasks", 1) ?? plain.Tasks,
            FitsPerTask = Count(root, "fits-per-task", 1) ?? plain.FitsPerTask,
            Poll = root.Find("poll") is { } poll ? Seconds(poll) : plain.Poll,
            Program = OptionalLine(root, "program"),
            Retries = retries is null ? plain.Retries : new SlurmRetries(
                Count(retries, "timeout", 0) ?? plain.Retries.TimeOuts, Count(retries, "memory", 0) ?? plain.Retries.MemoryLacks, Count(retries, "lost", 0) ?? plain.Retries.Losses),
        };
    }

    private static string? OptionalLine(YamlNode root, string key) => root.Find(key) is { } value ? Line(value, key) : null;

    private static string Line(YamlNode value, string key) => value.Kind == YamlKind.Scalar && value.Text.Length > 0 && !value.Text.Contains('\n', StringComparison.Ordinal)
        ? value.Text
        : throw value.Wrong(value.Describe(), $"one line of text for '{key}'", Advice);

    private static ImmutableArray<string> Lines(YamlNode root, string key) => root.Find(key) switch
    {
        null => [],
        { Kind: YamlKind.Scalar } one => [Line(one, key)],
        { Kind: YamlKind.Sequence } list => [.. list.Items.Select(item => Line(item, key))],
        { } other => throw other.Wrong(other.Describe(), $"a list of lines for '{key}'", Advice),
    };

    private static ImmutableArray<string> Options(YamlNode root)
    {
        ImmutableArray<string> options = Lines(root, "sbatch");
        string[] own = ["--array", "-a", "--job-name", "-J", "--output", "-o", "--error", "-e", "--requeue", "--no-requeue", "--parsable", "--wait", "-W"];
        if (options.FirstOrDefault(option => !option.StartsWith('-') || own.Contains(option.Split('=', ' ')[0])) is { } wrong)
        {
            throw root.Find("sbatch")!.Wrong($"'{wrong}'", "options of sbatch with their dashes, other than those this program sets itself (array, job-name, output, error, requeue)", Advice);
        }

        return options;
    }

    private static int? Count(YamlNode root, string key, int least) => root.Find(key) is not { } value ? null
        : value.Kind == YamlKind.Scalar && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= least ? count
        : throw value.Wrong(value.Describe(), $"a whole number of at least {least} for '{key}'", Advice);

    private static TimeSpan Seconds(YamlNode value) => value.Kind == YamlKind.Scalar
        && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.1 and <= 86400
        ? TimeSpan.FromSeconds(seconds)
        : throw value.Wrong(value.Describe(), "seconds from 0.1 to 86400 for 'poll'", Advice);

    /// <summary>The forms of Slurm: minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes, days-hours:minutes:seconds.</summary>
    private static TimeSpan Duration(YamlNode value)
    {
        string[] days = value.Text.Split('-');
        int[] numbers = [.. days[^1].Split(':').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        int day = 0;
        bool isGood = value.Kind == YamlKind.Scalar && days.Length <= 2 && numbers.Length <= 3 && numbers.All(number => number is >= 0 and < 1_000_000)
            && (days.Length == 1 || (int.TryParse(days[0], NumberStyles.None, CultureInfo.InvariantCulture, out day) && day < 1000));
        if (isGood)
        {
            int At(int place) => place < numbers.Length ? numbers[place] : 0;
            TimeSpan time = days.Length == 2 ? new TimeSpan(day, At(0), At(1), At(2))
                : numbers.Length == 3 ? new TimeSpan(0, At(0), At(1), At(2))
                : new TimeSpan(0, 0, At(0), At(1));
            if (time > TimeSpan.Zero)
            {
                return time;
            }
        }

        throw value.Wrong(value.Describe(), "a time as Slurm writes it, for example 30 (minutes), 02:00:00 or 1-12:00:00, for 'time'", Advice);
    }

    /// <summary>The forms of Slurm: a whole number with K, M (without a letter), G or T.</summary>
    private static long Mebibytes(YamlNode value)
    {
        string text = value.Kind == YamlKind.Scalar ? value.Text : "";
        char unit = text.Length > 0 && char.IsAsciiLetter(text[^1]) ? char.ToUpperInvariant(text[^1]) : 'M';
        string digits = text.TrimEnd(text.Length > 0 && char.IsAsciiLetter(text[^1]) ? text[^1] : ' ');
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
        {
            long mebibytes = unit switch { 'K' => (number + 1023L) / 1024, 'M' => number, 'G' => number * 1024L, 'T' => number * 1024L * 1024, _ => 0 };
            if (mebibytes > 0)
            {
                return mebibytes;
            }
        }

        throw value.Wrong(value.Describe(), "memory as Slurm writes it, for example 500M or 4G, for 'memory'", Advice);
    }
}
