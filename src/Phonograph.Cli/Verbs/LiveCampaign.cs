using System.Diagnostics;
using Phonograph.Cli.Terminal;
using Phonograph.Execution;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;

namespace Phonograph.Cli.Verbs;

/// <summary>The table of <c>label --status</c> at the end of a terminal while a campaign is computed, with the line of progress below it, which stays in the end.</summary>
internal sealed class LiveCampaign : IProgress<WorkProgress>, IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Looking at the campaign may take this share of the time at most.</summary>
    private const double LargestShare = 0.02;

    private readonly string _folder;
    private readonly IElectronicStructureEngine _engine;
    private readonly LiveTable _table = new(Console.Error);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly Task _drawing;
    private readonly long _started = Stopwatch.GetTimestamp();
    private string[] _lines = [];
    private WorkProgress? _progress;

    private LiveCampaign(string folder, IElectronicStructureEngine engine)
    {
        (_folder, _engine) = (folder, engine);
        _drawing = Task.Run(DrawAsync);
    }

    /// <summary>Begins to draw; null where stderr is no terminal or nothing is to be shown.</summary>
    /// <param name="folder">The campaign; it need not be there yet.</param>
    /// <param name="engine">Its engine.</param>
    /// <param name="isQuiet">True to show nothing.</param>
    internal static LiveCampaign? Begin(string folder, IElectronicStructureEngine engine, bool isQuiet) => isQuiet || Console.IsErrorRedirected ? null : new LiveCampaign(folder, engine);

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        lock (_lock)
        {
            _progress = value;
        }
    }

    /// <summary>A sentence that stays, above the table.</summary>
    internal void Say(string line)
    {
        lock (_lock)
        {
            _table.Clear(Console.WindowHeight);
            Console.Error.WriteLine(line);
            Show();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _drawing;
        _table.Clear(Console.WindowHeight);
        if (_progress is { } last)
        {
            Console.Error.WriteLine(ProgressLine.Describe(last, Stopwatch.GetElapsedTime(_started)));
        }

        _end.Dispose();
    }

    private async Task DrawAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            long before = Stopwatch.GetTimestamp();
            string[] lines = Look();
            TimeSpan took = Stopwatch.GetElapsedTime(before);
            lock (_lock)
            {
                _lines = lines;
                Show();
            }

            TimeSpan rest = took / LargestShare;
            await Task.Delay(rest > Period ? rest : Period, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The table; the one before where the campaign is not there yet, or its journal is just written anew. Nothing that goes wrong in looking may end the work that is looked at: the coordinator meets the same fault itself, and says it.</summary>
    private string[] Look()
    {
        try
        {
            using var text = new StringWriter();
            CampaignStatusOutput.Write(text, CampaignStatus.Of(CampaignFolder.Open(_folder), _engine));
            return text.ToString().Split(text.NewLine, StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return _lines;
        }
    }

    private void Show() => _table.Show(
        _progress is { } progress ? [.. _lines, ProgressLine.Describe(progress, Stopwatch.GetElapsedTime(_started))] : _lines, Console.WindowWidth, Console.WindowHeight);
}
