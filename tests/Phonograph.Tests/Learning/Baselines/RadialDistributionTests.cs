using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Learning.Baselines;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Baselines;

public sealed class RadialDistributionTests
{
    private const double Cutoff = 5.5;
    private static readonly Crystal Cell = TestCrystals.Shaken(TestCrystals.SilverSulphideBromide, 0.1, 3);

    [Fact]
    public void The_features_are_the_sum_over_pairs_of_images()
    {
        RadialDistribution radial = Radial(Cell);
        ImmutableArray<double> features = Features(Cell);
        var brute = new double[features.Length];
        for (int first = 0; first < Cell.AtomCount; first++)
        {
            for (int second = 0; second < Cell.AtomCount; second++)
            {
                Element[] pair = [.. new[] { Cell.Elements[first], Cell.Elements[second] }.OrderBy(element => element.AtomicNumber)];
                int place = radial.Pairs.IndexOf((pair[0], pair[1]));
                foreach (Vector3D image in from i in Enumerable.Range(-3, 7) from j in Enumerable.Range(-3, 7) from k in Enumerable.Range(-3, 7) select new Vector3D(i, j, k))
                {
                    double length = Cell.Lattice.ToCartesian(Cell.PositionsFractional[second] + image - Cell.PositionsFractional[first]).Length;
                    for (int centre = 0; centre < radial.CentreCount && length is > 0 and <= Cutoff; centre++)
                    {
                        brute[(place * radial.CentreCount) + centre] +=
                            Math.Exp(-Math.Pow(length - (0.2 * centre), 2) / (2 * 0.2 * 0.2)) * 0.5 * (Math.Cos(Math.PI * length / Cutoff) + 1) / Cell.AtomCount;
                    }
                }
            }
        }

        Assert.Equal(6, radial.Pairs.Length);
        Assert.All(features.Zip(brute), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.True(features.Max() > 0.1);
    }

    [Fact]
    public void Rotation_origin_order_and_size_of_the_cell_do_not_matter()
    {
        ImmutableArray<double> here = Features(Cell);
        Crystal moved = Cell.Displaced([.. Cell.Elements.Select(_ => new Vector3D(0.3, -1.1, 0.7))]);
        foreach (Crystal same in (Crystal[])[
            TestCrystals.Turned(Cell, TestCrystals.Rotation(new Vector3D(1, 2, 3), 0.7)), moved, TestCrystals.Reordered(Cell, [4, 2, 0, 3, 1]), Supercell.Of(Cell, 2, 1, 1).Crystal,
            Supercell.Of(Cell, new IntegerMatrix3(new(1, 1, 0), new(-1, 1, 0), new(0, 0, 1))).Crystal])
        {
            Assert.All(here.Zip(Features(same)), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    [Fact]
    public void A_neighbour_that_crosses_the_cutoff_changes_nothing_abruptly()
    {
        ImmutableArray<double> before = Features(Pair(Cutoff - 1e-6)), after = Features(Pair(Cutoff + 1e-6));
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Contains(before.Zip(Features(Pair(Cutoff - 0.5))), pair => Math.Abs(pair.First - pair.Second) > 1e-3);
    }

    private static Crystal Pair(double length) => new(Lattice.Cubic(20), [Element.Of("Ag"), Element.Of("S")], [new(0, 0, 0), new(length / 20, 0, 0)]);

    private static RadialDistribution Radial(Crystal crystal) => new(crystal.Elements, Cutoff);

    private static ImmutableArray<double> Features(Crystal crystal) => Radial(crystal).Of(CrystalGraphBuilder.Build(crystal, new GraphOptions { CutoffAngstrom = Cutoff }));
}
