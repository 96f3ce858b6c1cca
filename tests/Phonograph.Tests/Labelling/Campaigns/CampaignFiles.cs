using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Labelling.Campaigns;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Campaigns;

/// <summary>Small input files and folders of campaign tests.</summary>
internal static class CampaignFiles
{
    /// <summary>Two-atom cells that differ in the first coordinate of the first atom, 0.01 per frame from <paramref name="first"/>.</summary>
    internal static string Write(TemporaryFolder folder, string name, int count, int first = 0, string prefix = "c")
    {
        string path = folder.File(name);
        ExtendedXyz.Write(path, Enumerable.Range(first, count).Select(number => new ExtendedXyzFrame(
            new Crystal(Lattice.Cubic(5), [Element.Of("Na"), Element.Of("Cl")], [new(0.01 * number, 0, 0), new(0.5, 0.5, 0.5)]),
            ImmutableDictionary<string, string>.Empty
                .Add("id", prefix + number.ToString(CultureInfo.InvariantCulture))
                .Add("scheme", number % 2 == 0 ? "phonon" : "uniform")
                .Add(number % 2 == 0 ? "temperature_K" : "width_A", number % 2 == 0 ? "300" : "0.4"),
            ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty)));
        return path;
    }

    internal static Task<CampaignStatus> Run(TemporaryFolder folder, ScriptedEngine engine, int workers = 2, int? limit = null, bool retry = false, params string[] inputs) =>
        LabelCampaign.RunAsync(
            folder.File("campaign"),
            inputs,
            new CampaignOptions(engine, engine.Levels[0]) { Workers = workers, Limit = limit, RetryFailed = retry },
            null,
            TestContext.Current.CancellationToken);

    internal static CampaignFolder Open(TemporaryFolder folder) => CampaignFolder.Open(folder.File("campaign"));

    internal static byte[] Export(TemporaryFolder folder, ScriptedEngine engine, string name = "labelled.xyz.gz")
    {
        CampaignExport.Write(Open(folder), engine, folder.File(name));
        return File.ReadAllBytes(folder.File(name));
    }
}
