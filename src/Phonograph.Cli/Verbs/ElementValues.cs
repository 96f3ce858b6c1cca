using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs;

/// <summary>Values of options that give numbers to elements: <c>Cl=4.70,I=4.90</c>.</summary>
internal static class ElementValues
{
    /// <summary>Reads the numbers.</summary>
    /// <param name="option">Name of the option in messages.</param>
    /// <param name="text">Its value.</param>
    /// <param name="elements">Elements that may stand there.</param>
    /// <param name="kind">What the numbers are, in messages.</param>
    /// <param name="example">A right option, in messages.</param>
    /// <exception cref="InputException">An element is none of these or there twice, or what follows is no finite number.</exception>
    internal static Dictionary<Element, double> Parse(string option, string text, IEnumerable<Element> elements, string kind, string example)
    {
        var values = new Dictionary<Element, double>();
        foreach (string each in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (each.Split('=', StringSplitOptions.TrimEntries) is not [var symbol, var number] || !Element.TryFind(symbol, out Element? element) || !elements.Contains(element) || values.ContainsKey(element)
                || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            {
                throw new InputException($"{option}: found '{each}'; expected one of {string.Join(", ", elements)}, once, and {kind}. Write for example {example}.");
            }

            values.Add(element, value);
        }

        return values;
    }
}
