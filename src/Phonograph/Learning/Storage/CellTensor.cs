using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Graphs;

namespace Phonograph.Learning.Storage;

/// <summary>The cells that a model has seen as a tensor: one row of four numbers per cell, those of <see cref="GraphSignature"/>.</summary>
internal static class CellTensor
{
    /// <summary>Name in model files.</summary>
    public const string Name = "training.cells";

    private const int Columns = 4;

    public static SafetensorsTensor Of(ImmutableArray<GraphSignature> cells) =>
        SafetensorsTensor.Of((float[])[.. cells.SelectMany(cell => new[] { cell.Sum, cell.Squares, cell.ElementSum, cell.ElementSquares })], cells.Length, Columns);

    /// <summary>The cells; none for files of before the program kept them.</summary>
    public static ImmutableArray<GraphSignature> Read(SafetensorsFile file, string path)
    {
        if (!file.Tensors.TryGetValue(Name, out SafetensorsTensor? tensor))
        {
            return [];
        }

        if (tensor.Type != "F32" || tensor.Shape.Length != 2 || tensor.Shape[1] != Columns)
        {
            throw InputException.At(path, 0, $"{Name} of type {tensor.Type} and shape [{string.Join(", ", tensor.Shape)}]", $"F32 of shape [cells, {Columns}]", "Train the model again.");
        }

        return [.. tensor.ToSingles().Chunk(Columns).Select(row => new GraphSignature(row[0], row[1], row[2], row[3]))];
    }
}
