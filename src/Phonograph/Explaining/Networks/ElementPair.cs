using Phonograph.Crystals;

namespace Phonograph.Explaining.Networks;

/// <summary>Two elements, whatever their order in the cell: the symbols in alphabetical order.</summary>
public readonly record struct ElementPair : IComparable<ElementPair>
{
    /// <summary>Makes the pair of two elements.</summary>
    public ElementPair(Element one, Element other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        bool isInOrder = string.CompareOrdinal(one.Symbol, other.Symbol) <= 0;
        (First, Second) = isInOrder ? (one.Symbol, other.Symbol) : (other.Symbol, one.Symbol);
    }

    /// <summary>Symbol of the first.</summary>
    public string First { get; }

    /// <summary>Symbol of the second.</summary>
    public string Second { get; }

    /// <summary>Alphabetical order.</summary>
    public int CompareTo(ElementPair other)
    {
        int first = string.CompareOrdinal(First, other.First);
        return first != 0 ? first : string.CompareOrdinal(Second, other.Second);
    }

    /// <summary>Whether a pair stands before another.</summary>
    public static bool operator <(ElementPair left, ElementPair right) => left.CompareTo(right) < 0;

    /// <summary>Whether a pair stands behind another.</summary>
    public static bool operator >(ElementPair left, ElementPair right) => left.CompareTo(right) > 0;

    /// <summary>Whether a pair does not stand behind another.</summary>
    public static bool operator <=(ElementPair left, ElementPair right) => left.CompareTo(right) <= 0;

    /// <summary>Whether a pair does not stand before another.</summary>
    public static bool operator >=(ElementPair left, ElementPair right) => left.CompareTo(right) >= 0;

    /// <summary>For example <c>Ag-S</c>.</summary>
    public override string ToString() => $"{First}-{Second}";
}
