using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Phonograph.Files;
using Phonograph.Labelling.Outside;

namespace Phonograph.Labelling.Vasp;

/// <summary>
/// Reads the results in a vasprun.xml of VASP 5 or 6 (https://www.vasp.at/wiki/index.php/Vasprun.xml), one for each ionic step. The file may have been cut by a kill: what is
/// complete counts, the rest is a failure with its reason. XML without document types or outside entities.
/// </summary>
public static class VasprunFile
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; <c>.gz</c> and <c>.xz</c> are decompressed.</param>
    /// <returns>The results of all ionic steps in their order; a step that was cut is the last one.</returns>
    /// <exception cref="InputException">The file cannot be read, or is no vasprun.xml.</exception>
    public static ImmutableArray<OutsideResult> Read(string path)
    {
        using StreamReader text = AtomicFile.OpenText(path);
        using var xml = XmlReader.Create(text, Settings);
        var document = new VasprunDocument(path, xml);
        string? cut = null;
        try
        {
            document.Read();
        }
        catch (XmlException error)
        {
            cut = string.Create(CultureInfo.InvariantCulture, $"the file ends or breaks at line {error.LineNumber}");
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            cut = "its compressed data end early";
        }

        if (!document.IsVasprun)
        {
            throw InputException.At(path, 0, cut is null ? "another kind of XML" : "no XML, or its beginning only", "a vasprun.xml, which begins with <modeling>", "Give the vasprun.xml of the run.");
        }

        return document.Results(cut);
    }
}
