namespace Phonograph.Learning;

/// <summary>A predicted number.</summary>
/// <param name="Value">In the unit of the property; NaN where no graph could be made.</param>
/// <param name="Reasons">Why it should not be trusted, or <see cref="OutsideReasons.None"/>.</param>
public readonly record struct GraphPrediction(double Value, OutsideReasons Reasons)
{
    /// <summary>True when there is a reason not to trust the number.</summary>
    public bool IsOutside => Reasons != OutsideReasons.None;
}
