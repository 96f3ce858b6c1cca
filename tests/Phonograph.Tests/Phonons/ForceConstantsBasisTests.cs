using Phonograph.Crystals;
using Phonograph.Phonons;
using Phonograph.Tests.Crystals.Symmetry;

namespace Phonograph.Tests.Phonons;

public sealed class ForceConstantsBasisTests
{
    public static TheoryData<string> Crystals => [.. SymmetrySamples.Small];

    [Fact]
    public void The_cubic_antiperovskite_in_forty_atoms_has_45_parameters() =>
        Assert.Equal(45, ForceConstantsBasis.Of(SupercellSymmetry.Of(ForceConstantsFitTests.SupercellOf("Ag3SBr"))).Count);

    [Theory]
    [MemberData(nameof(Crystals))]
    public void It_has_as_many_vectors_as_the_projection_has_dimensions(string name)
    {
        Supercell supercell = SymmetrySamples.SupercellOf(name);
        var symmetry = SupercellSymmetry.Of(supercell);
        double trace = 0;
        var unit = new double[9 * supercell.Crystal.AtomCount * supercell.Crystal.AtomCount];
        for (int index = 0; index < unit.Length; index++)
        {
            unit[index] = 1;
            trace += SymmetryProjection.Apply(new ForceConstants(supercell, unit), symmetry).Elements[index];
            unit[index] = 0;
        }

        Assert.Equal(trace, ForceConstantsBasis.Of(symmetry).Count, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Crystals))]
    public void Its_vectors_are_orthonormal_and_obey_every_symmetry(string name)
    {
        var symmetry = SupercellSymmetry.Of(SymmetrySamples.SupercellOf(name));
        var basis = ForceConstantsBasis.Of(symmetry);
        ForceConstants[] vectors = [.. Enumerable.Range(0, basis.Count).Select(index => basis.Constants(Unit(basis.Count, index)).ToFull())];
        for (int first = 0; first < vectors.Length; first++)
        {
            ForceConstantsFitTests.AssertEqual(vectors[first], SymmetryProjection.Apply(vectors[first], symmetry), 1e-12);
            for (int second = 0; second <= first; second++)
            {
                double product = 0;
                for (int index = 0; index < vectors[first].Elements.Length; index++)
                {
                    product += vectors[first].Elements[index] * vectors[second].Elements[index];
                }

                Assert.Equal(first == second ? 1 : 0, product, 1e-11);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Crystals))]
    public void Coefficients_and_back_is_the_projection(string name)
    {
        ForceConstants random = SymmetrySamples.Random(SymmetrySamples.SupercellOf(name), 8);
        var symmetry = SupercellSymmetry.Of(random.Supercell);
        var basis = ForceConstantsBasis.Of(symmetry);
        double[] coefficients = basis.Coefficients(CompactForceConstants.Of(random, symmetry));
        CompactForceConstants projected = basis.Constants(coefficients);
        ForceConstantsFitTests.AssertEqual(SymmetryProjection.Apply(random, symmetry), projected.ToFull(), 1e-11);
        Assert.All(coefficients.Zip(basis.Coefficients(projected)), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
    }

    [Fact]
    public void The_number_of_vectors_does_not_depend_on_the_cell_that_describes_the_supercell()
    {
        // The same 36 atoms of wurtzite: three conventional cells, and a skewed cell of the same translations.
        Crystal crystal = SpglibReference.Of("wurtzite ZnS").Crystal;
        var first = Supercell.Of(crystal, 3, 3, 1);
        var second = Supercell.Of(crystal, new IntegerMatrix3(new(3, 3, 0), new(0, 3, 0), new(3, 0, 1)));
        Assert.Equal(ForceConstantsBasis.Of(SupercellSymmetry.Of(first)).Count, ForceConstantsBasis.Of(SupercellSymmetry.Of(Supercell.Of(second.Crystal, 1, 1, 1))).Count);
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        var basis = ForceConstantsBasis.Of(SupercellSymmetry.Of(SymmetrySamples.SupercellOf("Pm")));
        Assert.Throws<ArgumentException>(() => basis.Constants(new double[basis.Count + 1]));
        ForceConstants other = SymmetrySamples.Random(SymmetrySamples.SupercellOf("FeSi"), 1);
        Assert.Throws<ArgumentException>(() => basis.Coefficients(CompactForceConstants.Of(other, SupercellSymmetry.Of(other.Supercell))));
    }

    private static double[] Unit(int count, int index)
    {
        var unit = new double[count];
        unit[index] = 1;
        return unit;
    }
}
