using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Testing;

namespace Phonograph.Tests.Crystals;

public class ElementTests
{
    /// <summary>tests/reference/elements/elements.csv: ASE 3.22.1 and pymatgen 2022.11.7.</summary>
    private static readonly string[][] Reference =
    [
        .. File.ReadLines(Repository.PathOf("tests", "reference", "elements", "elements.csv")).Skip(1).Select(line => line.Split(',')),
    ];

    [Fact]
    public void All_elements_from_hydrogen_to_curium_are_there_in_order()
    {
        Assert.Equal(96, Element.All.Length);
        Assert.Equal(Reference.Select(row => row[1]), Element.All.Select(element => element.Symbol));
        Assert.Equal(Enumerable.Range(1, 96), Element.All.Select(element => element.AtomicNumber));
    }

    [Fact]
    public void Masses_equal_those_of_ase() =>
        Assert.All(Rows(), row => Assert.Equal(Number(row.Reference[2]), row.Element.MassAmu, 1e-6));

    [Fact]
    public void Masses_agree_with_pymatgens_older_table_where_there_is_a_stable_isotope() =>
        Assert.All(Rows(), row => Assert.Equal(1, row.Element.MassAmu / Number(row.Reference[3]), row.Element.AtomicNumber < 84 ? 0.001 : 0.01));

    [Fact]
    public void Electronegativities_equal_those_of_pymatgen_and_are_missing_for_the_same_elements() =>
        Assert.All(Rows(), row => Assert.Equal(row.Reference[4].Length == 0 ? null : Number(row.Reference[4]), row.Element.PaulingElectronegativity));

    [Fact]
    public void Covalent_radii_equal_those_of_ase() =>
        Assert.All(Rows(), row => Assert.Equal(Number(row.Reference[5]), row.Element.CovalentRadiusPicometre));

    [Fact]
    public void Symbols_are_written_as_in_print()
    {
        Assert.True(Element.TryFind("Ag", out Element? silver));
        Assert.Equal(47, silver.AtomicNumber);
        Assert.False(Element.TryFind("AG", out _));
        Assert.Throws<KeyNotFoundException>(() => Element.Of("Xx"));
    }

    private static IEnumerable<(Element Element, string[] Reference)> Rows() => Element.All.Zip(Reference);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
