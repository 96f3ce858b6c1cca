using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Labelling.TightBinding;
using Phonograph.Phonons;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.TightBinding;

public sealed class TightBindingPhononTests
{
    [Fact]
    public void The_cubic_crystal_is_stable_in_the_model()
    {
        var supercell = Supercell.Of(TightBindingCrystals.SilverSulfideBromide, 2, 2, 2);
        var model = new TightBindingModel(TightBindingParameters.Default);
        ImmutableArray<ForceSet> forces =
        [
            .. AtomDisplacement.CartesianPairs(supercell, 0.005).Select(displacement =>
                new ForceSet(displacement, model.Solve(displacement.Apply(supercell.Crystal), KPointMesh.Gamma).Label.Forces)),
        ];
        ForceConstants constants = ForceConstantsFit.Fit(supercell, forces);

        // Analytic forces of a periodic cell: translations cost nothing but for the third order of the displacement.
        Assert.InRange(constants.AcousticSumRuleViolation(), 0, 1e-4);
        var modes = PhononModes.Of(constants.Symmetrised());
        Assert.Equal(0, modes.ImaginaryCount);

        // From the second implementation, with the same displacements.
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "reference", "slater-koster", "reference.json")));
        JsonElement expected = reference.RootElement.GetProperty("modes_of_cubic_Ag3SBr");
        Assert.Equal(expected.GetProperty("lowest_THz").GetDouble(), modes.FrequenciesTerahertz[0], 1e-4);
        Assert.Equal(expected.GetProperty("highest_THz").GetDouble(), modes.FrequenciesTerahertz[^1], 1e-4);
    }
}
