using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Alloys;
using Phonograph.Crystals.Formats;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs;

/// <summary>What <c>phonograph crystal --decorate</c> prints and writes.</summary>
internal static class DecorationOutput
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the distinct cells and prints their table.</summary>
    /// <exception cref="InputException">The output is no extended XYZ file.</exception>
    internal static void Write(CliRun run, DecorationSet set, string? output)
    {
        if (output is not null)
        {
            if (!CrystalFile.IsExtendedXyz(output))
            {
                throw new InputException($"--output: found {output}; expected a name ending in .xyz or .extxyz (.gz may follow), because a POSCAR holds one cell only.");
            }

            ExtendedXyz.Write(output, set.Decorations.Select(decoration => DecorationFrame.Of(set, decoration)));
        }

        if (run.IsJson)
        {
            Console.Out.WriteLine(Json(set, output));
            return;
        }

        Alloy alloy = set.Alloy;
        Console.Out.WriteLine($"{ChemicalFormula.OfCell(alloy.Parent)}, {alloy.Sites.Length} sites of {alloy.Substitution.Parent} hold {string.Join(", ", alloy.Substitution.Species)}; {set.OperationCount} operations permute them in {set.Permutations.Length} ways");
        TextTable.Write(Console.Out, ["composition", "distinct", "patterns", "degeneracies", "lattice factor"], set.Compositions.Select(composition => new[]
        {
            composition.Name,
            Text(composition.Decorations.Length),
            Text(composition.PatternCount),
            Degeneracies(composition),
            alloy.LengthFactor(composition.Counts).ToString("0.#####", CultureInfo.InvariantCulture),
        }));
        Console.Out.WriteLine($"{set.Decorations.Length} distinct decorations of {set.Compositions.Sum(composition => composition.PatternCount)} patterns{(output is null ? "" : $": {output}")}");
    }

    private static string Degeneracies(AlloyComposition composition)
    {
        const int Most = 8;
        string shown = string.Join(' ', composition.Decorations.Take(Most).Select(decoration => Text(decoration.Degeneracy)));
        return composition.Decorations.Length > Most ? shown + " ..." : shown;
    }

    private static string Json(DecorationSet set, string? output) => JsonSerializer.Serialize(
        new
        {
            parent = ChemicalFormula.OfCell(set.Alloy.Parent),
            decorate = set.Alloy.Substitution.ToString(),
            sites = set.Alloy.Sites.Length,
            symmetry_operations = set.OperationCount,
            permutations = set.Permutations.Length,
            compositions = set.Compositions.Select(composition => new
            {
                composition = composition.Name,
                distinct = composition.Decorations.Length,
                patterns = composition.PatternCount,
                length_factor = set.Alloy.LengthFactor(composition.Counts),
            }),
            decorations = set.Decorations.Select(decoration => new
            {
                decoration = decoration.Name,
                composition = decoration.Composition,
                degeneracy = decoration.Degeneracy,
                species = decoration.Species.Select(species => set.Alloy.Substitution.Species[species].Symbol),
            }),
            output,
        },
        Indented);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
