using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons.Formats;

/// <summary>Against tests/reference/phonopy/supercell-order.json, written by phonopy 2.17.1 with the script beside it.</summary>
public sealed class PhonopySupercellOrderTests
{
    private static readonly JsonElement Cases =
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "reference", "phonopy", "supercell-order.json"))).RootElement.GetProperty("cases");

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Atoms_come_in_the_order_of_phonopy(int number)
    {
        JsonElement one = Cases[number];
        int[][] rows = one.GetProperty("rows").Deserialize<int[][]>()!;
        var supercell = Supercell.Of(TestCrystals.Triclinic, new IntegerMatrix3(Row(rows[0]), Row(rows[1]), Row(rows[2])));
        ImmutableArray<int> toOwn = PhonopySupercellOrder.ToOwn(supercell);
        int[] unitAtoms = one.GetProperty("unit_atom").Deserialize<int[]>()!;
        int[][] points = one.GetProperty("point_times_count").Deserialize<int[][]>()!;
        Assert.Equal(unitAtoms.Length, toOwn.Length);
        Assert.Equal(Enumerable.Range(0, toOwn.Length), toOwn.Order());
        int count = supercell.CellCount, sign = Math.Sign(supercell.Matrix.Determinant);
        for (int atom = 0; atom < toOwn.Length; atom++)
        {
            Assert.Equal(unitAtoms[atom], supercell.UnitAtom[toOwn[atom]]);
            IntegerVector3 scaled = supercell.UnitImage[toOwn[atom]] * supercell.Matrix.Adjugate;
            int[] found = [.. new[] { scaled.X, scaled.Y, scaled.Z }.Select(value => ((sign * value % count) + count) % count)];
            Assert.Equal(points[atom], found);
        }
    }

    private static IntegerVector3 Row(int[] numbers) => new(numbers[0], numbers[1], numbers[2]);
}
