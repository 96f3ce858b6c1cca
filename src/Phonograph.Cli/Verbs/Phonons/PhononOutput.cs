using System.Text.Encodings.Web;
using System.Text.Json;
using Phonograph.Cli.Terminal;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary>Prints what a verb about phonons found, as text or as one JSON document.</summary>
internal static class PhononOutput
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Print(CliRun run, string text, object document)
    {
        run.Progress.Finish();
        Console.Out.WriteLine(run.IsJson ? Json(document) : text);
    }

    /// <summary>A document as indented JSON.</summary>
    internal static string Json(object document) => JsonSerializer.Serialize(document, Indented);
}
