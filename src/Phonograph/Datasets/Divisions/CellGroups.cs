using System.Collections.Immutable;

namespace Phonograph.Datasets.Divisions;

/// <summary>Cells that no division may part: kin of any kind but time, and frames of one block of a run. Kinship is followed from cell to cell; the order of the cells plays no part.</summary>
public static class CellGroups
{
    /// <summary>The group of every cell.</summary>
    /// <param name="cells">Cells with distinct identifiers.</param>
    /// <param name="blockFemtosecond">Length of a block of frames, fs; every frame is a block of its own where it is 0.</param>
    /// <param name="toleranceAngstrom">Cells closer than this are the same, Å r.m.s. per atom.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>By identifier, the smallest identifier of the group.</returns>
    public static ImmutableDictionary<string, string> Of(
        IReadOnlyCollection<LabelledConfiguration> cells, double blockFemtosecond = 0, double toleranceAngstrom = LeakageCheck.DefaultToleranceAngstrom, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cells);
        CellKin[] kin = [.. cells.OrderBy(cell => cell.Id, StringComparer.Ordinal).Select(cell => new CellKin(cell))];
        int[] parents = [.. Enumerable.Range(0, kin.Length)];
        for (int second = 0; second < kin.Length; second++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int first = 0; first < second; first++)
            {
                if (kin[first].With(kin[second], toleranceAngstrom) is not null)
                {
                    Join(parents, first, second);
                }
            }
        }

        if (blockFemtosecond > 0)
        {
            foreach (IGrouping<string, int> block in Enumerable.Range(0, kin.Length).Where(cell => kin[cell].Place is not null).GroupBy(cell => kin[cell].Place!.Block(blockFemtosecond), StringComparer.Ordinal))
            {
                foreach (int cell in block.Skip(1))
                {
                    Join(parents, block.First(), cell);
                }
            }
        }

        return Enumerable.Range(0, kin.Length).ToImmutableDictionary(cell => kin[cell].Cell.Id, cell => kin[Root(parents, cell)].Cell.Id, StringComparer.Ordinal);
    }

    /// <summary>The smaller place leads, so that a group is named by its smallest identifier.</summary>
    private static void Join(int[] parents, int first, int second)
    {
        (first, second) = (Root(parents, first), Root(parents, second));
        parents[Math.Max(first, second)] = Math.Min(first, second);
    }

    private static int Root(int[] parents, int cell)
    {
        while (parents[cell] != cell)
        {
            cell = parents[cell] = parents[parents[cell]];
        }

        return cell;
    }
}
