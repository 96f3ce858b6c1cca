using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;

namespace Phonograph.Reporting;

/// <summary>Energies per atom that frames of molecular dynamics have.</summary>
/// <param name="Low">The lowest, eV/atom.</param>
/// <param name="High">The highest, eV/atom.</param>
/// <param name="Frames">Number of frames.</param>
internal sealed record MetEnergies(double Low, double High, int Frames)
{
    /// <summary>Those of the frames of a study; null without frames.</summary>
    internal static MetEnergies? Of(StudyView view)
    {
        double[] energies = [.. view.Result.Configurations.Where(row => row.Scheme == TrajectoryPlace.Scheme).Select(row => StudyView.Label(row, Property.EnergyPerAtom)).Where(double.IsFinite)];
        return energies.Length == 0 ? null : new MetEnergies(energies.Min(), energies.Max(), energies.Length);
    }

    /// <summary>True for an energy that lies between them.</summary>
    internal bool Holds(double energy) => energy >= Low && energy <= High;

    /// <summary>How many cells of each scheme have such energies, in a sentence; null without frames.</summary>
    internal static string? Sentence(StudyView view)
    {
        if (Of(view) is not { } met)
        {
            return null;
        }

        (double offset, string suffix) = view.Origin(Property.EnergyPerAtom);
        string[] schemes = [.. view.Schemes.Where(scheme => scheme != TrajectoryPlace.Scheme)];
        IEnumerable<string> counts = schemes.Select(scheme =>
        {
            ConfigurationRow[] own = [.. view.Result.Configurations.Where(row => row.Scheme == scheme)];
            return $"{own.Count(row => met.Holds(StudyView.Label(row, Property.EnergyPerAtom)))} of {own.Length} {scheme} cells";
        });
        return $"The {met.Frames} frames of molecular dynamics have energies of {Numbers.Significant(met.Low - offset)} to {Numbers.Significant(met.High - offset)} eV per atom{(suffix.Length > 0 ? " from the undisplaced cell" : "")}; "
            + $"in that range lie {string.Join(", ", counts)}. What lies outside, these frames have not met.";
    }
}
