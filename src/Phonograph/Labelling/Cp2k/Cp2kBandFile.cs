using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Labelling.Cp2k;

/// <summary>Reads the files of CP2K 2023 with eigenvalues at wave vectors (<c>.bs</c>, eV) and with shares of shells (<c>.pdos</c>, hartree).</summary>
internal static class Cp2kBandFile
{
    private const string Shells = "spdfgh";

    /// <summary>Reads eigenvalues.</summary>
    /// <param name="lines">Lines of the file.</param>
    /// <param name="points">Wave vectors that were asked for, in order.</param>
    /// <exception cref="FormatException">Something is missing, or stands for other wave vectors.</exception>
    internal static ElectronicStates Read(string[] lines, ImmutableArray<Vector3D> points)
    {
        var energies = new List<ImmutableArray<double>>();
        int occupied = 0;
        for (int line = 0; line < lines.Length && energies.Count < points.Length; line++)
        {
            string[] header = Cp2kOutput.Cells(lines[line]);
            if (header.Length < 8 || header[0] != "#" || header[1] != "Point")
            {
                continue;
            }

            Vector3D point = new(Number(header[5]), Number(header[6]), Number(header[7])), expected = points[energies.Count];
            if ((point - expected).Length > 1e-6)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{Cp2kBandInput.BandFile} has the wave vector {point} where {expected} was asked for."));
            }

            var levels = ImmutableArray.CreateBuilder<double>();
            int filled = 0;
            for (line += 2; line < lines.Length && lines[line].Length > 0 && lines[line][0] != '#'; line++)
            {
                string[] cells = Cp2kOutput.Cells(lines[line]);
                levels.Add(Number(cells[1]));
                filled += Number(cells[2]) > 1 ? 1 : 0;
            }

            line--;
            occupied = energies.Count == 0 ? filled : occupied;
            energies.Add(levels.ToImmutable());
        }

        int least = energies.Count == points.Length ? energies.Min(levels => levels.Length) : 0;
        return least > occupied && occupied > 0
            ? new ElectronicStates(points, [.. energies.Select(levels => levels[..least])], occupied)
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{Cp2kBandInput.BandFile} has eigenvalues at {energies.Count} of {points.Length} wave vectors, or no empty one."));
    }

    /// <summary>Reads shares of shells, one file for each element.</summary>
    /// <param name="files">Lines of the files.</param>
    /// <exception cref="FormatException">The files do not belong together, or one is cut short.</exception>
    internal static ElectronicStates ReadShares(IReadOnlyList<string[]> files)
    {
        var shells = ImmutableArray.CreateBuilder<ElementShell>();
        double[]? energies = null;
        int occupied = 0;
        var columns = new List<double[]>();
        foreach (string[] lines in files)
        {
            string[] title = Cp2kOutput.Cells(lines[0]);
            int place = Array.IndexOf(title, "kind");
            Element element = place >= 0 && place + 1 < title.Length ? Element.Of(title[place + 1]) : throw new FormatException("A file of shares names no element.");
            double[][] rows = [.. lines.Skip(2).Where(line => line.Trim().Length > 0).Select(line => Cp2kOutput.Cells(line).Select(Number).ToArray())];
            double[] levels = [.. rows.Select(row => row[1] * PhysicalConstants.HartreeElectronvolt)];
            if (rows.Length == 0 || (energies is not null && !energies.AsSpan().SequenceEqual(levels)) || rows.Any(row => row.Length != rows[0].Length || row.Length < 4))
            {
                throw new FormatException("The files of shares hold different states.");
            }

            energies = levels;
            occupied = rows.Count(row => row[2] > 1);
            for (int shell = 0; shell < rows[0].Length - 3; shell++)
            {
                shells.Add(new ElementShell(element, Shells[shell].ToString()));
                columns.Add([.. rows.Select(row => row[3 + shell])]);
            }
        }

        if (energies is null || energies.Length <= occupied)
        {
            throw new FormatException("There are no shares of states, or no empty state.");
        }

        // Shells that no state has a share in are functions the basis lacks.
        int[] kept = [.. Enumerable.Range(0, shells.Count).Where(shell => columns[shell].Any(share => share > 1e-4))];
        return new ElectronicStates([Vector3D.Zero], [[.. energies]], occupied)
        {
            Shells = [.. kept.Select(shell => shells[shell])],
            Shares = [[.. Enumerable.Range(0, energies.Length).Select(state => kept.Select(shell => columns[shell][state]).ToImmutableArray())]],
        };
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
