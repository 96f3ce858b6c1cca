using System.CommandLine;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs;

/// <summary>The option <c>--supercell</c>, shared by the verbs that need one.</summary>
internal static class SupercellOption
{
    internal static Option<string> Create() => new("--supercell")
    {
        Description = "Repeats along the three lattice vectors (2,2,2), or nine integers: the supercell's vectors by rows in units of the cell's.",
        HelpName = "A,B,C",
        Required = true,
    };

    /// <summary>Builds the supercell that the option asks for.</summary>
    /// <param name="unit">The repeated crystal.</param>
    /// <param name="text">Value of the option.</param>
    /// <param name="option">Name of the option in messages.</param>
    /// <exception cref="InputException">The text is not three positive or nine integers, or spans no volume.</exception>
    internal static Supercell Build(Crystal unit, string text, string option = "--supercell")
    {
        int[] numbers = [.. text.Split([',', ' ', 'x', '×'], StringSplitOptions.RemoveEmptyEntries)
            .Select(token => int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && Math.Abs(number) <= 1000 ? number : int.MinValue)];
        IntegerMatrix3? matrix = numbers.Contains(int.MinValue) ? null : numbers switch
        {
            [> 0 and var a, > 0 and var b, > 0 and var c] => IntegerMatrix3.Diagonal(a, b, c),
            { Length: 9 } n when n.All(number => Math.Abs(number) <= 500) => new IntegerMatrix3(new(n[0], n[1], n[2]), new(n[3], n[4], n[5]), new(n[6], n[7], n[8])),
            _ => null,
        };
        if (matrix is not { } rows || rows.Determinant == 0)
        {
            throw new InputException($"{option}: found '{text}'; expected three positive integers or nine (up to 500) that span a volume. Write for example {option} 2,2,2.");
        }

        const int MostAtoms = 20000;
        return (long)Math.Abs(rows.Determinant) * unit.AtomCount <= MostAtoms
            ? Supercell.Of(unit, rows)
            : throw new InputException($"{option}: found '{text}', which makes {(long)Math.Abs(rows.Determinant) * unit.AtomCount} atoms; expected at most {MostAtoms}. Choose a smaller supercell.");
    }
}
