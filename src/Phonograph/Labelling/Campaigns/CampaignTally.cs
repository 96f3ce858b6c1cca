using Phonograph.Execution;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Counts a running campaign for whoever watches it: done, running, failed by reason.</summary>
internal sealed class CampaignTally(IProgress<WorkProgress>? progress, long before, long total, Func<int> countRunning)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _failed = new(StringComparer.Ordinal);
    private long _finished;

    /// <summary>Says where the run begins.</summary>
    internal void Begin() => progress?.Report(new WorkProgress("label", before, total, null, before));

    /// <summary>Counts a job that came to its end.</summary>
    internal void Finish(LabelJob job, LabelOutcome? outcome, int rung)
    {
        lock (_lock)
        {
            string said = "no rung left";
            if (outcome is Label label)
            {
                said = FormattableString.Invariant($"rung {rung}, gap {label.BandEdges.GapElectronvolt:0.000} eV");
            }
            else if (outcome is LabelFailure failure)
            {
                said = failure.Reason;
                _failed[failure.Reason] = _failed.GetValueOrDefault(failure.Reason) + 1;
            }

            _finished++;
            progress?.Report(new WorkProgress("label", before + _finished, total, $"{Counts()}{job.Id}: {said}", before));
        }
    }

    private string Counts()
    {
        string running = countRunning() is > 0 and int count ? $"{count} running  " : "";
        return _failed.Count == 0 ? running : $"{running}without a label: {string.Join(", ", _failed.Select(reason => $"{reason.Key} {reason.Value}"))}  ";
    }
}
