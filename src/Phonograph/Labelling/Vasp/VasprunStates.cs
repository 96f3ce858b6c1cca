using System.Globalization;
using System.Xml;

namespace Phonograph.Labelling.Vasp;

/// <summary>Band edges from the eigenvalues (eV) and occupations of a vasprun.xml, over all spins and k-points.</summary>
internal sealed class VasprunStates
{
    private const string Reference = "average electrostatic potential of VASP";

    /// <summary>Occupations are printed with four decimals; a smeared insulator has traces of this size.</summary>
    private const double OccupationTolerance = 1e-3;

    private double _highestOccupied = double.NegativeInfinity, _lowestEmpty = double.PositiveInfinity;
    private bool _isFractional;

    /// <summary>Reads the element <c>eigenvalues</c>.</summary>
    /// <exception cref="FormatException">A row does not hold an eigenvalue and an occupation.</exception>
    internal void Read(XmlReader reader)
    {
        reader.Read();
        while (reader.Read())
        {
            while (reader is { NodeType: XmlNodeType.Element, Name: "r" })
            {
                Take(reader, reader.ReadElementContentAsString());
            }
        }
    }

    /// <summary>The edges of all states read.</summary>
    /// <exception cref="FormatException">There are no occupied or no empty states.</exception>
    internal BandEdges Edges()
    {
        if (!double.IsFinite(_highestOccupied))
        {
            throw new FormatException("no eigenvalues at this step");
        }

        return double.IsFinite(_lowestEmpty)
            ? new BandEdges(_highestOccupied, _lowestEmpty, Reference, _isFractional || _lowestEmpty <= _highestOccupied)
            : throw new FormatException("no empty state: give VASP more bands (NBANDS)");
    }

    private void Take(XmlReader reader, string row)
    {
        string[] cells = row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length != 2)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {((IXmlLineInfo)reader).LineNumber}: found '{row.Trim()}'; expected an eigenvalue and an occupation"));
        }

        double eigenvalue = VasprunStep.Number(reader, cells[0]), occupation = VasprunStep.Number(reader, cells[1]);
        _isFractional |= occupation > OccupationTolerance && occupation < 1 - OccupationTolerance;
        if (occupation > 0.5)
        {
            _highestOccupied = Math.Max(_highestOccupied, eigenvalue);
        }
        else
        {
            _lowestEmpty = Math.Min(_lowestEmpty, eigenvalue);
        }
    }
}
