using System.Collections.Immutable;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Datasets;

/// <summary>
/// Configurations as they were drawn, before anything was labelled: what the labelled ones are held against, so that a bias towards cells that are
/// easy to label shows.
/// </summary>
/// <param name="MeanSquareByCell">Mean over the atoms of the squared displacement, Å², of each drawn cell by its identifier.</param>
public sealed record DrawnCells(ImmutableDictionary<string, double> MeanSquareByCell)
{
    /// <summary>Reads drawn cells and makes sure that each of them is either labelled or recorded as failed.</summary>
    /// <param name="paths">Extended XYZ files with the column <c>displacement</c>, as <c>phonograph sample</c> writes them.</param>
    /// <param name="dataset">What became of them.</param>
    /// <exception cref="InputException">A file cannot be read, a cell has no displacements, or what was drawn and what was labelled or failed are not the same cells.</exception>
    public static DrawnCells Read(IEnumerable<string> paths, Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(dataset);
        HashSet<string> accounted = [.. dataset.Configurations.Select(cell => cell.Id), .. dataset.Failures.Select(cell => cell.Id)];
        var drawn = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            foreach (ExtendedXyzFrame frame in ExtendedXyz.Read(path))
            {
                if (!frame.Info.TryGetValue("id", out string? id) || !frame.VectorColumns.TryGetValue("displacement", out ImmutableArray<Vector3D> moves))
                {
                    throw new InputException($"{path}: a frame without id or without the column displacement. Give the files that 'phonograph sample' wrote.");
                }

                if (!accounted.Contains(id))
                {
                    throw new InputException($"{path}: the cell '{id}' was drawn, but has neither a label nor a record of its failure. Label it, or leave the file out.");
                }

                drawn[id] = moves.Average(move => move.LengthSquared);
            }
        }

        return accounted.FirstOrDefault(id => !drawn.ContainsKey(id)) is { } missing
            ? throw new InputException($"The cell '{missing}' is in none of the files of drawn cells. Give all files that were labelled.")
            : new DrawnCells(drawn.ToImmutable());
    }

    /// <summary>Root mean square displacement over atoms and cells, Å.</summary>
    /// <param name="cells">Identifiers of drawn cells; NaN when there are none.</param>
    public double RootMeanSquareAngstrom(IEnumerable<string> cells) => Math.Sqrt(cells.Select(cell => MeanSquareByCell[cell]).DefaultIfEmpty(double.NaN).Average());
}
