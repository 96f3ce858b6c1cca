using System.Collections.Immutable;
using Phonograph.Crystals;

namespace Phonograph.Learning;

/// <summary>What the training configurations covered. Outside it a model extrapolates, and says so.</summary>
/// <param name="Elements">Symbols of the elements, in order of atomic number.</param>
/// <param name="EdgeMinimumAngstrom">Shortest edge, Å.</param>
/// <param name="EdgeMaximumAngstrom">Longest edge, Å.</param>
/// <param name="TargetMinimum">Smallest label, in the unit of the property.</param>
/// <param name="TargetMaximum">Largest label.</param>
public sealed record TrainingRange(
    ImmutableArray<string> Elements,
    double EdgeMinimumAngstrom,
    double EdgeMaximumAngstrom,
    double TargetMinimum,
    double TargetMaximum)
{
    /// <summary>
    /// Edges fill the range up to the cutoff densely, so a new structure always has one a little beyond the longest or shortest seen; only
    /// what exceeds the range by more than this, Å, counts as outside.
    /// </summary>
    public const double EdgeToleranceAngstrom = 0.01;

    /// <summary>Takes the ranges from training configurations.</summary>
    public static TrainingRange Of(IReadOnlyCollection<LabelledGraph> training) => new(
        [.. training.SelectMany(each => each.Graph.Elements).Distinct().OrderBy(element => element.AtomicNumber).Select(element => element.Symbol)],
        training.SelectMany(each => each.Graph.EdgeLengthAngstrom).DefaultIfEmpty(double.NaN).Min(),
        training.SelectMany(each => each.Graph.EdgeLengthAngstrom).DefaultIfEmpty(double.NaN).Max(),
        training.Min(each => each.Target),
        training.Max(each => each.Target));

    /// <summary>How a structure leaves the range.</summary>
    public OutsideReasons Judge(Graphs.CrystalGraph graph)
    {
        OutsideReasons reasons = OutsideReasons.None;
        foreach (Element element in graph.Elements)
        {
            if (!Elements.Contains(element.Symbol))
            {
                reasons |= OutsideReasons.UnknownElement;
                break;
            }
        }

        double shortest = double.PositiveInfinity, longest = double.NegativeInfinity;
        foreach (double length in graph.EdgeLengthAngstrom)
        {
            shortest = Math.Min(shortest, length);
            longest = Math.Max(longest, length);
        }

        bool isOutside = graph.EdgeCount == 0 || shortest < EdgeMinimumAngstrom - EdgeToleranceAngstrom || longest > EdgeMaximumAngstrom + EdgeToleranceAngstrom;
        return isOutside ? reasons | OutsideReasons.EdgeLength : reasons;
    }
}
