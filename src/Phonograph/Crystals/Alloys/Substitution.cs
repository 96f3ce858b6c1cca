using System.Collections.Immutable;
using Phonograph.Files;

namespace Phonograph.Crystals.Alloys;

/// <summary>Which atoms of a crystal may be replaced by what.</summary>
/// <param name="Parent">Element whose sites are decorated.</param>
/// <param name="Species">Two or more different elements that may sit there; the parent's own is usually the first of them.</param>
public sealed record Substitution(Element Parent, ImmutableArray<Element> Species)
{
    /// <summary>Reads <c>Br=Br,I</c>: the sites of bromine hold bromine or iodine.</summary>
    /// <exception cref="InputException">The text is something else.</exception>
    public static Substitution Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] sides = text.Split('=', StringSplitOptions.TrimEntries);
        if (sides is [var parent, var species] && Element.TryFind(parent, out Element? site))
        {
            Element?[] elements = [.. species.Split(',', StringSplitOptions.TrimEntries).Select(symbol => Element.TryFind(symbol, out Element? element) ? element : null)];
            if (elements.Length >= 2 && !elements.Contains(null) && elements.Distinct().Count() == elements.Length)
            {
                return new Substitution(site, [.. elements.Select(element => element!)]);
            }
        }

        throw new InputException($"Decoration: found '{text}'; expected the element of the sites and two or more different elements for them. Write for example Br=Br,I.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Parent}={string.Join(',', Species)}";
}
