using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Datasets.Divisions;

/// <summary>
/// Labels as shifts from the cell at rest of the same composition: energies and band edges of different compounds have different zeros, their shifts do not. A cell of an alloy is compared with its own decoration.
/// </summary>
public static class ShiftedLabels
{
    /// <summary>Reads labelled cells at rest, which no scheme drew: all frames of all files.</summary>
    /// <exception cref="InputException">A file cannot be read, or a label is missing.</exception>
    public static ImmutableArray<LabelledConfiguration> ReadAtRest(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. paths.SelectMany(path => LabelReader.Read(path, Stratum.Undisplaced))];
    }

    /// <summary>Subtracts from the four labels of each cell those of its cell at rest.</summary>
    /// <param name="cells">Cells.</param>
    /// <param name="atRest">Cells at rest, one for each composition and decoration, of the level of the cells.</param>
    /// <exception cref="InputException">A cell has no cell at rest, or one of another level.</exception>
    public static ImmutableArray<LabelledConfiguration> Of(IEnumerable<LabelledConfiguration> cells, IEnumerable<LabelledConfiguration> atRest)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(atRest);
        Dictionary<string, LabelledConfiguration> known = [];
        foreach (LabelledConfiguration cell in atRest)
        {
            known.TryAdd(Key(cell), cell);
        }

        return [.. cells.Select(cell => Shifted(cell, known.GetValueOrDefault(Key(cell)) ?? throw new InputException(
            $"{cell.File}: the cell '{cell.Id}' ({Key(cell)}) has no labelled cell at rest; there are some of {(known.Count == 0 ? "none" : string.Join(", ", known.Keys.Order(StringComparer.Ordinal)))}. Label the cell at rest too, and give its file.")))];
    }

    private static string Key(LabelledConfiguration cell) =>
        ChemicalFormula.Reduced(cell.Crystal) + (cell.Frame.Info.TryGetValue("decoration", out string? decoration) ? " " + decoration : "");

    private static LabelledConfiguration Shifted(LabelledConfiguration cell, LabelledConfiguration rest) => cell.Engine == rest.Engine && cell.Level == rest.Level
        ? cell with
        {
            EnergyPerAtomElectronvolt = cell.EnergyPerAtomElectronvolt - rest.EnergyPerAtomElectronvolt,
            BandGapElectronvolt = cell.BandGapElectronvolt - rest.BandGapElectronvolt,
            ValenceBandMaximumElectronvolt = cell.ValenceBandMaximumElectronvolt - rest.ValenceBandMaximumElectronvolt,
            HydrostaticStressGigapascal = cell.HydrostaticStressGigapascal - rest.HydrostaticStressGigapascal,
        }
        : throw new InputException($"{rest.File}: labels of {rest.Engine} {rest.Level} at rest; the cells have {cell.Engine} {cell.Level}. Label the cell at rest alike.");
}
