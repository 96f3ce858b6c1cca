using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Learning.Tuning;
using Phonograph.Studies.Comparisons;

namespace Phonograph.Studies;

/// <summary>Stages of a study with their expected shares of its time: an estimate for the time left in all, which gets better as stages end.</summary>
public static class StudyStages
{
    /// <summary>Schemes of a comparison that names none.</summary>
    private const int UsualSchemes = 3;

    /// <summary>
    /// Times of other trainings in that of a published network, from data/ag3sbr-pbesol/comparison.yaml on two processors: searches of the published family and of m6 took 3 to 6 s each, the first of cgcnn more than 5 minutes (schnet and painn are taken for as dear); 35 Hamiltonians
    /// took 38 s, 24 trials of a search 4 s.
    /// </summary>
    private const double OwnCost = 80, HamiltonianCost = 7;

    /// <summary>Stages of the main study and its report, with the seconds that they took in the shipped study (two processors beside other work).</summary>
    /// <param name="options">The study.</param>
    public static ImmutableArray<WorkStage> OfStudy(StudyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            new("graph", 1),
            new("fits", 361),
            .. options.Hamiltonian is null ? Array.Empty<WorkStage>() : [new("hamiltonians", 342)],
            new("baselines", 3),
            .. options.ExplainedCells == 0 ? Array.Empty<WorkStage>() : [new("explain", 8)],
            new("report", 2),
        ];
    }

    /// <summary>Stages of a comparison of schemes, in fits of a published network at full size.</summary>
    /// <param name="options">The comparison.</param>
    public static ImmutableArray<WorkStage> OfComparison(ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        double[] networks = [.. options.Models.Where(model => !model.IsHamiltonian).Select(model => model.Architectures.All(name => GraphNetworks.GeometryOf(name) == EdgeGeometry.ScaledLength) ? 1.0 : OwnCost * model.Duration(options.Training).Epochs / options.Training.Epochs)];
        ImmutableArray<double> searches = options.Trials == 0 ? [] : [.. networks.SelectMany(cost => Enumerable.Repeat(cost * options.Trials, options.Properties.Length))];
        double sets = options.Draws * (double)(options.Schemes.IsEmpty ? UsualSchemes : options.Schemes.Length);
        double drawn = sets * options.Sizes.Sum(size => size / (double)options.TrainingSize);
        double trained = options.EqualSteps ? sets * options.Sizes.Length : drawn;
        return
        [
            new("graph", 1),
            .. searches.IsEmpty ? Array.Empty<WorkStage>() : [new WorkStage(TuningProgress.Stage, searches)],
            new("fits", trained * networks.Sum() * options.Properties.Length),
            .. networks.Length == options.Models.Length ? Array.Empty<WorkStage>() : [new("hamiltonians", HamiltonianCost * drawn)],
            new("baselines", 0.1 * drawn),
            new("learning curves", 1),
            new("errors", 1),
        ];
    }
}
