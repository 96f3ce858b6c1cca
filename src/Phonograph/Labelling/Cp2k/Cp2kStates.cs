using System.Globalization;
using Phonograph.Units;

namespace Phonograph.Labelling.Cp2k;

/// <summary>Band edges from the eigenvalues (hartree) and occupations that CP2K 2023 prints as <c>MO|</c> lines.</summary>
internal static class Cp2kStates
{
    private const string Reference = "average electrostatic potential";

    /// <summary>Fractions of an electron pair below this are rounding.</summary>
    private const double OccupationTolerance = 1e-6;

    /// <summary>
    /// Edges closer than this, hartree, touch: equal levels of which only some are filled differ by rounding and by what is left of the error of
    /// self-consistency, which the levels stop at 1e-6 or 1e-5.
    /// </summary>
    private const double TouchingHartree = 1e-6;

    /// <summary>Reads the states of the converged run.</summary>
    /// <exception cref="FormatException">A state is missing or is no number, or no state is empty.</exception>
    internal static BandEdges Read(string file, string[] lines)
    {
        // A seeded run first prints the states it starts from: the last block counts.
        int header = Array.FindLastIndex(lines, line => line.Contains("EIGENVALUES AND OCCUPATION NUMBERS", StringComparison.Ordinal));
        if (header < 0)
        {
            throw new FormatException($"{file} holds no eigenvalues.");
        }

        double highestOccupied = double.NegativeInfinity, lowestEmpty = double.PositiveInfinity, electrons = 0;
        bool isFractional = false;
        int count = 0;
        for (int line = header + 1; line < lines.Length; line++)
        {
            string[] cells = Cp2kOutput.Cells(lines[line]);
            if (cells.Length >= 3 && cells[0] == "MO|" && cells[1] == "Sum:")
            {
                CheckSum(file, line, cells[2], electrons);
                return Edges(file, highestOccupied, lowestEmpty, isFractional);
            }

            if (cells.Length < 2 || cells[0] != "MO|" || !int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            {
                continue;
            }

            if (index != ++count || cells.Length != 5 || !Cp2kOutput.TryNumber(cells[2], out double eigenvalue) || !Cp2kOutput.TryNumber(cells[4], out double occupation))
            {
                throw Cp2kOutput.Unreadable(file, line, lines[line], $"state {count} with its eigenvalue and occupation");
            }

            electrons += occupation;
            isFractional |= occupation > OccupationTolerance && occupation < 2 - OccupationTolerance;
            if (occupation > 1)
            {
                highestOccupied = Math.Max(highestOccupied, eigenvalue);
            }
            else
            {
                lowestEmpty = Math.Min(lowestEmpty, eigenvalue);
            }
        }

        throw new FormatException($"{file} ends after state {count}, without the line 'MO| Sum:'.");
    }

    private static void CheckSum(string file, int line, string text, double electrons)
    {
        if (!Cp2kOutput.TryNumber(text, out double sum) || Math.Abs(sum - electrons) > OccupationTolerance)
        {
            throw Cp2kOutput.Unreadable(file, line, text, string.Create(CultureInfo.InvariantCulture, $"{electrons} electrons, the sum of the occupations above"));
        }
    }

    private static BandEdges Edges(string file, double highestOccupied, double lowestEmpty, bool isFractional)
    {
        if (!double.IsFinite(highestOccupied) || !double.IsFinite(lowestEmpty))
        {
            throw new FormatException($"{file} holds no {(double.IsFinite(highestOccupied) ? "empty" : "occupied")} state.");
        }

        return new BandEdges(
            highestOccupied * PhysicalConstants.HartreeElectronvolt,
            lowestEmpty * PhysicalConstants.HartreeElectronvolt,
            Reference,
            isFractional || lowestEmpty - highestOccupied <= TouchingHartree);
    }
}
