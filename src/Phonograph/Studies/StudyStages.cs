using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Studies.Comparisons;

namespace Phonograph.Studies;

/// <summary>
/// Stages of a study with the shares of its time that they took in the shipped studies: an estimate for the time left in all, which gets better as stages end. The data and the machine of a user may shift them.
/// </summary>
public static class StudyStages
{
    /// <summary>Stages of the main study and its report.</summary>
    /// <param name="options">The study.</param>
    public static ImmutableArray<WorkStage> OfStudy(StudyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            new("graph", 1),
            new("fits", 0),
            .. options.Hamiltonian is null ? Array.Empty<WorkStage>() : [new("hamiltonians", 0)],
            new("baselines", 0),
            .. options.ExplainedCells == 0 ? Array.Empty<WorkStage>() : [new("explain", 0)],
            new("report", 0),
        ];
    }

    /// <summary>Stages of a comparison of schemes.</summary>
    /// <param name="options">The comparison.</param>
    public static ImmutableArray<WorkStage> OfComparison(ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int searches = options.Trials == 0 ? 0 : options.Models.Count(model => !model.IsHamiltonian) * options.Properties.Length;
        return
        [
            new("graph", 1),
            .. searches == 0 ? Array.Empty<WorkStage>() : [new("tune (graph-steps)", 0, searches)],
            new("fits", 0),
            .. options.Models.Any(model => model.IsHamiltonian) ? [new WorkStage("hamiltonians", 0)] : Array.Empty<WorkStage>(),
            new("baselines", 0),
            new("errors", 0),
        ];
    }
}
