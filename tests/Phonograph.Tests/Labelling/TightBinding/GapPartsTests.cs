using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.TightBinding;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Tests.Labelling.TightBinding;

public sealed class GapPartsTests
{
    private static readonly TightBindingParameters[] Sets = [TightBindingParameters.Default, TightBindingTeacher.SilverSulphur.Parameters, TightBindingTeacher.SilverBromine.Parameters];

    public static TheoryData<int, int, int, int> Cases => new() { { 0, 1, 1, 1 }, { 0, 3, 2, 1 }, { 1, 1, 1, 1 }, { 1, 3, 2, 1 }, { 2, 3, 2, 1 } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_derivative_by_position_is_the_central_difference_of_the_gap(int set, int a, int b, int c)
    {
        var mesh = new KPointMesh(a, b, c);
        Crystal cell = TightBindingCrystals.Triclinic;
        var parts = GapParts.Of(Sets[set], cell, mesh);
        // The valence band of a teacher is flat and has no hopping: degenerate, but without a derivative in any of its states.
        Assert.True(set > 0 || parts.EdgeDistanceElectronvolt > 1e-5, $"An edge is degenerate to {parts.EdgeDistanceElectronvolt} eV.");
        Assert.Equal(Gap(Sets[set], cell, mesh), parts.GapElectronvolt, 1e-12);
        Assert.Contains(parts.ByPosition, each => each.Length > 0.05);
        Vector3D sum = parts.ByPosition.Aggregate(Vector3D.Zero, (total, each) => total + each);
        Assert.True(sum.Length < 1e-12, $"{sum}");
        const double Step = 1e-6;
        for (int atom = 0; atom < cell.AtomCount; atom++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                double slope = (Gap(Sets[set], Moved(cell, atom, axis, Step), mesh) - Gap(Sets[set], Moved(cell, atom, axis, -Step), mesh)) / (2 * Step);
                Assert.Equal(slope, parts.ByPosition[atom][axis], 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_parts_of_the_bonds_of_a_pair_add_up_to_the_slope_with_its_hopping(int set, int a, int b, int c)
    {
        var mesh = new KPointMesh(a, b, c);
        Crystal cell = TightBindingCrystals.Triclinic;
        var parts = GapParts.Of(Sets[set], cell, mesh);
        foreach (ElementPair pair in parts.Bonds.Select(bond => bond.Pair).Distinct())
        {
            const double Step = 1e-6;
            double Scaled(double factor) => Gap(
                Sets[set].WithBond("scaled", pair.Lighter, pair.Heavier, bond => bond with
                {
                    SsSigmaElectronvolt = factor * bond.SsSigmaElectronvolt,
                    SpSigmaElectronvolt = factor * bond.SpSigmaElectronvolt,
                    PpSigmaElectronvolt = factor * bond.PpSigmaElectronvolt,
                    PpPiElectronvolt = factor * bond.PpPiElectronvolt,
                }),
                cell,
                mesh);
            Assert.Equal((Scaled(1 + Step) - Scaled(1 - Step)) / (2 * Step), parts.Bonds.Where(bond => bond.Pair == pair).Sum(bond => bond.PartElectronvolt), 1e-5);
        }
    }

    [Fact]
    public void Without_a_pair_the_gap_is_that_of_parameters_without_the_pair()
    {
        Crystal cell = TightBindingCrystals.Triclinic;
        foreach (TightBindingParameters set in Sets)
        {
            var parts = GapParts.Of(set, cell, KPointMesh.Gamma);
            Assert.Equal(parts.GapElectronvolt, parts.Without(_ => false));
            foreach (ElementPair pair in parts.Bonds.Select(bond => bond.Pair).Distinct())
            {
                double expected = new TightBindingModel(set.WithoutBond("without", pair.Lighter, pair.Heavier)).Solve(cell, KPointMesh.Gamma).Label.BandEdges.GapElectronvolt;
                Assert.Equal(expected, parts.Without(bond => parts.Bonds[bond].Pair == pair), 1e-12);
            }
        }
    }

    [Fact]
    public void A_metal_has_no_gap_to_take_apart()
    {
        InputException error = Assert.Throws<InputException>(() => GapParts.Of(TightBindingParameters.Default, TightBindingCrystals.Of(Lattice.Cubic(5), "Ag", [new(0, 0, 0)])));
        Assert.Contains("metal", error.Message, StringComparison.Ordinal);
    }

    private static double Gap(TightBindingParameters set, Crystal cell, KPointMesh mesh)
    {
        BandEdges edges = new TightBindingModel(set).Solve(cell, mesh).Label.BandEdges;
        Assert.False(edges.IsMetallic);
        return edges.GapElectronvolt;
    }

    private static Crystal Moved(Crystal cell, int atom, int axis, double by)
    {
        var moves = new Vector3D[cell.AtomCount];
        moves[atom] = by * new Vector3D(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0);
        return cell.Displaced(moves);
    }
}
