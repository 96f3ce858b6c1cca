using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Numerics.Optimization;

/// <summary>
/// Recursive least squares for a model linearised anew at each observation: the extended Kalman filter for parameters that do not move (A. Gelb, Applied Optimal Estimation, MIT Press 1974, section 6.1; for learning S. Singhal, L. Wu,
/// NIPS 1988). Two observations at a time. Observations further off than three standard deviations count as three, and no variance grows beyond that of the prior.
/// </summary>
public sealed class KalmanFilter
{
    private const double LargestDeviation = 3;

    private readonly double[] _prior, _covariance, _gainFirst, _gainSecond, _scale;
    private readonly double[] _values;
    private readonly int _count;

    /// <summary>Begins.</summary>
    /// <param name="values">Means of the prior.</param>
    /// <param name="spreads">Standard deviations of the prior, all independent.</param>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    public KalmanFilter(ReadOnlySpan<double> values, ReadOnlySpan<double> spreads)
    {
        if (values.Length != spreads.Length)
        {
            throw new ArgumentException($"{values.Length} means and {spreads.Length} standard deviations.", nameof(spreads));
        }

        _values = [.. values];
        _count = values.Length;
        _prior = new double[_count];
        for (int place = 0; place < _count; place++)
        {
            _prior[place] = spreads[place] * spreads[place];
        }

        _covariance = new double[_count * _count];
        for (int row = 0; row < _count; row++)
        {
            _covariance[(row * _count) + row] = _prior[row];
        }

        (_gainFirst, _gainSecond, _scale) = (new double[_count], new double[_count], new double[_count]);
    }

    /// <summary>The estimate.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Takes in two observations.</summary>
    /// <param name="first">Derivatives of the first with respect to the parameters.</param>
    /// <param name="second">Derivatives of the second.</param>
    /// <param name="firstError">First observation minus what the model says of it.</param>
    /// <param name="secondError">The same of the second.</param>
    /// <param name="noise">Standard deviation of both.</param>
    /// <param name="forgetting">Share of the information that is forgotten, at least 0 and less than 1.</param>
    /// <exception cref="ArgumentException">The slopes are not as many as the parameters.</exception>
    public void Update(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double firstError, double secondError, double noise, double forgetting)
    {
        if (first.Length != _count || second.Length != _count)
        {
            throw new ArgumentException($"{first.Length} and {second.Length} slopes for {_count} parameters.", nameof(first));
        }

        // P Jᵀ: P is symmetric, so its rows are summed.
        Span<double> one = _gainFirst, two = _gainSecond;
        one.Clear();
        two.Clear();
        for (int row = 0; row < _count; row++)
        {
            ReadOnlySpan<double> line = _covariance.AsSpan(row * _count, _count);
            VectorRows.Add(one, line, first[row]);
            VectorRows.Add(two, line, second[row]);
        }

        double a = Dot(one, first) + (noise * noise), b = Dot(one, second), c = Dot(two, second) + (noise * noise);
        double determinant = (a * c) - (b * b);
        double x = ((c * firstError) - (b * secondError)) / determinant, y = ((a * secondError) - (b * firstError)) / determinant;
        double deviation = Math.Sqrt((x * firstError) + (y * secondError));
        double shrink = deviation > LargestDeviation ? LargestDeviation / deviation : 1;
        VectorRows.Add(_values, one, shrink * x);
        VectorRows.Add(_values, two, shrink * y);

        // P := (P - P Jᵀ S⁻¹ J P)/(1 - forgetting), then no variance above the prior's.
        double factor = 1 / (1 - forgetting);
        double aa = c / determinant, ab = -b / determinant, bb = a / determinant;
        for (int row = 0; row < _count; row++)
        {
            VectorRows.SubtractBoth(
                _covariance.AsSpan(row * _count, _count), one, two, (aa * one[row]) + (ab * two[row]), (ab * one[row]) + (bb * two[row]), factor);
        }

        if (forgetting > 0)
        {
            Limit();
        }
    }

    /// <summary>Rows and columns shrink together, so that the covariance stays one.</summary>
    private void Limit()
    {
        bool isAny = false;
        for (int row = 0; row < _count; row++)
        {
            double variance = _covariance[(row * _count) + row];
            _scale[row] = variance > _prior[row] ? Math.Sqrt(_prior[row] / variance) : 1;
            isAny |= _scale[row] < 1;
        }

        for (int row = 0; isAny && row < _count; row++)
        {
            VectorRows.Multiply(_covariance.AsSpan(row * _count, _count), _scale, _scale[row]);
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int index = 0; index < a.Length; index++)
        {
            sum += a[index] * b[index];
        }

        return sum;
    }
}
