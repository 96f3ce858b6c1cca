namespace Phonograph.Reporting;

/// <summary>Style sheet and script of the page, embedded in the program and written into it.</summary>
internal static class PageAsset
{
    internal static string Read(string file)
    {
        using Stream stream = typeof(PageAsset).Assembly.GetManifestResourceStream("Phonograph.Reporting.Page." + file)
            ?? throw new InvalidOperationException($"{file} is not embedded in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
