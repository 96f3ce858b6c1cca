using Phonograph.Crystals.Formats;
using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns;

/// <summary>A configuration of a campaign and the computation it needs.</summary>
/// <param name="Id">Its <c>id</c>, or file name and number where the file gives none.</param>
/// <param name="Job">Hash that identifies the computation (<see cref="JobKey"/>).</param>
/// <param name="Frame">The configuration as read.</param>
public sealed record LabelFrame(string Id, string Job, ExtendedXyzFrame Frame)
{
    /// <summary>Reads all configurations of a campaign in the order they came; a frame given twice counts once.</summary>
    /// <exception cref="InputException">A file is damaged, or two different configurations carry one id.</exception>
    public static IReadOnlyList<LabelFrame> ReadAll(CampaignFolder campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return ReadAll(campaign, []);
    }

    /// <summary>Reads all configurations of a campaign and, after them, those of files that are not part of it yet.</summary>
    /// <exception cref="InputException">A file is damaged, or two different configurations carry one id.</exception>
    internal static IReadOnlyList<LabelFrame> ReadAll(CampaignFolder campaign, IEnumerable<string> moreInputs)
    {
        var frames = new List<LabelFrame>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        IEnumerable<(string File, string Name)> known = campaign.InputFiles().Select(file => (file, Path.GetFileName(file)["0001-0123456789abcdef-".Length..]));
        foreach ((string file, string name) in known.Concat(moreInputs.Select(file => (file, Path.GetFileName(file)))))
        {
            int number = 0;
            foreach (ExtendedXyzFrame frame in ExtendedXyz.Read(file))
            {
                number++;
                string id = frame.Info.GetValueOrDefault("id") ?? $"{name}#{number}";
                string job = JobKey.Of(frame.Crystal, campaign.Engine, campaign.Level);
                if (!seen.TryAdd(id, job))
                {
                    if (seen[id] != job)
                    {
                        throw new InputException($"{name}, frame {number}: id '{id}' stands for two different configurations. Give every configuration an id of its own.");
                    }

                    continue;
                }

                frames.Add(new LabelFrame(id, job, frame));
            }
        }

        return frames;
    }
}
