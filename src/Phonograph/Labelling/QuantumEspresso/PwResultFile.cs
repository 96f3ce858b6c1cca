using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.QuantumEspresso;

/// <summary>
/// Access to a <c>data-file-schema.xml</c> (https://www.quantum-espresso.org/Doc/../ns/qes), hartree atomic units throughout. Document types and outside entities are
/// refused. Whatever is missing or no number is a <see cref="FormatException"/> with its place.
/// </summary>
internal sealed class PwResultFile
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly string _name;
    private readonly XElement _output;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">The file is no such XML, or was cut.</exception>
    internal PwResultFile(string path)
    {
        _name = Path.GetFileName(path);
        try
        {
            using var reader = XmlReader.Create(path, Settings);
            XElement root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            _output = root is { Name.LocalName: "espresso" }
                ? root.Element("output") ?? throw new FormatException($"{_name} holds no output: pw.x ended before it had any.")
                : throw new FormatException($"{_name} begins with <{root.Name.LocalName}>, not with <espresso>.");
        }
        catch (XmlException error)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{_name} ends or breaks at line {error.LineNumber}."), error);
        }
    }

    /// <summary>The one element at a path below <c>output</c>.</summary>
    internal XElement Element(params string[] path) => Find(path) ?? throw new FormatException($"{_name} holds no output/{string.Join('/', path)}.");

    /// <summary>The same, null when it is missing.</summary>
    internal XElement? Find(params string[] path) => path.Aggregate((XElement?)_output, (element, name) => element?.Element(name));

    /// <summary>All numbers of an element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="count">How many there must be.</param>
    internal double[] Numbers(XElement element, int count)
    {
        string[] cells = element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        double[] numbers = new double[cells.Length];
        for (int index = 0; index < cells.Length; index++)
        {
            if (!double.TryParse(cells[index], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[index]) || !double.IsFinite(numbers[index]))
            {
                throw Unreadable(element, $"'{cells[index]}' in <{element.Name.LocalName}>", "a number");
            }
        }

        return numbers.Length == count ? numbers : throw Unreadable(element, $"{numbers.Length} numbers in <{element.Name.LocalName}>", $"{count}");
    }

    /// <summary>One number.</summary>
    internal double Number(params string[] path) => Numbers(Element(path), 1)[0];

    /// <summary>Three numbers for each of several rows.</summary>
    internal Vector3D[] Vectors(XElement element, int count)
    {
        double[] numbers = Numbers(element, 3 * count);
        return [.. Enumerable.Range(0, count).Select(row => new Vector3D(numbers[3 * row], numbers[(3 * row) + 1], numbers[(3 * row) + 2]))];
    }

    internal FormatException Unreadable(XElement element, string found, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_name}, line {((IXmlLineInfo)element).LineNumber}: found {found}; expected {expected}."));
}
