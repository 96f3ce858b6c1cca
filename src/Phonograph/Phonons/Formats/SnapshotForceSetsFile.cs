using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Formats;

/// <summary>
/// phonopy's FORCE_SETS file of type 2, the same as ALM's DFSET: for every atom of every snapshot its displacement (Cartesian, Å) and its force (Cartesian, eV/Å) on
/// one line. The file holds no counts; the supercell says where a snapshot ends. Atoms in phonopy's supercell order.
/// </summary>
public static class SnapshotForceSetsFile
{
    /// <summary>True when the first line with content holds six columns, as in files of type 2.</summary>
    public static bool Matches(string path)
    {
        using var lines = NumberedLines.Open(path);
        return ForceSetsFile.NextTokens(lines) is { Length: 6 };
    }

    /// <summary>Reads the snapshots of a supercell.</summary>
    /// <param name="path">File; a name ending in <c>.gz</c> is decompressed.</param>
    /// <param name="supercell">The supercell the file belongs to; the file itself does not say.</param>
    /// <param name="fileOrder">For each atom of the file its index in the supercell (<see cref="SupercellMatching"/>); phonopy's order when left out.</param>
    /// <exception cref="InputException">The file is missing, cut short, wrong, or the number of lines is no multiple of the atoms.</exception>
    public static ImmutableArray<DisplacedSnapshot> Read(string path, Supercell supercell, ImmutableArray<int> fileOrder = default)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        using var lines = NumberedLines.Open(path);
        ImmutableArray<int> toOwn = fileOrder.IsDefault ? PhonopySupercellOrder.ToOwn(supercell) : fileOrder;
        var snapshots = ImmutableArray.CreateBuilder<DisplacedSnapshot>();
        var displacements = new Vector3D[toOwn.Length];
        var forces = new Vector3D[toOwn.Length];
        int atom = 0;
        while (ForceSetsFile.NextTokens(lines) is { } tokens)
        {
            if (tokens.Length != 6)
            {
                throw lines.Wrong(NumberedLines.Quoted(string.Join(' ', tokens)), "six numbers: displacement (Å) and force (eV/Å) of an atom", "The file is damaged or not of type 2; write it again.");
            }

            double[] numbers = [.. tokens.Select(token => lines.Real(token, "displacement, Å, or force, eV/Å"))];
            displacements[toOwn[atom]] = new Vector3D(numbers[0], numbers[1], numbers[2]);
            forces[toOwn[atom]] = new Vector3D(numbers[3], numbers[4], numbers[5]);
            atom = (atom + 1) % toOwn.Length;
            if (atom == 0)
            {
                snapshots.Add(new DisplacedSnapshot([.. displacements], [.. forces]));
            }
        }

        return atom == 0 && snapshots.Count > 0
            ? snapshots.ToImmutable()
            : throw InputException.At(path, lines.Number, $"the end of the file after {atom} atoms of snapshot {snapshots.Count + 1}", $"{toOwn.Length} atoms in each", "The file is cut short or belongs to another supercell.");
    }

    /// <summary>Writes snapshots in phonopy's order and layout: displacements with 16 decimals, forces with 10.</summary>
    public static void Write(string path, Supercell supercell, IReadOnlyCollection<DisplacedSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        ArgumentNullException.ThrowIfNull(snapshots);
        ImmutableArray<int> toOwn = PhonopySupercellOrder.ToOwn(supercell);
        AtomicFile.WriteText(path, writer =>
        {
            foreach (DisplacedSnapshot snapshot in snapshots)
            {
                foreach (int own in toOwn)
                {
                    Vector3D u = snapshot.DisplacementsCartesian[own], f = snapshot.ForcesCartesian[own];
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{u.X,20:F16} {u.Y,20:F16} {u.Z,20:F16} {f.X,15:F10} {f.Y,15:F10} {f.Z,15:F10}"));
                }
            }
        });
    }
}
