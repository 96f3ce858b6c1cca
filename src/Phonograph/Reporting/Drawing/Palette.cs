namespace Phonograph.Reporting.Drawing;

/// <summary>
/// Colours of the report. Kinds of data take the blue, vermilion, bluish green, sky blue and orange of M. Okabe and K. Ito, "Color Universal Design"
/// (2008), which readers with colour-vision deficiencies tell apart; each kind also has its own marker.
/// </summary>
internal static class Palette
{
    internal static readonly Colour Ink = Colour.Of("#1a1a1a");
    internal static readonly Colour Soft = Colour.Of("#5a5f66");
    internal static readonly Colour Axis = Colour.Of("#3c4046");
    internal static readonly Colour Grid = Colour.Of("#e4e7eb");
    internal static readonly Colour White = Colour.Of("#ffffff");
    internal static readonly Colour Phonon = Colour.Of("#0072b2");
    internal static readonly Colour Random = Colour.Of("#d55e00");
    internal static readonly Colour Combined = Colour.Of("#009e73");
    internal static readonly Colour Einstein = Colour.Of("#56b4e9");
    internal static readonly Colour Species = Colour.Of("#e69f00");
    internal static readonly Colour Other = Colour.Of("#cc79a7");
    internal static readonly Colour Baseline = Colour.Of("#8a8f96");
    internal static readonly Colour Warning = Colour.Of("#b00020");

    /// <summary>Colour of a kind of data.</summary>
    internal static Colour Of(string kind) => kind switch
    {
        "phonon" => Phonon,
        "random" or "uniform" => Random,
        "combined" => Combined,
        "einstein" => Einstein,
        "species" => Species,
        "dynamics" => Ink,
        "mean" => Baseline,
        _ => Other,
    };

    /// <summary>Marker of a kind of data.</summary>
    internal static MarkerShape Marker(string kind) => kind switch
    {
        "phonon" => MarkerShape.Circle,
        "random" or "uniform" => MarkerShape.Square,
        "combined" => MarkerShape.Diamond,
        "mean" => MarkerShape.Cross,
        "einstein" => MarkerShape.InvertedTriangle,
        _ => MarkerShape.Triangle,
    };

    /// <summary>A step of a kind's colour from light (0) to dark (1), for its temperatures or widths.</summary>
    internal static Colour Shade(string kind, double share)
    {
        Colour full = Of(kind);
        return share < 0.6 ? full.Towards(White, 0.6 - share) : full.Towards(Ink, (share - 0.6) * 1.1);
    }
}
