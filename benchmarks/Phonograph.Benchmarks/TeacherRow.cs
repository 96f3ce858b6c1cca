using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Explaining.Networks;

namespace Phonograph.Benchmarks;

/// <summary>Scores of one model against one teacher.</summary>
/// <param name="Learned">Level whose gaps the model learnt.</param>
/// <param name="Model">How it was trained.</param>
/// <param name="Against">Level whose truth it is compared with.</param>
/// <param name="Seed">Seed of the training.</param>
/// <param name="Scores">One for each of <see cref="Names"/>.</param>
internal sealed record TeacherRow(string Learned, string Model, string Against, int Seed, double[] Scores)
{
    /// <summary>What is scored.</summary>
    internal static ImmutableArray<string> Names { get; } =
    [
        "R²", "cosine", "ranges with a hopping", "Spearman, change", "Spearman, importance", "Spearman, length", "AUROC, importance", "AUROC, length", "all ranges", "Spearman of all, change",
        "Spearman of all, importance", "share Ag-S", "share Ag-Br",
    ];

    internal static string Header => $"learned_from,model,against,seed,{string.Join(',', Names.Select(name => name.Replace(", ", "_", StringComparison.Ordinal).Replace(' ', '_')))}";

    internal string Line => $"{Learned},{Model},{Against},{Seed},{string.Join(',', Scores.Select(score => score.ToString("0.######", CultureInfo.InvariantCulture)))}";

    internal static double[] Of(double quality, TruthAgreement agreement, double sulphur, double bromine) =>
    [
        quality, agreement.GradientCosine, agreement.Hoppings.Shells, agreement.Hoppings.ByChange, agreement.Hoppings.ByImportance, agreement.Hoppings.ByLength, agreement.BondsByImportance, agreement.BondsByLength,
        agreement.Shells.Shells, agreement.Shells.ByChange, agreement.Shells.ByImportance, sulphur, bromine,
    ];
}
