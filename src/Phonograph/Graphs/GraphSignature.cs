namespace Phonograph.Graphs;

/// <summary>
/// Four numbers by which a cell is known again without its positions: sums over the edges, per atom, of w, w², Z_target·Z_source·w/1000 and
/// Z_target·Z_source·w²/1000 with w = (1 - (length/cutoff)²)³, which is smooth where edges come and go. Order of atoms, origin, rotation and repetition do
/// not change them. Only signatures of one cutoff and one builder are compared.
/// </summary>
/// <param name="Sum">Sum of w.</param>
/// <param name="Squares">Sum of w².</param>
/// <param name="ElementSum">Sum of Z·Z·w/1000.</param>
/// <param name="ElementSquares">Sum of Z·Z·w²/1000.</param>
public readonly record struct GraphSignature(float Sum, float Squares, float ElementSum, float ElementSquares)
{
    /// <summary>
    /// Largest relative difference of each number for the same cell. Cells of tens of atoms whose positions differ by 10⁻⁵ Å, as after writing and reading
    /// a file, stay within it; thermal draws differ by some thousand times as much.
    /// </summary>
    public const float Tolerance = 1e-5f;

    /// <summary>The signature of a graph.</summary>
    public static GraphSignature Of(CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        double sum = 0, squares = 0, elementSum = 0, elementSquares = 0;
        for (int target = 0; target < graph.NodeCount; target++)
        {
            for (int edge = graph.EdgeStart[target]; edge < graph.EdgeStart[target + 1]; edge++)
            {
                double ratio = graph.EdgeLengthAngstrom[edge] / graph.CutoffAngstrom, inside = Math.Max(0, 1 - (ratio * ratio));
                double weight = inside * inside * inside;
                double elements = graph.Elements[target].AtomicNumber * graph.Elements[graph.EdgeSource[edge]].AtomicNumber / 1000.0;
                sum += weight;
                squares += weight * weight;
                elementSum += elements * weight;
                elementSquares += elements * weight * weight;
            }
        }

        double atoms = Math.Max(1, graph.NodeCount);
        return new((float)(sum / atoms), (float)(squares / atoms), (float)(elementSum / atoms), (float)(elementSquares / atoms));
    }

    /// <summary>True when both are signatures of the same cell.</summary>
    public bool IsSameCell(GraphSignature other) =>
        IsNear(Sum, other.Sum) && IsNear(Squares, other.Squares) && IsNear(ElementSum, other.ElementSum) && IsNear(ElementSquares, other.ElementSquares);

    private static bool IsNear(float a, float b) => Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
}
