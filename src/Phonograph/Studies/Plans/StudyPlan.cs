using Phonograph.Studies.Comparisons;

namespace Phonograph.Studies.Plans;

/// <summary>What a study file asks for.</summary>
/// <param name="Study">The main study.</param>
/// <param name="Comparison">The comparison of schemes that follows it; null for none.</param>
public sealed record StudyPlan(StudyOptions Study, ComparisonOptions? Comparison)
{
    /// <summary>The same plan with what a command line decides: seed and draws, for the comparison too.</summary>
    /// <param name="seed">Seed of everything; null keeps that of the file.</param>
    /// <param name="draws">Training draws; null keeps those of the file.</param>
    public StudyPlan With(ulong? seed, int? draws) => new(
        Study with { Seed = seed ?? Study.Seed, Draws = draws ?? Study.Draws },
        Comparison is null ? null : Comparison with { Draws = draws ?? Comparison.Draws, Division = Comparison.Division with { Seed = seed ?? Comparison.Division.Seed } });
}
