using Phonograph.Crystals;

namespace Phonograph.Reporting.Drawing;

/// <summary>Colours of elements in pictures of crystals; own choices close to what structure viewers show, darker where white paper needs it.</summary>
internal static class ElementColours
{
    private const string Table = """
        H:d9dde2 C:5b5f66 N:4a6fd6 O:d8362f F:7cc36a Na:9a6fd0 Mg:7fae4a Al:a9a4b5 Si:c9a46a
        P:e08a2c S:e8bf1f Cl:3fae49 K:8a4fc0 Ca:6aa84f Ti:9aa3ad Fe:c8672f Cu:b87333 Zn:7d80b0
        Ga:c28f8f Ge:668f8f As:a97bd1 Se:e2861a Br:9c3324 Rb:70359f Sr:4c9a2a Ag:9aa7b8 Cd:c9b06a
        In:a67573 Sn:668080 Sb:8a5fa8 Te:c97a16 I:6d2a8f Cs:57178f Ba:2e8b57 Pb:575961 Bi:8d4fa5
        Au:d4af37
        """;

    private static readonly Dictionary<string, Colour> Known = Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => entry.Split(':'))
        .ToDictionary(pair => pair[0], pair => Colour.Of("#" + pair[1]), StringComparer.Ordinal);

    /// <summary>Colour of an element; elements without a usual colour get one from their atomic number.</summary>
    internal static Colour Of(string symbol)
    {
        if (Known.TryGetValue(symbol, out Colour colour))
        {
            return colour;
        }

        // Golden-angle steps around the colour circle keep neighbours in the table apart.
        double hue = Element.TryFind(symbol, out Element? element) ? element.AtomicNumber * 137.508 % 360 : 0;
        return new Colour(Channel(hue, 0), Channel(hue, 8), Channel(hue, 4));
    }

    private static byte Channel(double hue, double offset)
    {
        double k = (offset + (hue / 30)) % 12;
        return (byte)Math.Round(255 * (0.55 - (0.25 * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1)))));
    }
}
