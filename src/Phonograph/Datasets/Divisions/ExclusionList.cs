using System.Collections.Immutable;

namespace Phonograph.Datasets.Divisions;

/// <summary>A cell that may not be trained on.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Reason">Why.</param>
/// <param name="TestCell">The test cell that it is kin to; the first by identifier.</param>
public sealed record Exclusion(string Id, Kinship Reason, string TestCell);

/// <summary>Cells that a model to be tested may never have seen, whatever the level of their labels: the test cells, their copies, and frames that are nearer to them in time than a block.</summary>
public static class ExclusionList
{
    /// <summary>Looks for cells of another set, usually another level of theory, that are kin to test cells.</summary>
    /// <param name="candidates">Cells that are to be trained on.</param>
    /// <param name="division">The division whose test cells must stay unseen.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Exclusions, by identifier.</returns>
    public static ImmutableArray<Exclusion> Of(IReadOnlyCollection<LabelledConfiguration> candidates, Division division, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(division);
        CellKin[] tested = [.. division.Test.Select(cell => new CellKin(cell))];
        var found = ImmutableArray.CreateBuilder<Exclusion>();
        foreach (LabelledConfiguration candidate in candidates.OrderBy(cell => cell.Id, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            var kin = new CellKin(candidate);
            foreach (CellKin test in tested)
            {
                if ((kin.With(test, division.Options.ToleranceAngstrom) ?? InTime(kin, test, division.BlockFemtosecond)) is { } reason)
                {
                    found.Add(new Exclusion(candidate.Id, reason, test.Cell.Id));
                    break;
                }
            }
        }

        return found.ToImmutable();
    }

    private static Kinship? InTime(CellKin candidate, CellKin test, double block) =>
        candidate.Place is { } place && test.Place is { } other && place.Run == other.Run && (Math.Abs(place.TimeFemtosecond - other.TimeFemtosecond) < block || place.Block(Math.Max(block, 1e-9)) == other.Block(Math.Max(block, 1e-9)))
            ? Kinship.TrajectoryNeighbour
            : null;
}
