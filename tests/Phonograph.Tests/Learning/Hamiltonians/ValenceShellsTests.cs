using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Learning.Hamiltonians;

namespace Phonograph.Tests.Learning.Hamiltonians;

public sealed class ValenceShellsTests
{
    [Theory]
    [InlineData("H", "s", 1)]
    [InlineData("Na", "sp", 1)]
    [InlineData("Ca", "sp", 2)]
    [InlineData("Ti", "spd", 4)]
    [InlineData("Cu", "spd", 11)]
    [InlineData("Ag", "spd", 11)]
    [InlineData("Zn", "spd", 12)]
    [InlineData("Hf", "spd", 4)]
    [InlineData("Au", "spd", 11)]
    [InlineData("C", "sp", 4)]
    [InlineData("Ga", "sp", 3)]
    [InlineData("S", "sp", 6)]
    [InlineData("Br", "sp", 7)]
    [InlineData("Pb", "sp", 4)]
    public void An_element_brings_the_valence_of_its_group(string symbol, string shells, int electrons)
    {
        var valence = ValenceShells.Of(Element.Of(symbol), OrbitalChoice.Full);
        Assert.Equal(shells, string.Concat(valence.AngularMomenta.Select(l => "spd"[l])));
        Assert.Equal(electrons, valence.Electrons);
    }

    [Fact]
    public void Fewer_orbitals_leave_out_filled_shells_with_their_electrons_and_empty_ones_without()
    {
        var silver = ValenceShells.Of(Element.Of("Ag"), OrbitalChoice.Frontier);
        var sulphur = ValenceShells.Of(Element.Of("S"), OrbitalChoice.Frontier);
        Assert.Equal((6, 11), (silver.OrbitalCount, silver.Electrons));
        Assert.Equal((3, 4), (sulphur.OrbitalCount, sulphur.Electrons));
    }

    [Theory]
    [InlineData("La")]
    [InlineData("Gd")]
    [InlineData("U")]
    [InlineData("He")]
    public void Elements_without_an_s_p_d_valence_are_refused_by_name(string symbol) =>
        Assert.Contains(Element.Of(symbol).Name, Assert.Throws<InputException>(() => ValenceShells.Of(Element.Of(symbol), OrbitalChoice.Full)).Message, StringComparison.Ordinal);
}
