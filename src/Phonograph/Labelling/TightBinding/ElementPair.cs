using Phonograph.Crystals;

namespace Phonograph.Labelling.TightBinding;

/// <summary>Two elements without order: Ag-S equals S-Ag.</summary>
public sealed record ElementPair
{
    /// <summary>Names a pair; the order given does not matter.</summary>
    public ElementPair(Element one, Element other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        (Lighter, Heavier) = one.AtomicNumber <= other.AtomicNumber ? (one, other) : (other, one);
    }

    /// <summary>The element with the smaller atomic number.</summary>
    public Element Lighter { get; }

    /// <summary>The element with the larger atomic number.</summary>
    public Element Heavier { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Lighter}-{Heavier}";
}
