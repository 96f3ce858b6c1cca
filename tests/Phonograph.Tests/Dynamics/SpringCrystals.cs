using Phonograph.Crystals;
using Phonograph.Phonons;
using Phonograph.Testing;

namespace Phonograph.Tests.Dynamics;

/// <summary>Small crystals of springs that move.</summary>
internal static class SpringCrystals
{
    /// <summary>Rock salt, eight atoms, slowest vibration near 3 THz.</summary>
    internal static ForceConstants RockSalt { get; } = new SpringModel(cutoffAngstrom: 4.2, transverseShare: 0.3).Constants(Supercell.Of(TestCrystals.RockSaltPrimitive, 2, 2, 1));

    internal static Crystal Reference => RockSalt.Supercell.Crystal;
}
