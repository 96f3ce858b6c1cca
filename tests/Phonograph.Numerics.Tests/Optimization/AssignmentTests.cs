using CsCheck;
using Phonograph.Numerics.Optimization;

namespace Phonograph.Numerics.Tests.Optimization;

public sealed class AssignmentTests
{
    [Fact]
    public void No_permutation_has_a_larger_sum() => Gen.Int[0, 6].SelectMany(order => Gen.Double[-5, 5].Array[order * order]).Sample(
        gain =>
        {
            int order = (int)Math.Round(Math.Sqrt(gain.Length));
            int[] found = Assignment.Largest(gain, order);
            Assert.Equal(Enumerable.Range(0, order), found.Order());
            double best = Permutations([.. Enumerable.Range(0, order)], 0).Max(permutation => Sum(gain, permutation));
            Assert.Equal(best, Sum(gain, found), 1e-12);
        },
        iter: 300);

    [Fact]
    public void A_permuted_unit_matrix_gives_its_permutation()
    {
        int[] wanted = [4, 0, 3, 1, 2];
        var gain = new double[25];
        for (int row = 0; row < 5; row++)
        {
            gain[(row * 5) + wanted[row]] = 1;
        }

        Assert.Equal(wanted, Assignment.Largest(gain, 5));
    }

    [Fact]
    public void Wrong_counts_and_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Assignment.Largest([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => Assignment.Largest([double.NaN], 1));
    }

    private static double Sum(double[] gain, int[] columns) => columns.Select((column, row) => gain[(row * columns.Length) + column]).Sum();

    private static IEnumerable<int[]> Permutations(int[] items, int first)
    {
        if (first >= items.Length - 1)
        {
            yield return [.. items];
            yield break;
        }

        for (int index = first; index < items.Length; index++)
        {
            (items[first], items[index]) = (items[index], items[first]);
            foreach (int[] permutation in Permutations(items, first + 1))
            {
                yield return permutation;
            }

            (items[first], items[index]) = (items[index], items[first]);
        }
    }
}
