using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Testing;
using Phonograph.Tests.Crystals.Symmetry;

namespace Phonograph.Tests.Phonons;

public sealed class ForcesAtRestTests
{
    public static TheoryData<string> Crystals => [.. SymmetrySamples.Small];

    [Theory]
    [InlineData("rutile SnO2", 1)]
    [InlineData("wurtzite ZnS", 1)]
    [InlineData("quartz SiO2", 4)]
    [InlineData("Ag3SBr", 0)]
    [InlineData("diamond", 0)]
    public void There_are_as_many_as_free_positional_parameters(string name, int expected) =>
        Assert.Equal(expected, SiteForceBasis.Of(SupercellSymmetry.Of(SymmetrySamples.SupercellOf(name))).Count);

    [Theory]
    [MemberData(nameof(Crystals))]
    public void The_projection_is_the_mean_over_every_operation_without_net_force(string name)
    {
        var symmetry = SupercellSymmetry.Of(SymmetrySamples.SupercellOf(name));
        var basis = SiteForceBasis.Of(symmetry);
        int atoms = symmetry.Supercell.Crystal.AtomCount;
        Vector3D[] field = Random(atoms, 1);
        var mean = new Vector3D[atoms];
        foreach (var operation in symmetry.SpaceGroup.Operations)
        {
            for (int atom = 0; atom < atoms; atom++)
            {
                mean[operation.Images[atom]] += (1.0 / symmetry.SpaceGroup.Order) * (operation.RotationCartesian * field[atom]);
            }
        }

        Vector3D net = (1.0 / atoms) * mean.Aggregate(Vector3D.Zero, (sum, force) => sum + force);
        ImmutableArray<Vector3D> projected = basis.Forces(basis.Coefficients(field));
        Assert.All(Enumerable.Range(0, atoms), atom => Assert.True((projected[atom] - (mean[atom] - net)).Length < 1e-9));
    }

    [Theory]
    [InlineData("rutile SnO2")]
    [InlineData("quartz SiO2")]
    [InlineData("wurtzite ZnS")]
    public void A_crystal_away_from_its_minimum_feels_what_its_springs_say(string name)
    {
        // The same springs, displacements counted from places that symmetry allows to be elsewhere: F = -Φ (u + d).
        (ForceConstantsBasis basis, ForceConstants springs, SiteForceBasis sites) = SampleOf(name);
        ImmutableArray<Vector3D> away = sites.Forces([.. Enumerable.Range(0, sites.Count).Select(index => 0.1 + (0.05 * index))]);
        DisplacedSnapshot[] snapshots = [.. Enumerable.Range(0, 12).Select(draw =>
        {
            Vector3D[] u = [.. Random(away.Length, (ulong)(10 + draw)).Select(each => 0.03 * each)];
            return new DisplacedSnapshot([.. u], SpringModel.Forces(springs, [.. u.Zip(away, (a, b) => a + b)]));
        })];
        FittedForcesAtRest fit = SnapshotFit.FitWithForcesAtRest(basis, snapshots, []);
        ImmutableArray<Vector3D> expected = SpringModel.Forces(springs, away), found = fit.ForcesCartesian;
        Assert.True(expected.Max(force => force.Length) > 0.05);
        Assert.All(Enumerable.Range(0, expected.Length), atom => Assert.True((expected[atom] - found[atom]).Length < 1e-7));
        ForceConstants constants = fit.ForceConstants.Constants.ToFull();
        Assert.True(constants.Elements.ToArray().Zip(springs.Elements.ToArray(), (a, b) => Math.Abs(a - b)).Max() < 1e-6);

        // Without them the same snapshots are not harmonic.
        Assert.True(SnapshotFit.Fit(basis, snapshots, []).RSquared < 0.999);
        Assert.Equal(1, fit.ForceConstants.RSquared, 1e-9);
    }

    [Theory]
    [InlineData("rutile SnO2", false)]
    [InlineData("rutile SnO2", true)]
    [InlineData("quartz SiO2", false)]
    [InlineData("quartz SiO2", true)]
    public void Noisy_forces_give_them_back_within_their_error_bars(string name, bool isWeighted)
    {
        const int Seeds = 60, Draws = 24;
        const double Noise = 0.02;
        (ForceConstantsBasis basis, ForceConstants springs, SiteForceBasis sites) = SampleOf(name);
        double[] truth = [.. Enumerable.Range(0, sites.Count).Select(index => 0.2 - (0.1 * index))];
        ImmutableArray<Vector3D> atRest = sites.Forces(truth);
        double stated = 0, between = 0;
        var errors = new List<double>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            var random = new Philox((ulong)(100 + seed), 3);
            double[] weights = isWeighted ? [.. Enumerable.Range(0, Draws).Select(_ => 0.2 + (2 * random.NextDouble()))] : [];
            DisplacedSnapshot[] snapshots = [.. Enumerable.Range(0, Draws).Select(draw =>
            {
                // A mean displacement, so that forces at rest and springs are found together.
                Vector3D[] u = [.. Random(atRest.Length, (ulong)((1000 * seed) + draw)).Zip(atRest, (each, own) => 0.03 * (each + (3 * own)))];
                ImmutableArray<Vector3D> springForces = SpringModel.Forces(springs, u);
                return new DisplacedSnapshot([.. u], [.. springForces.Zip(atRest, (a, b) => a + b + (Noise * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal())))]);
            })];
            FittedForcesAtRest fit = SnapshotFit.FitWithForcesAtRest(basis, snapshots, weights);
            Assert.Equal((3 * atRest.Length * Draws) - basis.Count - sites.Count, fit.ForceConstants.DegreesOfFreedom);
            errors.AddRange(fit.Coefficients.Zip(truth, (found, wanted) => found - wanted));
            stated += fit.StandardErrors.Sum(error => error * error);
            between += fit.SnapshotStandardErrors.Sum(error => error * error);
        }

        // Relative scatter of a variance from n independent errors: √(2/n).
        double scatter = errors.Sum(error => error * error), spread = 4.5 * Math.Sqrt(2.0 / errors.Count);
        Assert.InRange(scatter / stated, 1 - spread, 1 + spread);
        Assert.InRange(scatter / between, 1 - spread, 1.25 + spread);
    }

    [Fact]
    public void Where_symmetry_allows_none_the_fit_is_the_one_without()
    {
        (ForceConstantsBasis basis, ForceConstants springs, SiteForceBasis sites) = SampleOf("Ag3SBr");
        DisplacedSnapshot[] snapshots = [.. Enumerable.Range(0, 30).Select(draw =>
        {
            Vector3D[] u = [.. Random(springs.Order / 3, (ulong)draw).Select(each => 0.1 * each)];
            return new DisplacedSnapshot([.. u], SpringModel.Forces(springs, u));
        })];
        FittedForcesAtRest fit = SnapshotFit.FitWithForcesAtRest(basis, snapshots, []);
        Assert.Equal(0, sites.Count);
        Assert.Empty(fit.Coefficients);
        Assert.Equal(SnapshotFit.Fit(basis, snapshots, []).Coefficients, fit.ForceConstants.Coefficients);
        Assert.All(fit.ForcesCartesian, force => Assert.Equal(Vector3D.Zero, force));
    }

    private static (ForceConstantsBasis Basis, ForceConstants Springs, SiteForceBasis Sites) SampleOf(string name)
    {
        Crystal crystal = SpglibReference.Of(name).Crystal;
        var symmetry = SupercellSymmetry.Of(Supercell.Of(crystal, crystal.AtomCount > 6 ? IntegerMatrix3.Identity : IntegerMatrix3.Diagonal(2, 1, 1)));
        var springs = new SpringModel().Constants(symmetry.Supercell);
        return (ForceConstantsBasis.Of(symmetry), springs, SiteForceBasis.Of(symmetry));
    }

    private static Vector3D[] Random(int atoms, ulong seed)
    {
        var random = new Philox(seed, 7);
        return [.. Enumerable.Range(0, atoms).Select(_ => new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal()))];
    }
}
