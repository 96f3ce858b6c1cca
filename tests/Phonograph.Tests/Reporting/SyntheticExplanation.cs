using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.Random;
using Phonograph.Reporting;
using Phonograph.Reporting.Explanations;
using Phonograph.Tests.Learning;

namespace Phonograph.Tests.Reporting;

/// <summary>Explanations with made-up numbers: bonds of silver and sulphur stand out in trained models, and nothing does in the controls.</summary>
internal static class SyntheticExplanation
{
    private static readonly (string First, string Second, double Bonds)[] Pairs = [("Ag", "Ag", 0.27), ("Ag", "Br", 0.16), ("Ag", "S", 0.39), ("Br", "Br", 0.04), ("Br", "S", 0.10), ("S", "S", 0.04)];

    internal static StudyExplanation Create(IReadOnlyList<string> kinds, ulong seed) => new(
        Property.BandGap, "made-up numbers", kinds[0], 2,
        [
            .. from name in kinds.Append(StudyExplanation.Poor).Append(StudyExplanation.Untrained)
               from tested in kinds
               select new ExplainedTraining(name, tested, name == StudyExplanation.Untrained ? double.NaN : name == StudyExplanation.Poor ? 0.2 : 0.03, Series(name, tested == kinds[^1])),
        ],
        [Drawn("trained on " + kinds[0], seed), Drawn(StudyExplanation.Poor, seed + 1)],
        "A made-up cell");

    private static ImportanceSeries Series(string name, bool isWhole)
    {
        double Share((string First, string Second, double Bonds) pair) =>
            name is StudyExplanation.Poor or StudyExplanation.Untrained ? pair.Bonds : pair is { First: "Ag", Second: "S" } ? 0.39 + 0.305 : pair.Bonds / 2;
        return new ImportanceSeries(
            name, 24, 5,
            [.. Pairs.Select(pair => new PairShare(pair.First, pair.Second, 616 * pair.Bonds, Around(Share(pair), 0.03), Around(pair.Bonds, 0.004), Around(Share(pair) - pair.Bonds, 0.02)))],
            isWhole ? [.. Densities(Share)] : [],
            [.. from element in new[] { null, "Ag", "Br", "S" } from feature in NodeFeatures.Names select new FeatureEffect(element, feature, Around(0.01 * (element?.Length ?? 3), 0.01))]);
    }

    private static IEnumerable<LengthDensity> Densities(Func<(string First, string Second, double Bonds), double> share)
    {
        IEnumerable<LengthDensity> Rows(string? first, string? second, double bonds, double importance) =>
            Enumerable.Range(23, 32).Select(range => new LengthDensity(first, second, range / 10.0, (range + 1) / 10.0, bonds / 3.2, importance / 3.2));
        return Rows(null, null, 1, 1).Concat(Pairs.SelectMany(pair => Rows(pair.First, pair.Second, pair.Bonds, share(pair))));
    }

    private static DrawnImportance Drawn(string name, ulong seed)
    {
        Crystal crystal = SyntheticCells.Ideal;
        var random = new Philox(seed, 77);
        CrystalGraph graph = CrystalGraphBuilder.Build(crystal);
        return new DrawnImportance(name, CrystalSnapshot.Of(crystal), [.. Phonograph.Explaining.Networks.BondList.Of(graph).Bonds.Select(bond => new DrawnBond(bond.First, bond.Second, bond.Image, bond.LengthAngstrom, random.NextNormal()))]);
    }

    private static Interval Around(double value, double half) => new(value, value - half, value + half);
}
