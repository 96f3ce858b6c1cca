using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Crystals;

public class ChemicalFormulaTests
{
    [Fact]
    public void Formulas_count_the_cell_and_divide_by_the_common_divisor()
    {
        Assert.Equal("Ag3SBr", ChemicalFormula.OfCell(TestCrystals.SilverSulphideBromide));
        Assert.Equal("Ag24S8Br8", ChemicalFormula.OfCell(TestCrystals.SilverSulphideBromide40));
        Assert.Equal("Ag3SBr", ChemicalFormula.Reduced(TestCrystals.SilverSulphideBromide40));
    }

    [Fact]
    public void The_same_compound_is_recognised_in_any_order_and_size_of_cell()
    {
        Assert.True(ChemicalFormula.IsSameCompound(TestCrystals.SilverSulphideBromide, TestCrystals.SilverSulphideBromide40));
        Assert.True(ChemicalFormula.IsSameCompound(TestCrystals.Reordered(TestCrystals.SilverSulphideBromide, [4, 3, 0, 2, 1]), TestCrystals.SilverSulphideBromide));
        Assert.False(ChemicalFormula.IsSameCompound(TestCrystals.RockSaltPrimitive, TestCrystals.Triclinic));
        Assert.False(ChemicalFormula.IsSameCompound(TestCrystals.Triclinic, TestCrystals.RockSaltPrimitive));
    }

    [Fact]
    public void The_closest_pair_is_the_silver_sulphur_bond()
    {
        NeighbourPair pair = NeighbourSearch.Closest(TestCrystals.SilverSulphideBromide);
        Assert.Equal(4.793 / 2, pair.Distance, 1e-12);
        Assert.Equal("AgS", TestCrystals.SilverSulphideBromide.Elements[pair.Target].Symbol + TestCrystals.SilverSulphideBromide.Elements[pair.Source].Symbol);
    }

    [Fact]
    public void A_single_atom_is_closest_to_its_own_image_along_the_shortest_vector_of_the_lattice()
    {
        var crystal = new Crystal(new Lattice(new Matrix3x3(new(3, 0, 0), new(3.5, 9, 0), new(0, 0, 20))), [Element.Of("Ag")], [new(0.3, 0.4, 0.5)]);
        Assert.Equal(3, NeighbourSearch.Closest(crystal).Distance, 1e-12);
    }

    [Fact]
    public void The_name_of_a_file_chooses_its_format()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "a.xyz", "a.extxyz.gz", "POSCAR", "b.vasp.gz" })
        {
            CrystalFile.Write(folder.File(name), TestCrystals.SilverSulphideBromide);
            Assert.Equal(TestCrystals.SilverSulphideBromide.Elements, CrystalFile.Read(folder.File(name)).Elements);
        }

        Assert.Throws<InputException>(() => Poscar.Read(folder.File("a.xyz")));
        Assert.Contains("frame 2", Assert.Throws<InputException>(() => CrystalFile.Read(folder.File("a.xyz"), 2)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => CrystalFile.Read(folder.File("POSCAR"), 2));
        Assert.Throws<InputException>(() => CrystalFile.Read(folder.File("a.xyz"), 0));
    }
}
