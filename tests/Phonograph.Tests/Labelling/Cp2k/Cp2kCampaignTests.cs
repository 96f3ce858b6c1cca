using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Campaigns with the real program.</summary>
[Trait("Category", InstalledCp2k.Category)]
public sealed class Cp2kCampaignTests
{
    /// <summary>Displaced cells of Ag3SBr, and one metallic cell that needs the ladder.</summary>
    private static readonly ImmutableArray<Crystal> Cells =
        [.. Enumerable.Range(1, 4).Select(seed => TestCrystals.Shaken(TestCrystals.SilverSulphideBromide, 0.2, (ulong)seed)), Cp2kCrystals.Aluminium];

    [Fact]
    public async Task Labels_do_not_depend_on_the_order_of_jobs_or_on_the_number_of_workers()
    {
        ExtendedXyzFrame[] one = await LabelAsync(Cells, workers: 1);
        ExtendedXyzFrame[] three = await LabelAsync([.. Cells.Reverse()], workers: 3);
        Assert.Equal(Cells.Length, one.Length);
        foreach ((ExtendedXyzFrame first, ExtendedXyzFrame second) in one.Zip(three.Reverse()))
        {
            // To the last bit: one thread, a folder of its own for each run, and never the wave function of a neighbour.
            Assert.Equal(first.Info.Remove("id"), second.Info.Remove("id"));
            Assert.Equal(first.VectorColumns["REF_forces"].AsEnumerable(), second.VectorColumns["REF_forces"]);
        }

        Assert.Equal(["F", "F", "F", "F", "T"], one.Select(frame => frame.Info["metallic"]));
        Assert.Equal(["0", "0", "0", "0", "1"], one.Select(frame => frame.Info["rung"]));
        Assert.All(one, frame => Assert.Equal(("cp2k", "gfn1-xtb", "average electrostatic potential"), (frame.Info["engine"], frame.Info["level"], frame.Info["vbm_reference"])));
    }

    [Fact]
    public async Task Ranks_and_pinned_workers_give_the_labels_of_a_single_process()
    {
        Assert.SkipWhen(Phonograph.Execution.ExternalProgram.Find("mpirun") is null, "needs mpirun: apt-get install -y openmpi-bin");
        ExtendedXyzFrame[] one = await LabelAsync(Cells, workers: 1), ranks = await LabelAsync(Cells, workers: 1, ranks: 2), pinned = await LabelAsync(Cells, workers: Math.Min(2, Environment.ProcessorCount), isPinned: true);
        foreach ((ExtendedXyzFrame single, ExtendedXyzFrame several) in one.Zip(ranks))
        {
            // Sums in another order, led to self-consistency within 1e-6.
            Assert.Equal(Number(single, "REF_energy"), Number(several, "REF_energy"), 1e-5);
            Assert.Equal(Number(single, "vbm_eV"), Number(several, "vbm_eV"), 1e-4);
            Assert.Equal(single.Info["metallic"], several.Info["metallic"]);
        }

        Assert.Equal(one.Select(frame => frame.Info["REF_energy"]), pinned.Select(frame => frame.Info["REF_energy"]));
    }

    private static double Number(ExtendedXyzFrame frame, string key) => double.Parse(frame.Info[key], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<ExtendedXyzFrame[]> LabelAsync(ImmutableArray<Crystal> crystals, int workers, int ranks = 1, bool isPinned = false)
    {
        Cp2kEngine engine = InstalledCp2k.Engine;
        using var folder = new TemporaryFolder();
        string cells = Cp2kCells.Write(folder, "cells.xyz", crystals);
        CampaignStatus status = await LabelCampaign.RunAsync(
            folder.File("campaign"), [cells], new CampaignOptions(engine, "gfn1-xtb") { Workers = workers, Ranks = ranks, IsPinned = isPinned }, null, TestContext.Current.CancellationToken);
        Assert.Equal((crystals.Length, 1), (status.Sum.Labelled, status.Sum.Metallic));
        CampaignExport.Write(CampaignFolder.Open(folder.File("campaign")), engine, folder.File("labelled.xyz.gz"));
        return [.. ExtendedXyz.Read(folder.File("labelled.xyz.gz"))];
    }
}
