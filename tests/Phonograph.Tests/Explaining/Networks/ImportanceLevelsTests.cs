using System.Collections.Immutable;
using Phonograph.Explaining.Networks;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Explaining.Networks;

public sealed class ImportanceLevelsTests
{
    [Fact]
    public void The_level_is_the_share_of_smaller_bonds_and_one_for_the_largest()
    {
        var random = new Philox(3, 1);
        double[] importance = [.. Enumerable.Range(0, 500).Select(_ => random.NextNormal())];
        ImmutableArray<double> levels = ImportanceLevels.Of(importance);
        double largest = importance.Max(Math.Abs);
        for (int bond = 0; bond < importance.Length; bond++)
        {
            int smaller = importance.Count(other => Math.Abs(other) < Math.Abs(importance[bond]) - (1e-5 * largest));
            Assert.Equal(Math.Abs(importance[bond]) == largest ? 1 : smaller / 500.0, levels[bond], 0.0100001);
        }

        Assert.InRange(levels.Count(level => level >= ImportanceLevels.DefaultThreshold), 70, 72);
        Assert.Equal(levels, ImportanceLevels.Of([.. importance.Select(value => -3 * value)]));
    }

    [Fact]
    public void Equal_bonds_stand_or_fall_together()
    {
        double[] importance = [.. Enumerable.Repeat(0.2, 24), .. Enumerable.Repeat(-0.5, 12), .. Enumerable.Repeat(0.1 + 1e-9, 10), .. Enumerable.Repeat(0.1, 10)];
        ImmutableArray<double> levels = ImportanceLevels.Of(importance);
        Assert.Equal([20 / 56.0, 1, 0], levels.Distinct());
        Assert.Equal(12, levels.Count(level => level >= ImportanceLevels.DefaultThreshold));
    }

    [Fact]
    public void Where_nothing_is_important_no_bond_is()
    {
        Assert.Equal([0, 0, 0], ImportanceLevels.Of([0, 0, 0]));
        Assert.Empty(ImportanceLevels.Of([]));
    }
}
