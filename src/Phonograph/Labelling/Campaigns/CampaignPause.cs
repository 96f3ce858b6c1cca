using Phonograph.Execution;
using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Pauses and continues a campaign from any terminal of the machine it runs on.</summary>
public static class CampaignPause
{
    /// <summary>Stops the running engine processes at once and lets no new job start until <see cref="Continue"/>.</summary>
    /// <returns>Number of engine processes stopped.</returns>
    public static int Pause(CampaignFolder campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        AtomicFile.WriteText(campaign.PauseFile, "Remove with: phonograph label --continue\n");
        return SignalAll(campaign, process => process.Pause());
    }

    /// <summary>Lets the engine processes run on and new jobs start.</summary>
    /// <returns>Number of engine processes continued.</returns>
    public static int Continue(CampaignFolder campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        File.Delete(campaign.PauseFile);
        return SignalAll(campaign, process => process.Resume());
    }

    /// <summary>Ends engine processes that an earlier, killed coordinator left behind, and removes what was in flight.</summary>
    /// <remarks>Only for the holder of the campaign's lock.</remarks>
    internal static void ClearRunning(CampaignFolder campaign)
    {
        foreach (string folder in campaign.RunningFolders())
        {
            ProcessIdentity.TryLoad(Path.Combine(folder, ExternalProgram.IdentityFileName))?.EndWithOrphans();
            FolderRemoval.Remove(folder);
        }
    }

    internal static int SignalAll(CampaignFolder campaign, Action<ProcessIdentity> signal)
    {
        int count = 0;
        foreach (string folder in campaign.RunningFolders())
        {
            if (ProcessIdentity.TryLoad(Path.Combine(folder, ExternalProgram.IdentityFileName)) is { IsRunning: true } process)
            {
                signal(process);
                count++;
            }
        }

        return count;
    }
}
