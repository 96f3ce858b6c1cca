using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Datasets;
using Phonograph.Labelling.TightBinding;
using Phonograph.Learning.Baselines;

namespace Phonograph.Studies;

/// <summary>Limits that follow from the data of a study, in plain sentences.</summary>
internal static class StudyCaveats
{
    public static ImmutableArray<string> Of(Dataset data, ImmutableArray<string> baselines, string? noHamiltonian)
    {
        var caveats = ImmutableArray.CreateBuilder<string>();
        if (data.Engine == TightBindingEngine.EngineName)
        {
            caveats.Add("The labels come from an analytic tight-binding model, not from an electronic-structure program: they test the method and say nothing about a real crystal.");
        }

        if (data.Level.StartsWith("gfn1-xtb", StringComparison.Ordinal))
        {
            caveats.Add("GFN1-xTB is a cheap semi-empirical level. The results compare two ways of choosing training cells at this level; they are no statement about the crystal at a density-functional level.");
        }

        if (data.Configurations.FirstOrDefault(cell => cell.Frame.Info.ContainsKey("soft_modes_touched")) is { } soft && soft.Frame.Info["soft_modes_touched"] != "0")
        {
            caveats.Add(
                $"{soft.Frame.Info["soft_modes_touched"]} vibrations of the reference crystal are imaginary or nearly zero; they were drawn by the rule '{soft.Frame.Info.GetValueOrDefault("soft_mode_policy", "not recorded")}'. "
                + "The phonon-informed cells therefore follow a recipe; they are not an equilibrium ensemble of a stable crystal.");
        }

        int metallic = data.Configurations.Count(cell => cell.IsMetallic);
        if (metallic > 0)
        {
            caveats.Add(string.Create(CultureInfo.InvariantCulture, $"{metallic} labelled cells are metallic (closed gap or fractional occupation). They are kept, flagged and learnt with a gap of zero or the gap stated."));
        }

        caveats.Add("The zero of the valence band maximum is the one stated above. At fixed lattice and level shifts between cells are meaningful; across compounds or levels they are not.");
        caveats.Add("Eigenvalues are taken at the wave vectors of the cell that was computed (Γ of the supercell at the shipped level); a denser mesh or a larger cell changes gaps of displaced cells, and this part of the label noise is not in the intervals.");
        if (!baselines.Contains(BaselineNames.Modes))
        {
            caveats.Add("Cells do not carry amplitudes of one set of normal modes, so that the baselines on normal-mode amplitudes were left out: the networks are not compared with them.");
        }

        if (noHamiltonian is { } reason)
        {
            caveats.Add($"No Hamiltonian could be learnt: {reason}");
        }

        caveats.Add("Training draws come from one pool and overlap; intervals over draws are too narrow for statements about freshly labelled cells.");
        caveats.Add("Errors over all temperatures and widths together depend on how the set was mixed: compare the errors per temperature and width, as mean absolute error over label spread.");
        return caveats.ToImmutable();
    }
}
