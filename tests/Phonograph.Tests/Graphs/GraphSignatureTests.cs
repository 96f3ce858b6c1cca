using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Tests.Learning;

namespace Phonograph.Tests.Graphs;

/// <summary>The same cell is known again however it is written, and no other one is taken for it.</summary>
public sealed class GraphSignatureTests
{
    private static readonly Crystal Cell = SyntheticCells.Displaced(Supercell.Of(SyntheticCells.Ideal, 2, 2, 2).Crystal, 3, 0.15);

    [Fact]
    public void Order_origin_rotation_repetition_and_rounding_leave_the_cell_what_it_is()
    {
        int[] order = [.. Enumerable.Range(0, Cell.AtomCount).Reverse()];
        double c = Math.Cos(0.7), s = Math.Sin(0.7);
        var turned = new Lattice(new Matrix3x3(Turn(Cell.Lattice.Rows.RowA), Turn(Cell.Lattice.Rows.RowB), Turn(Cell.Lattice.Rows.RowC)));
        Crystal[] same =
        [
            new(turned, Cell.Elements, Cell.PositionsFractional),
            new(Cell.Lattice, [.. order.Select(atom => Cell.Elements[atom])], [.. order.Select(atom => Cell.PositionsFractional[atom])]),
            new(Cell.Lattice, Cell.Elements, [.. Cell.PositionsFractional.Select(position => position + new Vector3D(0.3, -1.77, 5.1))]),
            new(Cell.Lattice, Cell.Elements, [.. Cell.PositionsFractional.Select(position => new Vector3D(Math.Round(position.X, 6), Math.Round(position.Y, 6), Math.Round(position.Z, 6)))]),
            Supercell.Of(Cell, 2, 1, 1).Crystal,
        ];
        GraphSignature signature = Of(Cell);
        Assert.All(same, crystal => Assert.True(signature.IsSameCell(Of(crystal))));

        Vector3D Turn(Vector3D v) => new((c * v.X) - (s * v.Y), (s * v.X) + (c * v.Y), v.Z);
    }

    [Fact]
    public void Other_draws_other_elements_and_small_displacements_are_other_cells()
    {
        GraphSignature signature = Of(Cell);
        Assert.False(signature.IsSameCell(Of(SyntheticCells.Displaced(Cell, 5, 0.01))));
        Crystal exchanged = new(Cell.Lattice, [.. Cell.Elements.Select(element => element.Symbol == "Br" ? Element.Of("I") : element)], Cell.PositionsFractional);
        Assert.False(signature.IsSameCell(Of(exchanged)));

        // No two of many thermal draws are taken for each other.
        GraphSignature[] draws = [.. Enumerable.Range(0, 250).Select(seed => Of(SyntheticCells.Displaced(SyntheticCells.Ideal, (ulong)seed, 0.05)))];
        for (int first = 0; first < draws.Length; first++)
        {
            Assert.DoesNotContain(draws[..first], other => other.IsSameCell(draws[first]));
        }
    }

    private static GraphSignature Of(Crystal crystal) => GraphSignature.Of(CrystalGraphBuilder.Build(crystal));
}
