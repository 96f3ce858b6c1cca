using System.Globalization;

namespace Phonograph.Datasets;

/// <summary>Configurations drawn alike: one scheme at one temperature or width.</summary>
/// <param name="Scheme"><c>phonon</c>, <c>uniform</c>, <c>gaussian</c> or another scheme, or the name of another source of cells.</param>
/// <param name="TemperatureKelvin">Temperature, K, or null.</param>
/// <param name="WidthAngstrom">Width, Å, or null.</param>
public sealed record Stratum(string Scheme, double? TemperatureKelvin, double? WidthAngstrom)
{
    /// <summary>Class of thermal draws.</summary>
    public const string Phonon = "phonon";

    /// <summary>Class of the uniform and Gaussian schemes.</summary>
    public const string Random = "random";

    /// <summary>Scheme of the cell at rest, which nothing drew.</summary>
    public const string Undisplaced = "undisplaced";

    /// <summary><c>random</c> for <c>uniform</c> and <c>gaussian</c>, else the scheme itself.</summary>
    public string SchemeClass => Scheme is "uniform" or "gaussian" ? Random : Scheme;

    /// <summary>For example <c>phonon 300 K</c> or <c>uniform 0.4 Å</c>; the same text for the same stratum on every machine.</summary>
    public string Label => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scheme}{(TemperatureKelvin is { } temperature ? $" {temperature:R} K" : "")}{(WidthAngstrom is { } width ? $" {width:R} Å" : "")}");

    /// <summary>Order of tables: by class, scheme, temperature, width.</summary>
    public static IComparer<Stratum> TableOrder { get; } = Comparer<Stratum>.Create((a, b) =>
    {
        int order = string.CompareOrdinal(a.SchemeClass, b.SchemeClass);
        order = order != 0 ? order : string.CompareOrdinal(a.Scheme, b.Scheme);
        order = order != 0 ? order : Nullable.Compare(a.TemperatureKelvin, b.TemperatureKelvin);
        return order != 0 ? order : Nullable.Compare(a.WidthAngstrom, b.WidthAngstrom);
    });

    /// <inheritdoc/>
    public override string ToString() => Label;
}
