using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons;

public sealed class ForceConstantsFitTests
{
    private const double Exact = 1e-9;

    public static TheoryData<string> Supercells => ["Ag3SBr", "RockSalt", "Triclinic"];

    [Theory]
    [MemberData(nameof(Supercells))]
    public void Pairs_of_displacements_give_back_the_springs(string name)
    {
        ForceConstants springs = new SpringModel().Constants(SupercellOf(name));
        ImmutableArray<AtomDisplacement> displacements = AtomDisplacement.CartesianPairs(springs.Supercell, 0.01);
        Assert.Equal(6 * springs.Supercell.Unit.AtomCount, displacements.Length);
        AssertEqual(springs, ForceConstantsFit.Fit(springs.Supercell, SpringModel.ForceSets(springs, displacements)));
    }

    [Fact]
    public void Symmetry_completes_one_displacement_for_each_kind_of_site()
    {
        // Ag sits on 4/mmm: along the axis and across it; S and Br sit on m-3m: any direction.
        ForceConstants springs = new SpringModel().Constants(SupercellOf("Ag3SBr"));
        AtomDisplacement[] displacements =
        [
            new(0, new Vector3D(0.004, 0, 0.008)),
            new(3 * 8, new Vector3D(0.01, 0, 0)),
            new((4 * 8) + 5, new Vector3D(0.003, 0.004, 0.005)),
        ];
        AssertEqual(springs, ForceConstantsFit.Fit(springs.Supercell, SpringModel.ForceSets(springs, displacements)));
    }

    [Fact]
    public void Residual_forces_at_rest_cancel_between_opposite_displacements()
    {
        ForceConstants springs = new SpringModel().Constants(SupercellOf("Triclinic"));
        ImmutableArray<ForceSet> sets = SpringModel.ForceSets(springs, AtomDisplacement.CartesianPairs(springs.Supercell, 0.01));
        ImmutableArray<Vector3D> residual = [.. Enumerable.Range(0, springs.Supercell.Crystal.AtomCount).Select(atom => new Vector3D(0.02 * atom, -0.01, 0.03))];
        ImmutableArray<ForceSet> shifted = [.. sets.Select(set => set with { ForcesCartesian = [.. set.ForcesCartesian.Zip(residual, (force, rest) => force + rest)] })];
        AssertEqual(springs, ForceConstantsFit.Fit(springs.Supercell, shifted));
    }

    [Theory]
    [MemberData(nameof(Supercells))]
    public void Snapshots_with_all_atoms_displaced_give_back_the_springs(string name)
    {
        ForceConstants springs = new SpringModel().Constants(SupercellOf(name));
        AssertEqual(springs, SnapshotFit.Fit(springs.Supercell, Snapshots(springs, name == "Triclinic" ? 20 : 3)).Constants.ToFull());
    }

    [Fact]
    public void Displacements_along_too_few_directions_are_refused_by_name()
    {
        ForceConstants springs = new SpringModel().Constants(SupercellOf("Triclinic"));
        ImmutableArray<AtomDisplacement> all = AtomDisplacement.CartesianPairs(springs.Supercell, 0.01);
        var error = Assert.Throws<InputException>(() => ForceConstantsFit.Fit(springs.Supercell, SpringModel.ForceSets(springs, all[..^2])));
        Assert.Contains("(S)", error.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => ForceConstantsFit.Fit(springs.Supercell, []));
        Assert.Throws<InputException>(() => SnapshotFit.Fit(springs.Supercell, Snapshots(springs, 2)));
    }

    [Theory]
    [MemberData(nameof(Supercells))]
    public void Forces_in_another_atom_order_are_refused_and_noise_is_not(string name)
    {
        ForceConstants springs = new SpringModel().Constants(SupercellOf(name));
        Supercell supercell = springs.Supercell;
        var random = new Philox(3, 0);
        ImmutableArray<ForceSet> sets =
        [
            .. SpringModel.ForceSets(springs, AtomDisplacement.CartesianPairs(supercell, 0.01)).Select(set => set with
            {
                ForcesCartesian = [.. set.ForcesCartesian.Select(force => force + (1e-3 * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal())))],
            }),
        ];
        ForceConsistency.Check("FORCE_SETS", ForceConstantsFit.Fit(supercell, sets), sets.Select(DisplacedSnapshot.Of));

        // Lattice points in the opposite order, as another program might list them; the displaced atom is named rightly.
        int cells = supercell.CellCount;
        int Foreign(int atom) => (atom / cells * cells) + ((atom + 1) % cells);
        ImmutableArray<ForceSet> wrong = [.. sets.Select(set => set with { ForcesCartesian = [.. Enumerable.Range(0, supercell.Crystal.AtomCount).Select(atom => set.ForcesCartesian[Foreign(atom)])] })];
        Assert.Throws<InputException>(() => ForceConsistency.Check("FORCE_SETS", ForceConstantsFit.Fit(supercell, wrong), wrong.Select(DisplacedSnapshot.Of)));
    }

    internal static Supercell SupercellOf(string name) => name switch
    {
        "Ag3SBr" => Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 2),
        "RockSalt" => Supercell.Of(TestCrystals.RockSaltPrimitive, new IntegerMatrix3(new(-1, 1, 1), new(1, -1, 1), new(1, 1, -1))),
        "Triclinic" => Supercell.Of(TestCrystals.Triclinic, new IntegerMatrix3(new(2, 0, 0), new(1, 2, 0), new(0, 0, 1))),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    internal static ImmutableArray<DisplacedSnapshot> Snapshots(ForceConstants springs, int count) =>
    [
        .. Enumerable.Range(0, count).Select(index =>
        {
            var random = new Philox(9, (ulong)index);
            Vector3D[] displacements = [.. Enumerable.Range(0, springs.Supercell.Crystal.AtomCount).Select(_ => 0.05 * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal()))];
            return new DisplacedSnapshot([.. displacements], SpringModel.Forces(springs, displacements));
        }),
    ];

    internal static void AssertEqual(ForceConstants expected, ForceConstants found, double tolerance = Exact)
    {
        Assert.Equal(expected.Order, found.Order);
        for (int index = 0; index < expected.Elements.Length; index++)
        {
            Assert.Equal(expected.Elements[index], found.Elements[index], tolerance);
        }
    }
}
