using System.Text.RegularExpressions;

namespace Phonograph.Tests.Architecture;

/// <summary>Calls that belong in one place, or nowhere.</summary>
public sealed partial class ForbiddenCodeTests
{
    [Fact]
    public void Only_the_command_line_speaks_to_the_console() =>
        Offences.MustBeNone(Find(Console(), "src", file => file.StartsWith("src/Phonograph.Cli/", StringComparison.Ordinal)));

    [Fact]
    public void Results_do_not_depend_on_the_clock() =>
        Offences.MustBeNone(Find(Clock(), "src", _ => false));

    [Fact]
    public void Randomness_is_seeded_and_counter_based() =>
        Offences.MustBeNone(Find(SystemRandom(), "src", _ => false).Concat(Find(SystemRandom(), "tests", _ => false)));

    [Fact]
    public void One_worker_pool_computes_in_parallel() =>
        Offences.MustBeNone(Find(ParallelLoops(), "src", file => file == "src/Phonograph.Numerics/Memory/WorkerPool.cs"));

    [Fact]
    public void The_checks_find_what_they_look_for()
    {
        Assert.Matches(Console(), "Console.Out.Write(1)");
        Assert.DoesNotMatch(Console(), "Spectre.Console.Table");
        Assert.Matches(Clock(), "DateTime.Now");
        Assert.Matches(SystemRandom(), "new Random(1)");
        Assert.Matches(SystemRandom(), "System.Random.Shared");
        Assert.DoesNotMatch(SystemRandom(), "new RandomSampler(1)");
        Assert.Matches(ParallelLoops(), "Parallel.For(0, 1, Do)");
    }

    private static IEnumerable<string> Find(Regex forbidden, string folder, Func<string, bool> isAllowed)
    {
        foreach (string file in SourceTree.Files(folder, ".cs").Where(file => !isAllowed(file)))
        {
            string code = SourceTree.Code(file);
            foreach (Match match in forbidden.Matches(code))
            {
                yield return $"{SourceTree.Place(file, code, match.Index)}: {match.Value}";
            }
        }
    }

    [GeneratedRegex(@"(?<!Spectre\.)\bConsole\.")]
    private static partial Regex Console();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|Today)\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bnew\s+(System\.)?Random\s*\(|\bRandom\.Shared\b")]
    private static partial Regex SystemRandom();

    [GeneratedRegex(@"\bParallel\.|\.AsParallel\(")]
    private static partial Regex ParallelLoops();
}
