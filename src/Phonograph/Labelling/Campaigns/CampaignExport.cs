using Phonograph.Crystals.Formats;
using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Writes the labelled configurations of a campaign; the bytes depend on the configurations and their labels alone.</summary>
public static class CampaignExport
{
    /// <summary>Writes labelled configurations in input order as extended XYZ, and beside it a table of those without a label.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="engine">Its engine, which knows how many rungs there are.</param>
    /// <param name="path">File to write; a name ending in <c>.gz</c> is compressed.</param>
    /// <param name="failuresPath">Table of configurations without a label; null for <c>failures.csv</c> beside <paramref name="path"/>.</param>
    /// <returns>Number of configurations written, and of those without a label.</returns>
    /// <exception cref="InputException">The campaign is damaged, or no configuration has a label.</exception>
    public static (int Labelled, int Unlabelled) Write(CampaignFolder campaign, IElectronicStructureEngine engine, string path, string? failuresPath = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(engine);
        var labels = CampaignLabels.Of(campaign, engine);
        if (!LabelFrame.ReadAll(campaign).Any(frame => labels.Has(frame.Job)))
        {
            throw new InputException($"{campaign.Root}: no configuration has a label yet. Run 'phonograph label' on it first.");
        }

        int labelled = 0;
        var unlabelled = new List<UnlabelledConfiguration>();
        ExtendedXyz.Write(path, Labelled());
        UnlabelledTable.Write(failuresPath ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "failures.csv"), unlabelled);
        return (labelled, unlabelled.Count);

        IEnumerable<ExtendedXyzFrame> Labelled()
        {
            foreach (LabelFrame frame in LabelFrame.ReadAll(campaign))
            {
                if (labels.Read(frame.Job) is { } attempt)
                {
                    labelled++;
                    yield return LabelledFrame.Of(frame.Frame, frame.Id, (Label)attempt.Outcome, new LabelOrigin(attempt.Engine, attempt.EngineVersion, attempt.Level, attempt.Rung));
                }
                else
                {
                    unlabelled.Add(new UnlabelledConfiguration(frame.Id, frame.Frame, labels.WhyNot(frame.Job)));
                }
            }
        }
    }
}
