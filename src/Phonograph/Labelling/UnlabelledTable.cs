using Phonograph.Crystals.Formats;
using Phonograph.Files;

namespace Phonograph.Labelling;

/// <summary>The table of configurations that have no label, which stands beside the labelled ones.</summary>
internal static class UnlabelledTable
{
    /// <summary>Writes the table (CSV).</summary>
    internal static void Write(string path, IEnumerable<UnlabelledConfiguration> configurations) => AtomicFile.WriteText(path, writer =>
    {
        writer.WriteLine("id,scheme,temperature_K,width_A,reason,detail");
        foreach (UnlabelledConfiguration configuration in configurations)
        {
            string Info(string key) => configuration.Frame?.Info.GetValueOrDefault(key) ?? "";
            writer.WriteLine(string.Join(',', new[] { configuration.Id, Info("scheme"), Info("temperature_K"), Info("width_A"), configuration.Why.Reason, configuration.Why.Detail }.Select(Quoted)));
        }
    });

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"" : cell;
}

/// <summary>A configuration without a label.</summary>
/// <param name="Id">Its identifier, or the place of the result where no configuration is known.</param>
/// <param name="Frame">The configuration; null when it is not known.</param>
/// <param name="Why">Why it has none.</param>
internal sealed record UnlabelledConfiguration(string Id, ExtendedXyzFrame? Frame, LabelFailure Why);
