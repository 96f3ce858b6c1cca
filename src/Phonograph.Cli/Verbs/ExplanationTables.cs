using System.Globalization;
using Phonograph.Explaining.Networks;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Cli.Verbs;

/// <summary>The tables of <c>explain</c> about all structures, of the model and of a control alike.</summary>
internal static class ExplanationTables
{
    internal static void WritePairs(string path, IEnumerable<ShellImportance> shells) => AtomicFile.WriteText(path, writer =>
    {
        string[] names = ["importance", "importance_per_bond", "share_of_importance", "share_of_bonds", "change_without", "size_of_change_without"];
        writer.WriteLine("first,second,length_low_A,length_high_A,all_lengths,bonds_per_structure," + string.Join(',', names.SelectMany(name => new[] { name, name + "_low", name + "_high" })));
        foreach (ShellImportance shell in shells)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{shell.Pair.First},{shell.Pair.Second},{shell.LowAngstrom:0.###},{shell.HighAngstrom:0.###},{(shell.IsAllLengths ? "true" : "false")},{shell.BondsPerStructure:0.###},{Numbers(shell.Importance, shell.PerBond, shell.Share, shell.BondShare, shell.Change, shell.ChangeSize)}"));
        }
    });

    internal static void WriteDensities(string path, IEnumerable<ImportanceDensity> densities) => AtomicFile.WriteText(path, writer =>
    {
        writer.WriteLine("first,second,length_low_A,length_high_A,bonds_per_A,importance_per_A");
        foreach (ImportanceDensity row in densities)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Pair?.First ?? "all"},{row.Pair?.Second ?? "all"},{row.LowAngstrom:0.###},{row.HighAngstrom:0.###},{PredictVerb.Number(row.Bonds)},{PredictVerb.Number(row.Importance)}"));
        }
    });

    internal static void WriteFeatures(string path, IEnumerable<FeatureImportance> features, string unit) => AtomicFile.WriteText(path, writer =>
    {
        writer.WriteLine("element,feature,unit,change,change_low,change_high,size_of_change,size_of_change_low,size_of_change_high");
        foreach (FeatureImportance row in features)
        {
            writer.WriteLine($"{row.Element ?? "all"},{row.Feature},{unit},{Numbers(row.Change, row.ChangeSize)}");
        }
    });

    internal static void WriteQuality(string path, ExplanationQuality? quality, string unit) => AtomicFile.WriteText(path, writer =>
    {
        writer.WriteLine("measure,of,unit,value,low,high,structures");
        foreach (QualityRow row in quality?.Rows ?? [])
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Measure},{row.Of},{(row.HasUnit ? unit : "")},{Numbers(row.Value)},{row.Structures}"));
        }
    });

    private static string Numbers(params Interval[] intervals) => string.Join(',', intervals.SelectMany(each => new[] { each.Value, each.Low, each.High }).Select(PredictVerb.Number));
}
