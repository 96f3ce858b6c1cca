using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Formats;

/// <summary>
/// phonopy's FORCE_SETS file of type 1 (one displaced atom per set): the number of supercell atoms, the number of sets, then for each set the
/// displaced atom (from 1), its displacement (Cartesian, Å) and the force on every atom (Cartesian, eV/Å). Atoms in phonopy's supercell order; empty lines and
/// what follows a # are skipped.
/// </summary>
public static class ForceSetsFile
{
    private const string Advice = "Give the FORCE_SETS file of this supercell, or the supercell of this file.";

    /// <summary>Reads the force sets of a supercell.</summary>
    /// <param name="path">File; a name ending in <c>.gz</c> is decompressed.</param>
    /// <param name="supercell">The supercell the file belongs to; the file itself does not say.</param>
    /// <param name="fileOrder">For each atom of the file its index in the supercell (<see cref="SupercellMatching"/>); phonopy's order when left out.</param>
    /// <exception cref="InputException">The file is missing, cut short, wrong, of type 2, or belongs to another supercell.</exception>
    public static ImmutableArray<ForceSet> Read(string path, Supercell supercell, ImmutableArray<int> fileOrder = default)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        using var lines = NumberedLines.Open(path);
        ImmutableArray<int> toOwn = fileOrder.IsDefault ? PhonopySupercellOrder.ToOwn(supercell) : fileOrder;
        int atoms = Count(lines, "the number of atoms in the supercell");
        if (atoms != toOwn.Length)
        {
            throw lines.Wrong($"{atoms} atoms", $"{toOwn.Length}, the atoms of the supercell", Advice);
        }

        int count = Count(lines, "the number of displacements");
        var sets = ImmutableArray.CreateBuilder<ForceSet>();
        for (int set = 1; set <= count; set++)
        {
            int atom = Count(lines, $"the displaced atom of set {set} of {count}");
            if (atom > atoms)
            {
                throw lines.Wrong($"displaced atom {atom}", $"a number from 1 to {atoms}", Advice);
            }

            Vector3D displacement = Vector(lines, $"the displacement of set {set} of {count}, Å");
            if (displacement.LengthSquared == 0)
            {
                throw lines.Wrong("a displacement of length zero", "a displacement in Å", "Take the set out and correct the count in the second entry of the file.");
            }

            var forces = new Vector3D[atoms];
            for (int index = 0; index < atoms; index++)
            {
                forces[toOwn[index]] = Vector(lines, $"the force on atom {index + 1} of set {set} of {count}, eV/Å");
            }

            sets.Add(new ForceSet(new AtomDisplacement(toOwn[atom - 1], displacement), [.. forces]));
        }

        return NextTokens(lines) is { } rest
            ? throw lines.Wrong(NumberedLines.Quoted(string.Join(' ', rest)), $"the end of the file after {count} sets", "Correct the number of displacements at the top, or take the surplus out.")
            : sets.ToImmutable();
    }

    /// <summary>Writes force sets in phonopy's order and layout: displacements with 16 decimals, forces with 10.</summary>
    public static void Write(string path, Supercell supercell, IReadOnlyCollection<ForceSet> sets)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        ArgumentNullException.ThrowIfNull(sets);
        ImmutableArray<int> toOwn = PhonopySupercellOrder.ToOwn(supercell);
        AtomicFile.WriteText(path, writer =>
        {
            writer.WriteLine(toOwn.Length.ToString(CultureInfo.InvariantCulture));
            writer.WriteLine(sets.Count.ToString(CultureInfo.InvariantCulture));
            foreach (ForceSet set in sets)
            {
                Vector3D u = set.Displacement.DisplacementCartesian;
                writer.WriteLine();
                writer.WriteLine((toOwn.IndexOf(set.Displacement.Atom) + 1).ToString(CultureInfo.InvariantCulture));
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {u.X,20:F16} {u.Y,20:F16} {u.Z,20:F16}"));
                foreach (int own in toOwn)
                {
                    Vector3D force = set.ForcesCartesian[own];
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{force.X,15:F10} {force.Y,15:F10} {force.Z,15:F10}"));
                }
            }
        });
    }

    private static int Count(NumberedLines lines, string what)
    {
        string[] tokens = NextTokens(lines) ?? throw InputException.At(lines.Path, lines.Number + 1, "the end of the file", what, "The file is cut short; write it again.");
        if (tokens is [var token] && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0)
        {
            return value;
        }

        string advice = tokens.Length == 6
            ? "This is a file of type 2 (displacements and forces side by side); read it with SnapshotForceSetsFile; 'phonograph phonons constants' does so by itself."
            : "The file is damaged or not a FORCE_SETS file; write it again.";
        throw lines.Wrong(NumberedLines.Quoted(string.Join(' ', tokens)), what, advice);
    }

    private static Vector3D Vector(NumberedLines lines, string what)
    {
        string[] tokens = NextTokens(lines) ?? throw InputException.At(lines.Path, lines.Number + 1, "the end of the file", what, "The file is cut short; write it again.");
        return tokens is [var x, var y, var z]
            ? new Vector3D(lines.Real(x, what), lines.Real(y, what), lines.Real(z, what))
            : throw lines.Wrong(NumberedLines.Quoted(string.Join(' ', tokens)), $"three numbers, {what}", "The file is damaged; write it again.");
    }

    /// <summary>Tokens of the next line with content, without comments; null at the end of the file.</summary>
    internal static string[]? NextTokens(NumberedLines lines)
    {
        while (lines.Next() is { } line)
        {
            int comment = line.IndexOf('#', StringComparison.Ordinal);
            string[] tokens = NumberedLines.Tokens(comment < 0 ? line : line[..comment]);
            if (tokens.Length > 0)
            {
                return tokens;
            }
        }

        return null;
    }
}
