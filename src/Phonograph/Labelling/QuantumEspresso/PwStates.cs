using System.Xml.Linq;
using Phonograph.Units;

namespace Phonograph.Labelling.QuantumEspresso;

/// <summary>Band edges from the eigenvalues (hartree) and occupations (0 to 1) of all k-points.</summary>
internal static class PwStates
{
    private const string Reference = "average electrostatic potential of Quantum ESPRESSO";

    /// <summary>A smeared insulator has traces of this size when its gap is some four times the width.</summary>
    private const double OccupationTolerance = 1e-3;

    /// <summary>Reads the states.</summary>
    /// <exception cref="FormatException">Something is missing or no number, or no state is empty.</exception>
    internal static BandEdges Read(PwResultFile file)
    {
        double highestOccupied = double.NegativeInfinity, lowestEmpty = double.PositiveInfinity;
        bool isPartlyFilled = false;
        int? filled = null;
        int count = (int)file.Number("band_structure", "nks");
        XElement bands = file.Element("band_structure");
        XElement[] points = [.. bands.Elements("ks_energies")];
        if (points.Length == 0 || points.Length != count)
        {
            throw file.Unreadable(bands, $"eigenvalues of {points.Length} k-points", $"those of {count}");
        }

        foreach (XElement point in points)
        {
            double[] eigenvalues = States(file, point, "eigenvalues"), occupations = States(file, point, "occupations");
            if (eigenvalues.Length != occupations.Length)
            {
                throw file.Unreadable(point, $"{eigenvalues.Length} eigenvalues and {occupations.Length} occupations", "as many of both");
            }

            // A band that is filled at one point and empty at another crosses the Fermi level between them.
            int filledHere = occupations.Count(occupation => occupation > 0.5);
            isPartlyFilled |= (filled ??= filledHere) != filledHere;
            for (int state = 0; state < eigenvalues.Length; state++)
            {
                isPartlyFilled |= occupations[state] > OccupationTolerance && occupations[state] < 1 - OccupationTolerance;
                if (occupations[state] > 0.5)
                {
                    highestOccupied = Math.Max(highestOccupied, eigenvalues[state]);
                }
                else
                {
                    lowestEmpty = Math.Min(lowestEmpty, eigenvalues[state]);
                }
            }
        }

        if (!double.IsFinite(highestOccupied) || !double.IsFinite(lowestEmpty))
        {
            throw file.Unreadable(bands, double.IsFinite(highestOccupied) ? "no empty state" : "no occupied state", "both occupied and empty states: give pw.x more bands (nbnd)");
        }

        return new BandEdges(
            highestOccupied * PhysicalConstants.HartreeElectronvolt,
            lowestEmpty * PhysicalConstants.HartreeElectronvolt,
            Reference,
            isPartlyFilled || lowestEmpty <= highestOccupied);
    }

    private static double[] States(PwResultFile file, XElement point, string name)
    {
        XElement states = point.Element(name) ?? throw file.Unreadable(point, $"no {name}", $"<{name}>");
        return int.TryParse(states.Attribute("size")?.Value, out int size) ? file.Numbers(states, size) : throw file.Unreadable(states, "no size", "the number of states");
    }
}
