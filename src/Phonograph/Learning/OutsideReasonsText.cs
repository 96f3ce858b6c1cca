namespace Phonograph.Learning;

/// <summary>Words for <see cref="OutsideReasons"/>, as files and messages carry them.</summary>
public static class OutsideReasonsText
{
    private static readonly (OutsideReasons Reason, string Word)[] Words =
    [
        (OutsideReasons.UnknownElement, "unknown-element"),
        (OutsideReasons.EdgeLength, "edge-length"),
        (OutsideReasons.Saturated, "saturated"),
        (OutsideReasons.NoFeatures, "no-features"),
    ];

    /// <summary>For example <c>unknown-element+saturated</c>; empty when there is no reason.</summary>
    public static string Describe(this OutsideReasons reasons) =>
        string.Join('+', Words.Where(pair => reasons.HasFlag(pair.Reason)).Select(pair => pair.Word));
}
