using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Polar;

namespace Phonograph.Phonons.Formats;

/// <summary>
/// phonopy's BORN file: a first line with e²/(4πε₀) in eV·Å, or a comment (the number may be followed by a cutoff and Λ of the reciprocal sum); the dielectric tensor; the
/// Born charge of each symmetry-distinct atom of the primitive cell, or of every atom. Tensors are nine numbers by rows.
/// </summary>
public static class BornFile
{
    private const string Advice = "Give a BORN file of phonopy for this crystal.";

    /// <summary>Reads a file and gives each atom its charge by the crystal's symmetry.</summary>
    /// <param name="path">File; a name ending in <c>.gz</c> is decompressed.</param>
    /// <param name="primitive">The primitive cell the charges belong to.</param>
    /// <param name="group">Its symmetry; found with a tolerance of 1e-5 Å when left out.</param>
    /// <exception cref="InputException">The file is missing, wrong, or has charges for another number of atoms.</exception>
    public static BornCharges Read(string path, Crystal primitive, SpaceGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(primitive);
        group ??= SpaceGroup.Of(primitive);
        using var lines = NumberedLines.Open(path);
        double?[] first = [.. NumberedLines.Tokens(lines.Required("e²/(4πε₀) in eV·Å, or a comment")).Take(3).Select(token => NumberedLines.TryReal(token, out double value) && double.IsFinite(value) ? value : (double?)null)];
        double? Positive(int index)
        {
            double? value = first.Length > index && first[..(index + 1)].All(each => each is not null) ? first[index] : null;
            return value is <= 0 ? throw lines.Wrong($"{value}", "a positive number", Advice) : value;
        }

        (double? factor, double? cutoff, double? lambda) = (Positive(0), Positive(1), Positive(2));
        Matrix3x3 dielectric = Tensor(lines, lines.Required("the dielectric tensor, nine numbers"), "dielectric tensor");
        int dielectricLine = lines.Number;
        var charges = new List<Matrix3x3>();
        while (lines.Next() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                charges.Add(Tensor(lines, line, "Born charge"));
            }
        }

        ImmutableArray<int> distinct = DistinctAtoms(group);
        if (charges.Count != distinct.Length && charges.Count != primitive.AtomCount)
        {
            throw lines.Wrong($"{charges.Count} Born charges", $"{distinct.Length}, one for each symmetry-distinct atom of the primitive cell ({string.Join(", ", distinct.Select(atom => $"{atom + 1} {primitive.Elements[atom]}"))}), or {primitive.AtomCount}, one for each atom", Advice);
        }

        ImmutableArray<Matrix3x3> all = charges.Count == primitive.AtomCount ? [.. charges] : Spread(charges, distinct, group);
        try
        {
            var read = new BornCharges(dielectric, all) { ReciprocalCutoff = cutoff, Lambda = lambda };
            return factor is { } stated ? read with { CoulombElectronvoltAngstrom = stated } : read;
        }
        catch (ArgumentException)
        {
            throw InputException.At(path, dielectricLine, "a dielectric tensor that is not positive", "a positive one", Advice);
        }
    }

    /// <summary>Writes the charges of the symmetry-distinct atoms, as phonopy wants them.</summary>
    /// <param name="path">File.</param>
    /// <param name="charges">Charges of all atoms; those of equivalent atoms are taken to be equivalent (<see cref="BornCharges.Symmetrised"/>).</param>
    /// <param name="group">Symmetry of the primitive cell.</param>
    public static void Write(string path, BornCharges charges, SpaceGroup group)
    {
        ArgumentNullException.ThrowIfNull(charges);
        ArgumentNullException.ThrowIfNull(group);
        if (charges.Charges.Length != group.Crystal.AtomCount)
        {
            throw new ArgumentException($"{charges.Charges.Length} charges for {group.Crystal.AtomCount} atoms.", nameof(charges));
        }

        AtomicFile.WriteText(path, writer =>
        {
            string sum = charges.ReciprocalCutoff is { } cutoff ? string.Create(CultureInfo.InvariantCulture, $" {cutoff:R}{(charges.Lambda is { } lambda ? lambda.ToString(" 0.###############", CultureInfo.InvariantCulture) : "")}") : "";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{charges.CoulombElectronvoltAngstrom:R}{sum}"));
            writer.WriteLine(Numbers(charges.Dielectric));
            foreach (int atom in DistinctAtoms(group))
            {
                writer.WriteLine(Numbers(charges.Charges[atom]));
            }
        });
    }

    /// <summary>The first atom of each set of equivalent ones.</summary>
    private static ImmutableArray<int> DistinctAtoms(SpaceGroup group) =>
        [.. Enumerable.Range(0, group.Crystal.AtomCount).Where(atom => group.Operations.All(operation => operation.Images[atom] >= atom))];

    private static ImmutableArray<Matrix3x3> Spread(List<Matrix3x3> charges, ImmutableArray<int> distinct, SpaceGroup group)
    {
        var all = new Matrix3x3[group.Crystal.AtomCount];
        var done = new bool[all.Length];
        for (int index = 0; index < distinct.Length; index++)
        {
            foreach (SymmetryOperation operation in group.Operations)
            {
                int atom = operation.Images[distinct[index]];
                if (!done[atom])
                {
                    done[atom] = true;
                    all[atom] = operation.RotationCartesian * charges[index] * operation.RotationCartesian.Transposed;
                }
            }
        }

        return [.. all];
    }

    private static Matrix3x3 Tensor(NumberedLines lines, string line, string what)
    {
        string[] tokens = NumberedLines.Tokens(line);
        if (tokens.Length != 9)
        {
            throw lines.Wrong(NumberedLines.Quoted(line), $"nine numbers, the {what} by rows", Advice);
        }

        double[] n = [.. tokens.Select(token => lines.Real(token, what))];
        return new Matrix3x3(new(n[0], n[1], n[2]), new(n[3], n[4], n[5]), new(n[6], n[7], n[8]));
    }

    private static string Numbers(Matrix3x3 m) =>
        string.Join(' ', Enumerable.Range(0, 9).Select(at => m[at / 3, at % 3].ToString("F12", CultureInfo.InvariantCulture).PadLeft(18)));
}
