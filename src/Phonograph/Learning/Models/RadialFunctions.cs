using System.Numerics;
using System.Runtime.CompilerServices;

namespace Phonograph.Learning.Models;

/// <summary>Functions of the length of an edge, row by row into a matrix [edges, functions]; computed in double precision, with their derivatives where they are asked for.</summary>
public static class RadialFunctions
{
    /// <summary>Gaussians exp(-exponent·(d - k·spacing)²) for k = 0, 1, ...: one exponential for the nearest centre, the others follow by products.</summary>
    /// <param name="lengths">Lengths d, Å.</param>
    /// <param name="spacing">Distance of the centres, Å.</param>
    /// <param name="exponent">Factor of the squared distance, Å⁻².</param>
    /// <param name="values">Result, shape [lengths, functions]; their ratio is the number of functions.</param>
    /// <param name="slopes">Derivatives with respect to the length, Å⁻¹, same shape; empty for none.</param>
    public static void Gaussians<T>(ReadOnlySpan<T> lengths, double spacing, double exponent, Span<T> values, Span<T> slopes = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int functions = lengths.Length == 0 ? 0 : values.Length / lengths.Length;
        double bend = Math.Exp(-2 * exponent * spacing * spacing);
        for (int edge = 0; edge < lengths.Length; edge++)
        {
            Span<T> row = values.Slice(edge * functions, functions);
            double length = double.CreateChecked(lengths[edge]);
            int nearest = (int)Math.Clamp(Math.Round(length / spacing), 0, functions - 1);
            double offset = length - (nearest * spacing), top = Math.Exp(-exponent * offset * offset);
            row[nearest] = From<T>(top);
            double value = top, ratio = Math.Exp(exponent * spacing * ((2 * offset) - spacing));
            for (int k = nearest + 1; k < functions; k++, ratio *= bend)
            {
                value *= ratio;
                row[k] = From<T>(value);
            }

            (value, ratio) = (top, Math.Exp(-exponent * spacing * ((2 * offset) + spacing)));
            for (int k = nearest - 1; k >= 0; k--, ratio *= bend)
            {
                value *= ratio;
                row[k] = From<T>(value);
            }

            if (!slopes.IsEmpty)
            {
                for (int k = 0; k < functions; k++)
                {
                    slopes[(edge * functions) + k] = From<T>(-2 * exponent * (length - (k * spacing)) * double.CreateChecked(row[k]));
                }
            }
        }
    }

    /// <summary>sin(n·π·d/cutoff)/d for n = 1, 2, ... (J. Gasteiger, J. Groß, S. Günnemann, ICLR 2020, arXiv 2003.03123, eq. (7), without its constant).</summary>
    /// <param name="lengths">Lengths d, Å, positive; the limit is taken at zero.</param>
    /// <param name="cutoff">Where all functions vanish, Å.</param>
    /// <param name="values">Result, Å⁻¹, shape [lengths, functions]; their ratio is the number of functions.</param>
    /// <param name="slopes">Derivatives with respect to the length, Å⁻², same shape; empty for none.</param>
    public static void SphericalWaves<T>(ReadOnlySpan<T> lengths, double cutoff, Span<T> values, Span<T> slopes = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int functions = lengths.Length == 0 ? 0 : values.Length / lengths.Length;
        for (int edge = 0; edge < lengths.Length; edge++)
        {
            double length = Math.Max(double.CreateChecked(lengths[edge]), 1e-6), angle = Math.PI * length / cutoff;
            double twice = 2 * Math.Cos(angle), before = 0, sine = Math.Sin(angle);
            for (int n = 0; n < functions; n++)
            {
                values[(edge * functions) + n] = From<T>(sine / length);
                if (!slopes.IsEmpty)
                {
                    slopes[(edge * functions) + n] = From<T>((((n + 1) * Math.PI / cutoff * Math.Cos((n + 1) * angle)) - (sine / length)) / length);
                }

                (before, sine) = (sine, (twice * sine) - before);
            }
        }
    }

    /// <summary>½·(cos(π·d/cutoff) + 1) up to the cutoff and zero beyond: falls to zero with its slope.</summary>
    /// <param name="lengths">Lengths d, Å.</param>
    /// <param name="cutoff">Cutoff, Å.</param>
    /// <param name="values">Result, one for each length.</param>
    /// <param name="slopes">Derivatives with respect to the length, Å⁻¹; empty for none.</param>
    public static void CosineCutoff<T>(ReadOnlySpan<T> lengths, double cutoff, Span<T> values, Span<T> slopes = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int edge = 0; edge < lengths.Length; edge++)
        {
            double length = double.CreateChecked(lengths[edge]);
            values[edge] = length < cutoff ? From<T>(0.5 * (Math.Cos(Math.PI * length / cutoff) + 1)) : T.Zero;
            if (!slopes.IsEmpty)
            {
                slopes[edge] = length < cutoff ? From<T>(-0.5 * Math.PI / cutoff * Math.Sin(Math.PI * length / cutoff)) : T.Zero;
            }
        }
    }

    /// <summary>The number in the precision of the network. The library's conversion is a call that is not inlined, and there is one for each function of each edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T From<T>(double value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float) ? (T)(object)(float)value : T.CreateChecked(value);
}
