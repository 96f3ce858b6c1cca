namespace Phonograph.Explaining.Networks;

/// <summary>The bonds of one pair of elements in one range of lengths in one structure.</summary>
/// <param name="Pair">The elements.</param>
/// <param name="Range">Number of the range of lengths from 0, or <see cref="AllLengths"/>.</param>
/// <param name="Bonds">Number of bonds.</param>
/// <param name="Importance">Sum of their importance.</param>
/// <param name="Size">Sum of the size of their importance.</param>
/// <param name="Change">Prediction minus prediction without all of these bonds, exact, in the unit of the property.</param>
public readonly record struct CellShell(ElementPair Pair, int Range, int Bonds, double Importance, double Size, double Change)
{
    /// <summary>The range that holds every length.</summary>
    public const int AllLengths = -1;
}
