using System.Globalization;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting;

/// <summary>Numbers as a reader wants them: digits by the width of the interval, a typographic minus, a dash for what is not a number.</summary>
internal static class Numbers
{
    internal const string Missing = "–";

    /// <summary>All significant digits up to ten, for sizes, temperatures and widths.</summary>
    internal static string Plain(double value) => double.IsFinite(value) ? AxisScale.Sign(value.ToString("0.##########", CultureInfo.InvariantCulture)) : Missing;

    /// <summary>A fixed number of decimals.</summary>
    internal static string Fixed(double value, int decimals) => double.IsFinite(value)
        ? AxisScale.Sign(value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        : Missing;

    /// <summary>Three significant digits.</summary>
    internal static string Significant(double value, int digits = 3)
    {
        if (!double.IsFinite(value))
        {
            return Missing;
        }

        int decimals = value == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 9);
        return Fixed(value, decimals);
    }

    /// <summary>Decimals that show two digits of the interval's half width.</summary>
    internal static int Decimals(Interval interval)
    {
        double half = (interval.High - interval.Low) / 2;
        double scale = half > 0 && double.IsFinite(half) ? half : Math.Abs(interval.Value) / 100;
        return scale > 0 && double.IsFinite(scale) ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(scale)), 0, 6) : 3;
    }

    /// <summary>Value with its interval in brackets.</summary>
    internal static string WithInterval(Interval interval)
    {
        int decimals = ShownDecimals(interval);
        return double.IsFinite(interval.Value)
            ? $"{Fixed(interval.Value, decimals)} [{Fixed(interval.Low, decimals)}, {Fixed(interval.High, decimals)}]"
            : Missing;
    }

    /// <summary>Value with its unit and interval, for a sentence.</summary>
    internal static string InWords(Interval interval, string unit)
    {
        int decimals = ShownDecimals(interval);
        return double.IsFinite(interval.Value)
            ? $"{Fixed(interval.Value, decimals)} {unit} (95 % interval {Fixed(interval.Low, decimals)} to {Fixed(interval.High, decimals)} {unit})"
            : "not defined";
    }

    /// <summary>
    /// R² with its interval in brackets: two decimals (three where the interval is narrow), fewer for numbers far below zero, so that a wide interval
    /// does not take the digits from the value.
    /// </summary>
    internal static string RSquared(Interval interval) => double.IsFinite(interval.Value)
        ? $"{RSquared(interval.Value, interval)} [{RSquared(interval.Low, interval)}, {RSquared(interval.High, interval)}]"
        : Missing;

    /// <summary>R² with its interval, for a sentence.</summary>
    internal static string RSquaredInWords(Interval interval) => double.IsFinite(interval.Value)
        ? $"{RSquared(interval.Value, interval)} (95 % interval {RSquared(interval.Low, interval)} to {RSquared(interval.High, interval)})"
        : "not defined";

    private static string RSquared(double value, Interval interval) => Fixed(value, Math.Abs(value) switch
    {
        >= 100 => 0,
        >= 10 => 1,
        _ => interval.High - interval.Low is > 0 and < 0.01 ? 3 : 2,
    });

    /// <summary>Decimals of the interval, but no more than four significant digits: a bootstrap over few cells may give an interval that is far too narrow.</summary>
    private static int ShownDecimals(Interval interval)
    {
        double largest = new[] { interval.Value, interval.Low, interval.High }.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return largest > 0 ? Math.Min(Decimals(interval), Math.Clamp(3 - (int)Math.Floor(Math.Log10(largest)), 0, 6)) : Decimals(interval);
    }

    /// <summary>A number for a CSV file: shortest text that reads back to the same bits; empty for what is not finite.</summary>
    internal static string Csv(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    /// <summary>A number for a CSV file, empty for none.</summary>
    internal static string Csv(double? value) => value is { } number ? Csv(number) : "";

    /// <summary>A whole number for a CSV file.</summary>
    internal static string Csv(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A whole number for a CSV file.</summary>
    internal static string Csv(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A duration in words.</summary>
    internal static string Duration(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    /// <summary>A formula with the digits after an element as subscripts.</summary>
    internal static string Formula(string formula) => string.Concat(formula.Select((letter, place) =>
        char.IsAsciiDigit(letter) && place > 0 && (char.IsAsciiLetter(formula[place - 1]) || char.IsAsciiDigit(formula[place - 1]) || formula[place - 1] == ')')
            ? (char)('₀' + (letter - '0'))
            : letter));
}
