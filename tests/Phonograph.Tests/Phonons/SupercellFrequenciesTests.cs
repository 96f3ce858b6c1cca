using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Phonons;
using Phonograph.Testing;
using Phonograph.Tests.Crystals.Symmetry;

namespace Phonograph.Tests.Phonons;

public sealed class SupercellFrequenciesTests
{
    [Theory]
    [InlineData("P1", 0.2)]
    [InlineData("rutile SnO2", 0.2)]
    [InlineData("quartz SiO2", -0.3)]
    [InlineData("iron, body-centred cell", 0.2)]
    [InlineData("NaCl, primitive cell, low-symmetry supercell", -0.3)]
    [InlineData("Ag3SBr", 0.2)]
    public void They_are_those_of_the_whole_supercell(string name, double transverse)
    {
        Crystal crystal = SpglibReference.Of(name).Crystal;
        foreach (IntegerMatrix3 matrix in new[] { IntegerMatrix3.Identity, IntegerMatrix3.Diagonal(2, 1, 3), new(new(1, 1, 0), new(-1, 1, 0), new(0, 1, 1)) })
        {
            ForceConstants springs = new SpringModel(4, transverse).Constants(Supercell.Of(crystal, matrix));
            ImmutableArray<double> expected = PhononModes.Of(springs).FrequenciesTerahertz, found = SupercellFrequencies.Terahertz(springs);
            Assert.Equal(expected.Length, found.Length);
            Assert.All(Enumerable.Range(0, expected.Length), mode => Assert.Equal(Math.Abs(expected[mode]) * expected[mode], Math.Abs(found[mode]) * found[mode], 1e-8));
        }
    }
}
