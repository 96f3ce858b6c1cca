using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Sampling;

/// <summary>
/// What to do with modes that have no harmonic ensemble: imaginary ones, and those so soft that their amplitude would be absurd. Every
/// draw records the rule and how many modes it changed.
/// </summary>
public abstract record SoftModePolicy
{
    /// <summary>phonopy's limit for modes too soft to be drawn, THz.</summary>
    public const double PhonopyCutoffTerahertz = 0.01;

    /// <summary>Applies the rule to one frequency.</summary>
    /// <param name="frequencyTerahertz">Frequency, THz, negative for imaginary modes.</param>
    /// <returns>The frequency to draw with, THz; zero when the mode stays at rest; null when the rule refuses it.</returns>
    public abstract double? EffectiveFrequency(double frequencyTerahertz);

    /// <summary>Reads <c>reject</c>, <c>freeze</c>, <c>absolute</c>, <c>floor:0.5</c> or <c>absolute-floor:0.5</c>; the first three accept a limit in THz after a colon.</summary>
    /// <exception cref="InputException">The text is none of these.</exception>
    public static SoftModePolicy Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':');
        double limit = PhonopyCutoffTerahertz;
        bool hasLimit = parts.Length == 2
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out limit) && double.IsFinite(limit) && limit >= 0;
        return (parts[0], parts.Length, hasLimit) switch
        {
            ("reject", 1, _) or ("reject", 2, true) => new RejectSoftModes(limit),
            ("freeze", 1, _) or ("freeze", 2, true) => new FreezeSoftModes(limit),
            ("absolute", 1, _) or ("absolute", 2, true) => new AbsoluteFrequencies(limit),
            ("floor", 2, true) when limit > 0 => new FrequencyFloor(limit),
            ("absolute-floor", 2, true) when limit > 0 => new AbsoluteFrequencyFloor(limit),
            _ => throw new InputException($"Soft-mode rule: found '{text}'; expected reject, freeze, absolute, floor:FREQUENCY_IN_THZ or absolute-floor:FREQUENCY_IN_THZ. Write for example absolute, or floor:0.5."),
        };
    }

    private protected static string Text(string name, double limit) => string.Create(CultureInfo.InvariantCulture, $"{name}:{limit:R}");
}

/// <summary>Refuses to draw when any mode lies below the limit.</summary>
/// <param name="LimitTerahertz">Lowest frequency allowed, THz.</param>
public sealed record RejectSoftModes(double LimitTerahertz = SoftModePolicy.PhonopyCutoffTerahertz) : SoftModePolicy
{
    /// <inheritdoc/>
    public override double? EffectiveFrequency(double frequencyTerahertz) => frequencyTerahertz < LimitTerahertz || frequencyTerahertz <= 0 ? null : frequencyTerahertz;

    /// <inheritdoc/>
    public override string ToString() => Text("reject", LimitTerahertz);
}

/// <summary>Leaves imaginary modes, and modes below the limit, at rest.</summary>
/// <param name="LimitTerahertz">Lowest frequency drawn, THz.</param>
public sealed record FreezeSoftModes(double LimitTerahertz = SoftModePolicy.PhonopyCutoffTerahertz) : SoftModePolicy
{
    /// <inheritdoc/>
    public override double? EffectiveFrequency(double frequencyTerahertz) => frequencyTerahertz < LimitTerahertz || frequencyTerahertz <= 0 ? 0 : frequencyTerahertz;

    /// <inheritdoc/>
    public override string ToString() => Text("freeze", LimitTerahertz);
}

/// <summary>
/// Draws imaginary modes with the absolute value of their frequency, and leaves those closer to zero than the limit at rest: phonopy's rule. A recipe, not
/// an ensemble.
/// </summary>
/// <param name="LimitTerahertz">Lowest absolute frequency drawn, THz.</param>
public sealed record AbsoluteFrequencies(double LimitTerahertz = SoftModePolicy.PhonopyCutoffTerahertz) : SoftModePolicy
{
    /// <inheritdoc/>
    public override double? EffectiveFrequency(double frequencyTerahertz) => Math.Abs(frequencyTerahertz) < LimitTerahertz ? 0 : Math.Abs(frequencyTerahertz);

    /// <inheritdoc/>
    public override string ToString() => Text("absolute", LimitTerahertz);
}

/// <summary>Draws imaginary modes, and modes below the floor, with the frequency of the floor.</summary>
/// <param name="FloorTerahertz">Lowest frequency used, THz, positive.</param>
public sealed record FrequencyFloor(double FloorTerahertz) : SoftModePolicy
{
    /// <inheritdoc/>
    public override double? EffectiveFrequency(double frequencyTerahertz) => Math.Max(frequencyTerahertz, FloorTerahertz);

    /// <inheritdoc/>
    public override string ToString() => Text("floor", FloorTerahertz);
}

/// <summary>Draws imaginary modes with the absolute value of their frequency, and no mode below the floor: every mode moves, none absurdly. A recipe, not an ensemble.</summary>
/// <param name="FloorTerahertz">Lowest frequency used, THz, positive.</param>
public sealed record AbsoluteFrequencyFloor(double FloorTerahertz) : SoftModePolicy
{
    /// <inheritdoc/>
    public override double? EffectiveFrequency(double frequencyTerahertz) => Math.Max(Math.Abs(frequencyTerahertz), FloorTerahertz);

    /// <inheritdoc/>
    public override string ToString() => Text("absolute-floor", FloorTerahertz);
}
