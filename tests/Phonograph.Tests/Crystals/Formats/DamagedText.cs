using System.Globalization;
using CsCheck;

namespace Phonograph.Tests.Crystals.Formats;

/// <summary>Files as accidents leave them: cut short, with characters or lines replaced, removed or doubled, or plain noise.</summary>
internal static class DamagedText
{
    private static readonly string[] Fragments =
        ["", " ", "\n", "\t", "NaN", "-", "1e999", "-1e308", "99999999999999999999", "0", "-1", "1.5.2", "\"", "{", "=", ":", "Xx", "Ag", "\\", "é", "\0", "T", "0x1F", "1,5"];

    /// <summary>
    /// Runs a check on a thousand damaged copies, always the same ones, so that a gate does not fail by chance; PHONOGRAPH_DAMAGE=FIRST:COUNT asks for others
    /// (a long search for what no reader should do: PHONOGRAPH_DAMAGE=1000:200000).
    /// </summary>
    internal static void Check(Action<string> check, params string[] valid)
    {
        int[] range = [.. (Environment.GetEnvironmentVariable("PHONOGRAPH_DAMAGE") ?? "0:1000").Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        Gen<string> damaged = Of(valid);
        for (int index = range[0]; index < range[0] + range[1]; index++)
        {
            string text = damaged.Generate(new PCG((uint)index), null, out _);
            try
            {
                check(text);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Damage {index} of the text: {error.Message}\n{text}", error);
            }
        }
    }

    private static Gen<string> Of(string[] valid) => Gen.Frequency(
        (1, Gen.String[0, 200]),
        (3, from text in Gen.OneOfConst(valid) from length in Gen.Int[0, text.Length] select text[..length]),
        (6, from text in Gen.OneOfConst(valid) from damages in Damage.Array[1, 4] select damages.Aggregate(text, (damaged, damage) => damage(damaged))));

    private static Gen<Func<string, string>> Damage => Gen.Select(Gen.Int[0, 3], Gen.Double.Unit, Gen.Int[0, 5], Gen.OneOfConst(Fragments), (kind, place, length, fragment) => new Func<string, string>(text =>
    {
        if (kind == 0)
        {
            string[] lines = text.Split('\n');
            int line = (int)(place * lines.Length);
            return string.Join('\n', length == 0 ? [.. lines[..line], lines[line], .. lines[line..]] : [.. lines[..line], .. lines[(line + 1)..]]);
        }

        if (kind == 1)
        {
            string[] words = text.Split(' ');
            words[(int)(place * words.Length)] = fragment;
            return string.Join(' ', words);
        }

        int at = (int)(place * text.Length);
        return text[..at] + fragment + text[Math.Min(text.Length, at + length)..];
    }));
}
