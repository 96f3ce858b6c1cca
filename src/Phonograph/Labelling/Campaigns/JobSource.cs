using Phonograph.Files;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns;

/// <summary>
/// Hands the open jobs of a campaign to its workers: claims a few at a time and reads their crystals from the kept files, which are gone through once and
/// forward, so that neither all jobs nor all crystals are held in memory.
/// </summary>
internal sealed class JobSource : IDisposable
{
    private readonly CampaignFolder _campaign;
    private readonly CampaignJournal _journal;
    private readonly int _batch;
    private readonly Lock _lock = new();
    private readonly Queue<LabelJob> _ready = [];
    private readonly IEnumerator<(int Input, int Place, LabelFrame Frame)> _frames;
    private long _left;

    /// <param name="campaign">The campaign.</param>
    /// <param name="journal">Its journal.</param>
    /// <param name="batch">Jobs claimed at a time.</param>
    /// <param name="limit">Jobs handed out in all.</param>
    internal JobSource(CampaignFolder campaign, CampaignJournal journal, int batch, long limit)
    {
        (_campaign, _journal, _batch, _left) = (campaign, journal, batch, limit);
        _frames = Frames().GetEnumerator();
    }

    /// <summary>The next job; null when none is left.</summary>
    internal LabelJob? Next()
    {
        lock (_lock)
        {
            if (_ready.Count == 0 && _left > 0)
            {
                foreach (ClaimedJob claimed in _journal.Claim((int)Math.Min(_batch, _left)))
                {
                    LabelFrame frame = Find(claimed);
                    _ready.Enqueue(new LabelJob(frame.Id, frame.Job, frame.Frame.Crystal, claimed.NextRung));
                    _left--;
                }
            }

            return _ready.TryDequeue(out LabelJob? job) ? job : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _frames.Dispose();

    private LabelFrame Find(ClaimedJob claimed)
    {
        while (_frames.MoveNext())
        {
            (int input, int place, LabelFrame frame) = _frames.Current;
            if (input == claimed.Input && place == claimed.Place)
            {
                return frame.Job == claimed.Key
                    ? frame
                    : throw new InputException($"{_campaign.Inputs}: frame {place} of file {input} is not the one that the campaign was begun with. Restore the file, or begin a new campaign.");
            }
        }

        throw new InputException($"{_campaign.Inputs}: frame {claimed.Place} of file {claimed.Input} is no longer there. Restore the file, or begin a new campaign.");
    }

    private IEnumerable<(int Input, int Place, LabelFrame Frame)> Frames()
    {
        int input = 0;
        foreach (string file in _campaign.InputFiles())
        {
            input++;
            int place = 0;
            foreach (LabelFrame frame in LabelFrame.Read(file, CampaignFolder.OriginalName(Path.GetFileName(file)), _campaign.Engine, _campaign.Level))
            {
                place++;
                yield return (input, place, frame);
            }
        }
    }
}
