using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Phonograph.Crystals;
using Phonograph.Labelling.Outside;

namespace Phonograph.Labelling.Vasp;

/// <summary>What has been read of a vasprun.xml so far.</summary>
internal sealed class VasprunDocument(string path, XmlReader xml)
{
    private readonly List<OutsideResult> _results = [];
    private readonly List<string> _symbols = [];
    private string _version = "unknown";
    private int? _largestSteps;
    private bool _isInsideStep;

    internal bool IsVasprun { get; private set; }

    /// <summary>Reads to the end of the file.</summary>
    /// <exception cref="XmlException">The file is cut or broken; what came before is kept.</exception>
    internal void Read()
    {
        xml.MoveToContent();
        IsVasprun = xml is { NodeType: XmlNodeType.Element, Name: "modeling" };
        while (IsVasprun && xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.Name)
            {
                case "generator":
                    ForEach("i", "version", text => _version = text.Trim());
                    break;
                case "atominfo":
                    ReadSymbols();
                    break;
                case "parameters":
                    ForEach("i", "NELM", text => _largestSteps = int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int steps) ? steps : null);
                    break;
                case "calculation":
                    _isInsideStep = true;
                    using (XmlReader step = xml.ReadSubtree())
                    {
                        _results.Add(ReadStep(step));
                    }

                    _isInsideStep = false;
                    break;
            }
        }
    }

    /// <summary>All results; a cut file ends with a failure.</summary>
    /// <param name="cut">Where and how the file ends early; null when it does not.</param>
    internal ImmutableArray<OutsideResult> Results(string? cut)
    {
        if ((cut is not null && _isInsideStep) || _results.Count == 0)
        {
            string why = cut ?? "the file holds no ionic step";
            _results.Add(new OutsideResult(Place(), "vasp", _version, null, new LabelFailure("engine-error", $"{why}: VASP ended before step {_results.Count + 1} was complete.")));
        }

        return [.. _results];
    }

    private string Place() => string.Create(CultureInfo.InvariantCulture, $"{path}, step {_results.Count + 1}");

    private OutsideResult ReadStep(XmlReader reader)
    {
        var step = new VasprunStep(_version, _largestSteps);
        Crystal? crystal = null;
        LabelOutcome outcome;
        try
        {
            step.Read(reader);
            crystal = step.Crystal(Elements());
            outcome = step.Outcome(crystal);
        }
        catch (FormatException error)
        {
            outcome = new LabelFailure("unreadable-output", error.Message);
        }

        return new OutsideResult(Place(), "vasp", _version, crystal ?? WholeCrystal(step), outcome);
    }

    /// <summary>The crystal of a step that could not be read to its end, where it says it before.</summary>
    private Crystal? WholeCrystal(VasprunStep step)
    {
        try
        {
            return step.Crystal(Elements());
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private ImmutableArray<Element> Elements() =>
    [
        .. _symbols.Select(symbol => Element.TryFind(symbol, out Element? element) ? element : throw new FormatException($"the atom list names '{symbol}', which is no element")),
    ];

    /// <summary>Hands over the text of every element of a name within the present one.</summary>
    private void ForEach(string element, string name, Action<string> use)
    {
        using XmlReader part = xml.ReadSubtree();
        while (part.Read())
        {
            if (part.NodeType == XmlNodeType.Element && part.Name == element && part.GetAttribute("name") == name)
            {
                use(part.ReadElementContentAsString());
            }
        }
    }

    /// <summary>The first cell of each row of the array <c>atoms</c>.</summary>
    private void ReadSymbols()
    {
        using XmlReader part = xml.ReadSubtree();
        bool isAtoms = false, isFirst = false;
        while (part.Read())
        {
            if (part.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            isAtoms = part.Name == "array" ? part.GetAttribute("name") == "atoms" : isAtoms;
            if (part.Name == "rc")
            {
                isFirst = true;
            }
            else if (part.Name == "c" && isAtoms && isFirst)
            {
                isFirst = false;
                using XmlReader cell = part.ReadSubtree();
                cell.Read();
                _symbols.Add(cell.ReadElementContentAsString().Trim());
            }
        }
    }
}
