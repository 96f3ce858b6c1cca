using Phonograph.Crystals.Formats;
using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns;

/// <summary>A configuration of a campaign and the computation it needs.</summary>
/// <param name="Id">Its <c>id</c>, or file name and number where the file gives none.</param>
/// <param name="Job">Hash that identifies the computation (<see cref="JobKey"/>).</param>
/// <param name="Frame">The configuration as read.</param>
public sealed record LabelFrame(string Id, string Job, ExtendedXyzFrame Frame)
{
    /// <summary>Scheme with temperature or width, as rows of a census are called.</summary>
    public string Cohort
    {
        get
        {
            string scheme = Frame.Info.GetValueOrDefault("scheme") ?? "configuration";
            return Frame.Info.TryGetValue("temperature_K", out string? temperature) ? $"{scheme} {temperature} K"
                : Frame.Info.TryGetValue("width_A", out string? width) ? $"{scheme} {width} Å"
                : scheme;
        }
    }

    /// <summary>Reads the configurations of a campaign in the order they came, one after the other; a frame given twice counts once.</summary>
    /// <exception cref="InputException">While enumerating: a file is damaged, or two different configurations carry one id.</exception>
    public static IEnumerable<LabelFrame> ReadAll(CampaignFolder campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in campaign.InputFiles())
        {
            string name = CampaignFolder.OriginalName(Path.GetFileName(file));
            int number = 0;
            foreach (LabelFrame frame in Read(file, name, campaign.Engine, campaign.Level))
            {
                number++;
                if (seen.TryAdd(frame.Id, frame.Job))
                {
                    yield return frame;
                }
                else if (seen[frame.Id] != frame.Job)
                {
                    throw Conflict(name, number, frame.Id);
                }
            }
        }
    }

    /// <summary>Reads every frame of one file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name as the user gave it, from which frames without an id are named.</param>
    /// <param name="engine">Engine of the computation.</param>
    /// <param name="level">Its level.</param>
    internal static IEnumerable<LabelFrame> Read(string file, string name, string engine, string level) =>
        ExtendedXyz.Read(file).Select((frame, index) => new LabelFrame(
            frame.Info.GetValueOrDefault("id") ?? FormattableString.Invariant($"{name}#{index + 1}"), JobKey.Of(frame.Crystal, engine, level), frame));

    internal static InputException Conflict(string name, int number, string id) =>
        new($"{name}, frame {number}: id '{id}' stands for two different configurations. Give every configuration an id of its own.");
}
