using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Labelling.Vasp;

/// <summary>
/// One ionic step of a vasprun.xml: lengths in Å, energies in eV, forces in eV/Å, stress in kbar, positive when the cell wants to expand, so that its sign is turned here.
/// </summary>
/// <param name="version">Version of VASP, which decides where the energy stands.</param>
/// <param name="largestSteps">NELM, the largest number of electronic steps; null when the file does not say it.</param>
internal sealed class VasprunStep(string version, int? largestSteps)
{
    private const double KilobarGigapascal = 0.1;

    private readonly Dictionary<string, ImmutableArray<Vector3D>> _vectors = [];
    private readonly Dictionary<string, double> _energies = [];
    private readonly VasprunStates _states = new();
    private int _electronicSteps;

    /// <summary>Reads the step to its end.</summary>
    /// <exception cref="FormatException">A number is none, for example because it did not fit its columns (<c>****</c>).</exception>
    internal void Read(XmlReader reader)
    {
        reader.Read();
        while (reader.Read())
        {
            // What a reader has taken in leaves it at the next element, which must not be passed over.
            while (reader.NodeType == XmlNodeType.Element && Take(reader))
            {
            }
        }
    }

    /// <summary>The crystal of this step.</summary>
    /// <param name="elements">Element of each atom.</param>
    /// <exception cref="FormatException">The step does not hold a whole crystal.</exception>
    internal Crystal Crystal(ImmutableArray<Element> elements)
    {
        ImmutableArray<Vector3D> positions = Vectors("positions", elements.Length, "atoms");
        return new Crystal(new Lattice(Matrix("basis")), elements, positions);
    }

    /// <summary>The label of this step, or why it has none.</summary>
    /// <exception cref="FormatException">Something is missing.</exception>
    internal LabelOutcome Outcome(Crystal crystal)
    {
        if (largestSteps is { } most && _electronicSteps >= most)
        {
            return new LabelFailure("not-converged", string.Create(CultureInfo.InvariantCulture, $"{_electronicSteps} electronic steps, all that NELM = {most} allows."));
        }

        if (!_vectors.ContainsKey("stress"))
        {
            throw new FormatException("no stress: run VASP with ISIF = 2 or more");
        }

        Matrix3x3 pressure = Matrix("stress");
        return new Label(
            Energy(),
            Vectors("forces", crystal.AtomCount, "atoms"),
            -KilobarGigapascal / PhysicalConstants.ElectronvoltPerCubicAngstromGigapascal * pressure,
            _states.Edges(),
            crystal.Lattice.Volume);
    }

    internal static double Number(XmlReader reader, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {((IXmlLineInfo)reader).LineNumber}: found '{text.Trim()}'; expected a number"));

    /// <summary>Takes in the present element; true when that left the reader at the element after it.</summary>
    private bool Take(XmlReader reader)
    {
        switch (reader.Name)
        {
            case "calculation" or "structure" or "crystal" or "energy":
                return false;
            case "varray":
                ReadVectors(reader);
                return false;
            case "eigenvalues":
                using (XmlReader part = reader.ReadSubtree())
                {
                    _states.Read(part);
                }

                return false;
            case "i" when reader.GetAttribute("name") is "e_wo_entrp" or "e_0_energy":
                string name = reader.GetAttribute("name")!;
                _energies[name] = Number(reader, reader.ReadElementContentAsString());
                return true;
            case "scstep":
                _electronicSteps++;
                reader.Skip();
                return true;
            default:
                reader.Skip();
                return true;
        }
    }

    private void ReadVectors(XmlReader reader)
    {
        string name = reader.GetAttribute("name") ?? "";
        var vectors = ImmutableArray.CreateBuilder<Vector3D>();
        using XmlReader part = reader.ReadSubtree();
        part.Read();
        while (part.Read())
        {
            while (part is { NodeType: XmlNodeType.Element, Name: "v" })
            {
                string[] cells = part.ReadElementContentAsString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (cells.Length != 3)
                {
                    throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"line {((IXmlLineInfo)part).LineNumber}: {cells.Length} numbers in a vector of '{name}'; expected three"));
                }

                vectors.Add(new Vector3D(Number(part, cells[0]), Number(part, cells[1]), Number(part, cells[2])));
            }
        }

        _vectors[name] = vectors.ToImmutable();
    }

    /// <summary>Energy for vanishing smearing, eV. VASP 5 writes it under the name of another one at the end of a step.</summary>
    private double Energy()
    {
        bool isOld = int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) && major < 6;
        string name = isOld ? "e_wo_entrp" : "e_0_energy";
        return _energies.TryGetValue(name, out double energy) ? energy : throw new FormatException($"no energy '{name}' at the end of the step");
    }

    private Matrix3x3 Matrix(string name)
    {
        ImmutableArray<Vector3D> rows = Vectors(name, 3, "rows");
        return new Matrix3x3(rows[0], rows[1], rows[2]);
    }

    private ImmutableArray<Vector3D> Vectors(string name, int count, string what) => !_vectors.TryGetValue(name, out ImmutableArray<Vector3D> found) || found.Length != count
        ? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{(found.IsDefault ? 0 : found.Length)} vectors of '{name}' for {count} {what}"))
        : found;
}
