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

    private const string Title = "EIGENVALUES AND OCCUPATION NUMBERS";

    /// <summary>Reads the states of the converged run.</summary>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="pointCount">Number of k-points; null where a template fixes them.</param>
    /// <exception cref="FormatException">A state is missing or is no number, or no state is empty.</exception>
    internal static BandEdges Read(string file, string[] lines, int? pointCount = 1)
    {
        // A seeded run first prints the states it starts from: the last block counts, with k-points the last that begins with the first of them.
        int header = Array.FindLastIndex(lines, line => line.Contains(Title, StringComparison.Ordinal) && (line.TrimEnd().EndsWith(" K POINT 1", StringComparison.Ordinal) || !line.Contains(" K POINT ", StringComparison.Ordinal)));
        if (header < 0)
        {
            throw new FormatException($"{file} holds no eigenvalues.");
        }

        var edges = new Edges();
        int points = 0;
        while (header >= 0)
        {
            header = ReadBlock(file, lines, header + 1, edges);
            edges.EndPoint();
            header = Array.FindIndex(lines, header, line => line.Contains(Title, StringComparison.Ordinal));
            points++;
        }

        return pointCount is null || points == pointCount
            ? edges.Of(file)
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{file} holds the eigenvalues of {points} k-points, not of {pointCount}."));
    }

    /// <summary>Takes in the states of one k-point; the line of their sum.</summary>
    private static int ReadBlock(string file, string[] lines, int first, Edges edges)
    {
        double electrons = 0;
        int count = 0;
        for (int line = first; line < lines.Length; line++)
        {
            string[] cells = Cp2kOutput.Cells(lines[line]);
            if (cells.Length >= 3 && cells[0] == "MO|" && cells[1] == "Sum:")
            {
                CheckSum(file, line, cells[2], electrons);
                return line;
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
            edges.Take(eigenvalue, occupation);
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

    /// <summary>Edges of the states taken in so far, hartree.</summary>
    private sealed class Edges
    {
        private double _highestOccupied = double.NegativeInfinity, _lowestEmpty = double.PositiveInfinity;
        private bool _isPartlyFilled;
        private int _filledHere;
        private int? _filled;

        internal void Take(double eigenvalue, double occupation)
        {
            _isPartlyFilled |= occupation > OccupationTolerance && occupation < 2 - OccupationTolerance;
            if (occupation > 1)
            {
                _filledHere++;
                _highestOccupied = Math.Max(_highestOccupied, eigenvalue);
            }
            else
            {
                _lowestEmpty = Math.Min(_lowestEmpty, eigenvalue);
            }
        }

        /// <summary>A band that is filled at one k-point and empty at another crosses the Fermi level between them.</summary>
        internal void EndPoint()
        {
            _isPartlyFilled |= (_filled ??= _filledHere) != _filledHere;
            _filledHere = 0;
        }

        internal BandEdges Of(string file) => double.IsFinite(_highestOccupied) && double.IsFinite(_lowestEmpty)
            ? new BandEdges(
                _highestOccupied * PhysicalConstants.HartreeElectronvolt,
                _lowestEmpty * PhysicalConstants.HartreeElectronvolt,
                Reference,
                _isPartlyFilled || _lowestEmpty - _highestOccupied <= TouchingHartree)
            : throw new FormatException($"{file} holds no {(double.IsFinite(_highestOccupied) ? "empty" : "occupied")} state.");
    }
}
