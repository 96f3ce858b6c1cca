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

    private static async Task<ExtendedXyzFrame[]> LabelAsync(ImmutableArray<Crystal> crystals, int workers)
    {
        Cp2kEngine engine = InstalledCp2k.Engine;
        using var folder = new TemporaryFolder();
        string cells = Cp2kCells.Write(folder, "cells.xyz", crystals);
        CampaignStatus status = await LabelCampaign.RunAsync(
            folder.File("campaign"), [cells], new CampaignOptions(engine, "gfn1-xtb") { Workers = workers }, null, TestContext.Current.CancellationToken);
        Assert.Equal((crystals.Length, 1), (status.Sum.Labelled, status.Sum.Metallic));
        CampaignExport.Write(CampaignFolder.Open(folder.File("campaign")), engine, folder.File("labelled.xyz.gz"));
        return [.. ExtendedXyz.Read(folder.File("labelled.xyz.gz"))];
    }
}
