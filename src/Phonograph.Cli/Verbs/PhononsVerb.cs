using System.CommandLine;
using Phonograph.Cli.Verbs.Phonons;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph phonons</c>: displaced supercells, force constants, vibrations and what follows from them.</summary>
internal static class PhononsVerb
{
    internal static Command Create() => new("phonons", "Displace a supercell, turn forces into force constants; vibrations, bands, densities of states, thermal properties.")
    {
        DisplacementsVerb.Create(),
        ConstantsVerb.Create(),
        ModesVerb.Create(),
        GateVerb.Create(),
        FramesVerb.Create(),
        BandsVerb.Create(),
        DensityVerb.Create(),
        ThermalVerb.Create(),
        DisplacementMatricesVerb.Create(),
        AnimationVerb.Create(),
        ExportVerb.Create(),
        EffectiveVerb.Create(),
        EffectiveCardVerb.Create(),
    };
}
