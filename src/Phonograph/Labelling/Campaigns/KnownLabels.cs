using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns.Journal;
using Phonograph.Labelling.Outside;

namespace Phonograph.Labelling.Campaigns;

/// <summary>
/// Labels that an earlier campaign of the same engine, version and level exported and whose folder is lost or elsewhere. They become attempts of this campaign, so that nothing is computed twice;
/// failures are not exported with them and are tried again.
/// </summary>
internal sealed class KnownLabels
{
    private readonly Dictionary<string, (LabelJob Job, int Rung, Label Label, string File)> _labels = new(StringComparer.Ordinal);

    private KnownLabels()
    {
    }

    /// <summary>Reads exported labels to the ends of their files.</summary>
    /// <param name="files">Extended XYZ files that a campaign exported.</param>
    /// <param name="engine">Engine of the campaign that takes them.</param>
    /// <param name="version">Its version; null for any, where nothing is to be kept.</param>
    /// <param name="level">Its level.</param>
    /// <exception cref="InputException">A file is damaged, or a frame has no complete label of this engine, version and level.</exception>
    internal static KnownLabels Read(IReadOnlyList<string> files, string engine, string? version, string level)
    {
        var known = new KnownLabels();
        foreach (string file in files)
        {
            int number = 0;
            foreach (LabelFrame frame in LabelFrame.Read(file, Path.GetFileName(file), engine, level))
            {
                number++;
                known._labels.TryAdd(frame.Job, (new LabelJob(frame.Id, frame.Job, frame.Frame.Crystal, 0), Rung(frame.Frame), LabelOf(frame.Frame, file, number), Path.GetFileName(file)));
                if (Origin(frame.Frame) is var origin && origin != (engine, version ?? origin.Version, level))
                {
                    throw new InputException(
                        $"{file}, frame {number}: found a label of {origin.Engine} {origin.Version} at {origin.Level}; expected one of {engine} {version ?? origin.Version} at {level}. Labels of two levels are never mixed: take them in a campaign of their own.");
                }
            }
        }

        return known;
    }

    /// <summary>Whether the label of a job is among them.</summary>
    internal bool Has(string job) => _labels.ContainsKey(job);

    /// <summary>Keeps the labels of jobs that wait as attempts: folders first, the journal follows.</summary>
    /// <param name="campaign">The campaign; the caller holds its lock.</param>
    /// <param name="engine">Its engine.</param>
    /// <param name="journal">Its journal.</param>
    /// <returns>How many were wanted.</returns>
    /// <exception cref="IOException">The disk is full; what was kept stays.</exception>
    internal int Keep(CampaignFolder campaign, IElectronicStructureEngine engine, CampaignJournal journal)
    {
        var computation = new AttemptComputation(campaign, engine);
        var kept = new List<AttemptEntry>();
        try
        {
            foreach ((LabelJob job, int rung, Label label, string file) in _labels.Values.Where(known => journal.Reserve(known.Job.Key)))
            {
                string name = AttemptName.New(job.Key, rung), folder = Path.Combine(campaign.Running, name);
                Directory.CreateDirectory(folder);
                kept.Add(computation.Keep(job, rung, folder, name, label, 0, "taken from " + file));
            }
        }
        finally
        {
            journal.Finish(kept);
        }

        return kept.Count;
    }

    private static (string? Engine, string? Version, string? Level) Origin(ExtendedXyzFrame frame) =>
        (frame.Info.GetValueOrDefault("engine"), frame.Info.GetValueOrDefault("engine_version"), frame.Info.GetValueOrDefault("level"));

    private static int Rung(ExtendedXyzFrame frame) => int.TryParse(frame.Info.GetValueOrDefault("rung"), out int rung) ? rung : 0;

    private static Label LabelOf(ExtendedXyzFrame frame, string file, int number)
    {
        try
        {
            return ExtendedXyzResults.LabelOf(frame);
        }
        catch (FormatException error)
        {
            throw new InputException($"{file}, frame {number}: found {error.Message}; expected a label that 'phonograph label --export' wrote. Give such a file, or --results for results made elsewhere.", error);
        }
    }
}
