using CsCheck;

namespace Phonograph.Tests.Crystals.Formats;

/// <summary>Files as accidents leave them: cut short, with characters or lines replaced, removed or doubled, or plain noise.</summary>
internal static class DamagedText
{
    private static readonly string[] Fragments =
        ["", " ", "\n", "\t", "NaN", "-", "1e999", "-1e308", "99999999999999999999", "0", "-1", "1.5.2", "\"", "{", "=", ":", "Xx", "Ag", "\\", "é", "\0", "T", "0x1F", "1,5"];

    internal static Gen<string> Of(params string[] valid) => Gen.Frequency(
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
