using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Tuning;

/// <summary>The values of one hyper-parameter that a search may try: a list, or a range.</summary>
public sealed class SearchDimension
{
    private readonly double _low, _high;
    private readonly bool _isLogarithmic;

    private SearchDimension(HyperParameter parameter, ImmutableArray<string> values, double low, double high, bool isLogarithmic)
    {
        (Parameter, Values, _low, _high, _isLogarithmic) = (parameter, values, low, high, isLogarithmic);
    }

    /// <summary>What is varied.</summary>
    public HyperParameter Parameter { get; }

    /// <summary>The values of a list; empty for a range.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>True for a range, which a grid cannot take.</summary>
    public bool IsRange => Values.IsEmpty;

    /// <summary>A list of values.</summary>
    /// <exception cref="InputException">The list is empty, holds a value twice, or one that cannot stand for the parameter.</exception>
    public static SearchDimension List(HyperParameter parameter, IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        string[] all = [.. values.Select(value => Checked(parameter, value))];
        if (all.Length == 0)
        {
            throw new InputException($"{parameter.Name}: found an empty list; expected at least one value ({parameter.Expected}).");
        }

        return all.GroupBy(value => value, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new InputException($"{parameter.Name}: found {twice.Key} twice; expected each value once.")
            : new SearchDimension(parameter, [.. all], 0, 0, isLogarithmic: false);
    }

    /// <summary>A range, its ends included. Real numbers are drawn with four significant digits.</summary>
    /// <param name="parameter">A parameter whose values are numbers.</param>
    /// <param name="low">Lowest value.</param>
    /// <param name="high">Highest value, above the lowest.</param>
    /// <param name="isLogarithmic">True for draws that are uniform in the logarithm; then the lowest value must be positive.</param>
    /// <exception cref="InputException">The parameter has names for values, or the ends cannot be used.</exception>
    public static SearchDimension Range(HyperParameter parameter, double low, double high, bool isLogarithmic = false)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameter.Kind == HyperParameterKind.Name)
        {
            throw new InputException($"{parameter.Name}: found a range; expected a list ({parameter.Expected}).");
        }

        Checked(parameter, Number(low));
        Checked(parameter, Number(high));
        return low < high && (low > 0 || !isLogarithmic)
            ? new SearchDimension(parameter, [], low, high, isLogarithmic)
            : throw new InputException($"{parameter.Name}: found the range from {Number(low)} to {Number(high)}; expected a rising one{(isLogarithmic ? " of positive numbers, for scale log" : "")}.");
    }

    /// <summary>Draws a value.</summary>
    internal string Draw(Philox random)
    {
        if (!IsRange)
        {
            return Values[random.NextInt32(Values.Length)];
        }

        double share = random.NextDouble();
        if (Parameter.Kind == HyperParameterKind.WholeNumber)
        {
            // Every whole number has a bin as wide as those of its neighbours, or as its logarithm demands.
            double end = _high + 1, value = _isLogarithmic ? _low * Math.Pow(end / _low, share) : _low + ((end - _low) * share);
            return Number(Math.Clamp(Math.Floor(value), _low, _high));
        }

        double real = _isLogarithmic ? _low * Math.Pow(_high / _low, share) : _low + ((_high - _low) * share);
        return Number(Math.Clamp(double.Parse(real.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), _low, _high));
    }

    /// <summary>As it stands in a file.</summary>
    public override string ToString() => IsRange
        ? $"{Parameter.Name}: {{low: {Number(_low)}, high: {Number(_high)}, scale: {(_isLogarithmic ? "log" : "linear")}}}"
        : $"{Parameter.Name}: [{string.Join(", ", Values)}]";

    /// <summary>A value in the one way of writing it, so that 0.10 and 1e-1 are the same.</summary>
    private static string Checked(HyperParameter parameter, string text) => parameter.Objection(text) is { } objection
        ? throw new InputException($"{parameter.Name}: {objection} Expected is {parameter.Expected}.")
        : parameter.Kind == HyperParameterKind.Name ? text.ToLowerInvariant() : Number(double.Parse(text, CultureInfo.InvariantCulture));

    private static string Number(double value) => HyperParameter.Text(value);
}
