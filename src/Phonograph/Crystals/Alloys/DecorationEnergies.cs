using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals.Formats;
using Phonograph.Files;

namespace Phonograph.Crystals.Alloys;

/// <summary>Energies of the distinct decorations and the temperature at which the alloy was in equilibrium.</summary>
/// <param name="EnergiesElectronvolt">Total energy of each decorated cell, eV, in the order of the set. Only differences within one composition matter.</param>
/// <param name="TemperatureKelvin">Temperature of the Boltzmann weights, K, positive.</param>
public sealed record DecorationEnergies(ImmutableArray<double> EnergiesElectronvolt, double TemperatureKelvin)
{
    private const string EnergyKey = "REF_energy";

    /// <summary>Reads energies from labelled decorations: frames with the keys <c>decoration</c> and <c>REF_energy</c> (eV), every decoration of the set once, in any order.</summary>
    /// <param name="path">Extended XYZ file.</param>
    /// <param name="set">The decorations.</param>
    /// <param name="temperatureKelvin">Temperature of the weights, K.</param>
    /// <exception cref="InputException">A key is missing, a frame is no cell of the set, or a decoration is missing or there twice.</exception>
    public static DecorationEnergies Read(string path, DecorationSet set, double temperatureKelvin)
    {
        ArgumentNullException.ThrowIfNull(set);
        var energies = new double?[set.Decorations.Length];
        int number = 0;
        foreach (ExtendedXyzFrame frame in ExtendedXyz.Read(path))
        {
            number++;
            string where = string.Create(CultureInfo.InvariantCulture, $"{path}, frame {number}");
            string name = frame.Info.GetValueOrDefault(DecorationFrame.DecorationKey) ?? "nothing";
            Decoration decoration = set.Decorations.FirstOrDefault(each => each.Name == name)
                ?? throw new InputException($"{where}: found decoration={name}; expected the name of a decoration of {set.Alloy.Substitution}, such as {set.Decorations[^1].Name}. Label the file that 'phonograph crystal --decorate' writes.");
            if (!set.Cell(decoration).Elements.SequenceEqual(frame.Crystal.Elements))
            {
                throw new InputException($"{where}: found other atoms than those of decoration {name} in this supercell; expected the same elements in the same order. Label the file that 'phonograph crystal --decorate' writes.");
            }

            if (!frame.Info.TryGetValue(EnergyKey, out string? text) || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double energy) || !double.IsFinite(energy))
            {
                throw new InputException($"{where}: found {EnergyKey}={text ?? "nothing"}; expected the total energy of the cell, eV. Label the cells first.");
            }

            if (energies[decoration.Number] is not null)
            {
                throw new InputException($"{where}: found decoration {name} a second time; expected each once. Take one of them out.");
            }

            energies[decoration.Number] = energy;
        }

        return Array.IndexOf(energies, null) is var missing and >= 0
            ? throw new InputException($"{path}: found no energy of decoration {set.Decorations[missing].Name}; expected all {energies.Length} decorations of {set.Alloy.Substitution}. Label the missing ones.")
            : new DecorationEnergies([.. energies.Select(energy => energy!.Value)], temperatureKelvin);
    }
}
