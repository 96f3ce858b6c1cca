using System.Globalization;

namespace Phonograph.Reporting.Drawing;

/// <summary>Maps numbers to a stretch of the page, and knows where ticks stand.</summary>
internal sealed record AxisScale
{
    private AxisScale(double low, double high, bool isLogarithmic, IReadOnlyList<AxisTick> ticks)
    {
        Low = low;
        High = high;
        IsLogarithmic = isLogarithmic;
        Ticks = ticks;
    }

    internal double Low { get; }

    internal double High { get; }

    internal bool IsLogarithmic { get; }

    /// <summary>Ticks inside the range, rising.</summary>
    internal IReadOnlyList<AxisTick> Ticks { get; }

    /// <summary>A linear axis around the finite values, with a margin on both sides.</summary>
    /// <param name="values">Values that must be visible; without a finite one the axis runs from 0 to 1.</param>
    /// <param name="tickCount">Number of ticks to aim at.</param>
    /// <param name="margin">Margin as a share of the range.</param>
    /// <param name="includeZero">True to start at zero when all values lie on one side of it.</param>
    internal static AxisScale Linear(IEnumerable<double> values, int tickCount = 5, double margin = 0.05, bool includeZero = false)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values.Where(double.IsFinite))
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (low > high)
        {
            (low, high) = (0, 1);
        }

        if (includeZero)
        {
            low = Math.Min(low, 0);
            high = Math.Max(high, 0);
        }

        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)) || high == low)
        {
            double widening = high == 0 ? 1 : Math.Abs(high) * 0.1;
            (low, high) = (low - widening, high + widening);
        }

        double extra = (high - low) * margin;
        low = includeZero && low == 0 ? 0 : low - extra;
        high = includeZero && high == 0 ? 0 : high + extra;
        return Linear(low, high, tickCount);
    }

    /// <summary>A linear axis over exactly the given range.</summary>
    internal static AxisScale Linear(double low, double high, int tickCount = 5)
    {
        double rough = (high - low) / Math.Max(tickCount, 1);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = new[] { 1.0, 2.0, 2.5, 5.0, 10.0 }.Select(factor => factor * power).MinBy(candidate => Math.Abs(((high - low) / candidate) - tickCount));
        int decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9));
        if (Math.Abs((step * Math.Pow(10, decimals)) - Math.Round(step * Math.Pow(10, decimals))) > 1e-6)
        {
            decimals++;
        }

        var ticks = new List<AxisTick>();
        for (long n = (long)Math.Ceiling((low / step) - 1e-9); n * step <= high + (1e-9 * step); n++)
        {
            ticks.Add(new AxisTick(n * step, Sign((n * step).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))));
        }

        return new AxisScale(low, high, isLogarithmic: false, ticks);
    }

    /// <summary>A logarithmic axis with ticks at the given values.</summary>
    internal static AxisScale Logarithmic(IReadOnlyCollection<double> tickValues)
    {
        double[] positive = [.. tickValues.Where(value => value > 0).Distinct().Order()];
        if (positive.Length == 0)
        {
            positive = [1, 10];
        }

        double low = positive[0], high = positive[^1];
        double margin = high > low ? Math.Pow(high / low, 0.07) : 2;
        return new AxisScale(low / margin, high * margin, isLogarithmic: true, [.. positive.Select(value => new AxisTick(value, value.ToString("0.####", CultureInfo.InvariantCulture)))]);
    }

    /// <summary>A logarithmic axis over a range, with ticks at 1, 2 and 5 times the powers of ten, over more than two decades at 1 and 3 times them, over many at the powers alone.</summary>
    internal static AxisScale LogarithmicDecades(IEnumerable<double> values)
    {
        double[] positive = [.. values.Where(value => value > 0 && double.IsFinite(value))];
        (double low, double high) = positive.Length == 0 ? (0.1, 1) : (positive.Min(), positive.Max());
        double margin = high > low ? Math.Pow(high / low, 0.05) : 2;
        (low, high) = (low / margin, high * margin);
        double[] factors = Math.Log10(high / low) switch { < 2 => [1, 2, 5], < 3.5 => [1, 3], _ => [1] };
        var ticks = new List<AxisTick>();
        for (int exponent = (int)Math.Floor(Math.Log10(low)); exponent <= (int)Math.Ceiling(Math.Log10(high)); exponent++)
        {
            foreach (double factor in factors)
            {
                double value = factor * Math.Pow(10, exponent);
                if (value >= low && value <= high)
                {
                    ticks.Add(new AxisTick(value, value.ToString("0.######", CultureInfo.InvariantCulture)));
                }
            }
        }

        return new AxisScale(low, high, isLogarithmic: true, ticks);
    }

    /// <summary>The same axis with other ticks.</summary>
    internal AxisScale WithTicks(IReadOnlyList<AxisTick> ticks) => new(Low, High, IsLogarithmic, ticks);

    /// <summary>Place of a value as a share of the axis; 0 at the low end.</summary>
    internal double Share(double value) => IsLogarithmic
        ? Math.Log(Math.Max(value, 1e-300) / Low) / Math.Log(High / Low)
        : (value - Low) / (High - Low);

    /// <summary>A typographic minus instead of a hyphen, and no negative zero.</summary>
    internal static string Sign(string number) => number.StartsWith('-') ? (number.AsSpan(1).ContainsAnyInRange('1', '9') ? "−" : "") + number[1..] : number;
}

/// <summary>A tick with its label.</summary>
internal readonly record struct AxisTick(double Value, string Label);
