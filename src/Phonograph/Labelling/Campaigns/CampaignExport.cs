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
        IReadOnlyList<LabelFrame> frames = LabelFrame.ReadAll(campaign);
        var journal = AttemptJournal.Read(campaign);
        int rungs = engine.RungCount(campaign.Level);
        LabelFrame[] labelled = [.. frames.Where(frame => journal[frame.Job].Label is not null)];
        LabelFrame[] unlabelled = [.. frames.Where(frame => journal[frame.Job].Label is null)];
        if (labelled.Length == 0)
        {
            throw new InputException($"{campaign.Root}: no configuration has a label yet. Run 'phonograph label' on it first.");
        }

        ExtendedXyz.Write(path, labelled.Select(frame => Labelled(frame, journal[frame.Job].Label!)));
        string failures = failuresPath ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "failures.csv");
        UnlabelledTable.Write(failures, unlabelled.Select(frame => Row(frame, journal[frame.Job], rungs)));
        return (labelled.Length, unlabelled.Length);
    }

    private static ExtendedXyzFrame Labelled(LabelFrame frame, AttemptRecord attempt) =>
        LabelledFrame.Of(frame.Frame, frame.Id, (Label)attempt.Outcome, new LabelOrigin(attempt.Engine, attempt.EngineVersion, attempt.Level, attempt.Rung));

    private static UnlabelledConfiguration Row(LabelFrame frame, JobState state, int rungs)
    {
        var failure = state.LastFailure?.Outcome as LabelFailure;
        LabelFailure why = failure is not null && state.NextRung >= rungs
            ? failure with { Detail = $"rung {state.LastFailure!.Rung}: {failure.Detail}" }
            : new LabelFailure("pending", "not computed to the end of the ladder yet");
        return new UnlabelledConfiguration(frame.Id, frame.Frame, why);
    }
}
