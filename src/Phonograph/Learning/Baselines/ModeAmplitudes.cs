using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Datasets;
using Phonograph.Files;

namespace Phonograph.Learning.Baselines;

/// <summary>Reads the normal-mode amplitudes that frames carry under the keys of <see cref="ModeProjection"/>.</summary>
public static class ModeAmplitudes
{
    /// <summary>Amplitudes of each cell by its identifier, Å·√amu; null when a cell has none, or when cells name different modes: their amplitudes are then not comparable.</summary>
    /// <exception cref="InputException">An amplitude is no number, or cells of the same modes have different numbers of them.</exception>
    public static ImmutableDictionary<string, ImmutableArray<double>>? Of(IReadOnlyCollection<LabelledConfiguration> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Count == 0 || cells.Any(cell => !cell.Frame.Info.ContainsKey(ModeProjection.AmplitudesKey))
            || cells.Select(cell => cell.Frame.Info.GetValueOrDefault(ModeProjection.ModesKey)).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            return null;
        }

        var amplitudes = ImmutableDictionary.CreateBuilder<string, ImmutableArray<double>>(StringComparer.Ordinal);
        int count = -1;
        foreach (LabelledConfiguration cell in cells)
        {
            ImmutableArray<double> own = [.. cell.Frame.Info[ModeProjection.AmplitudesKey].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => Number(cell, text))];
            count = count < 0 ? own.Length : count;
            amplitudes.Add(cell.Id, own.Length == count && count > 0
                ? own
                : throw InputException.At(cell.File, 0, $"{own.Length} numbers in {ModeProjection.AmplitudesKey} of '{cell.Id}'", $"{count}, as many as the first cell has", "Write the amplitudes again with 'phonograph dataset --amplitudes'."));
        }

        return amplitudes.ToImmutable();
    }

    private static double Number(LabelledConfiguration cell, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw InputException.At(cell.File, 0, $"'{text}' in {ModeProjection.AmplitudesKey} of '{cell.Id}'", "numbers, Å·√amu", "Write the amplitudes again with 'phonograph dataset --amplitudes'.");
}
