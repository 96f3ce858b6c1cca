using System.Globalization;
using System.Text.RegularExpressions;
using Phonograph.Execution.Slurm;
using Phonograph.Files;

namespace Phonograph.Tests.Execution.Arrays;

/// <summary>A scheduler whose tasks run when it is looked at, and end as was written down beforehand.</summary>
internal abstract partial class ScriptedScheduler : IArrayScheduler
{
    private readonly Dictionary<string, List<Entry>> _arrays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _starts = new(StringComparer.Ordinal);

    /// <summary>How a task ends: what it is about and how often that was started before. COMPLETED computes it; a state followed by <c>!</c> computes it and says the state nevertheless; one followed by <c>?</c> ends before it begins.</summary>
    internal Func<string, int, string> Fate { get; set; } = (_, _) => "COMPLETED";

    /// <summary>Called before each submission and each look, with a number that counts both.</summary>
    internal Action<int> BeforeCall { get; set; } = _ => { };

    /// <summary>Whether an answer to a submission is lost, by its number.</summary>
    internal Predicate<int> LosesAnswer { get; set; } = _ => false;

    /// <summary>Whether an answer to a look is lost, by the number of the call; tasks run nevertheless.</summary>
    internal Predicate<int> LosesLook { get; set; } = _ => false;

    /// <summary>Whether it will never take a script.</summary>
    internal Predicate<string> Refuses { get; set; } = _ => false;

    /// <summary>Whether it forgets tasks at once.</summary>
    internal bool Forgets { get; set; }

    /// <summary>Scripts in the order they came.</summary>
    internal List<string> Scripts { get; } = [];

    /// <summary>What the accounting says of every task that was forgotten; null for no accounting.</summary>
    internal string? Accounting { get; set; }

    /// <summary>Most tasks of an array.</summary>
    internal int Largest { get; set; } = 1000;

    /// <summary>Calls of submit and look so far.</summary>
    internal int Calls { get; private set; }

    public Task<string> SubmitAsync(string script, CancellationToken cancellation)
    {
        BeforeCall(++Calls);
        string text = File.ReadAllText(script);
        if (Refuses(text))
        {
            throw new InputException("sbatch said: Requested time limit is invalid.");
        }

        Scripts.Add(text);
        string folder = Path.GetDirectoryName(script)!, id = Scripts.Count.ToString(CultureInfo.InvariantCulture);
        int count = int.Parse(Tasks().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        _arrays[Path.GetFileName(folder)] = [.. Enumerable.Range(1, count).Select(index => new Entry(id, index, Path.Combine(folder, index.ToString(CultureInfo.InvariantCulture))))];
        return LosesAnswer(Scripts.Count) ? throw new ArraySchedulerException("sbatch said: Socket timed out.") : Task.FromResult(id);
    }

    public async Task<IReadOnlyList<SlurmTask>> LookAsync(IReadOnlyCollection<string> arrays, CancellationToken cancellation)
    {
        BeforeCall(++Calls);
        var tasks = new List<SlurmTask>();
        foreach (string name in arrays.Where(_arrays.ContainsKey))
        {
            foreach (Entry entry in _arrays[name])
            {
                entry.State ??= await RunAsync(entry, cancellation);
                if (!Forgets)
                {
                    tasks.Add(new SlurmTask(entry.Job, entry.Index, name, SlurmStateName.Parse(entry.State)!.Value, entry.State, "", "node1"));
                }
            }
        }

        return LosesLook(Calls) ? throw new ArraySchedulerException("squeue said: Socket timed out.") : tasks;
    }

    public Task<IReadOnlyList<SlurmTask>> RememberAsync(IReadOnlyCollection<string> jobIds, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<SlurmTask>>(
        Accounting is null ? [] : [.. _arrays.SelectMany(array => array.Value.Select(entry => new SlurmTask(entry.Job, entry.Index, array.Key, SlurmStateName.Parse(Accounting)!.Value, Accounting, "", "")))]);

    public Task<string> ExplainAsync(string jobId, int index, CancellationToken cancellation) => Task.FromResult("ExitCode=127:0");

    public Task<int> LargestArrayAsync(CancellationToken cancellation) => Task.FromResult(Largest);

    /// <summary>Does the task of a folder as the program on a node does it.</summary>
    /// <returns>False when it was taken back.</returns>
    protected abstract Task<bool> WorkAsync(string folder, CancellationToken cancellation);

    /// <summary>Leaves behind what a node leaves that died at work.</summary>
    protected abstract Task DieAtWorkAsync(string folder, CancellationToken cancellation);

    /// <summary>What a task is about, from its <c>task.json</c>: the same whenever it is submitted again.</summary>
    protected abstract string About(string task);

    private async Task<string> RunAsync(Entry entry, CancellationToken cancellation)
    {
        string file = Path.Combine(entry.Folder, "task.json");
        if (!File.Exists(file))
        {
            // Taken back: what the program on the node says to that.
            Assert.False(await WorkAsync(entry.Folder, cancellation));
            return "COMPLETED";
        }

        string about = About(await File.ReadAllTextAsync(file, cancellation));
        int before = _starts.GetValueOrDefault(about);
        _starts[about] = before + 1;
        string fate = Fate(about, before), state = fate.TrimEnd('!', '?');
        if (fate is "COMPLETED" || fate.EndsWith('!'))
        {
            await WorkAsync(entry.Folder, cancellation);
        }
        else if (!fate.EndsWith('?'))
        {
            await DieAtWorkAsync(entry.Folder, cancellation);
        }
        else
        {
            await File.WriteAllTextAsync(entry.Folder + ".log", "module: no such module\n", cancellation);
        }

        return state;
    }

    [GeneratedRegex(@"--array=1-(\d+)")]
    private static partial Regex Tasks();

    private sealed class Entry(string job, int index, string folder)
    {
        internal string Job => job;

        internal int Index => index;

        internal string Folder => folder;

        internal string? State { get; set; }
    }
}
