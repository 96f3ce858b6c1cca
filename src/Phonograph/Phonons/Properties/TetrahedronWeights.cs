using System.Runtime.CompilerServices;

namespace Phonograph.Phonons.Properties;

/// <summary>
/// Share of each corner of a tetrahedron in the states below a frequency, for linear interpolation of frequency and of what is counted: eqs. B2 to B17 of
/// P. Blöchl, O. Jepsen, O. Andersen, Phys. Rev. B 49, 16223 (1994). The four shares sum to the part of the volume below the frequency.
/// </summary>
internal static class TetrahedronWeights
{
    /// <summary>Computes the shares.</summary>
    /// <param name="level">Frequency up to which states count.</param>
    /// <param name="corners">Frequencies of the corners, rising.</param>
    /// <param name="weights">The four shares.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Integrated(double level, ReadOnlySpan<double> corners, Span<double> weights)
    {
        (double e1, double e2, double e3, double e4) = (corners[0], corners[1], corners[2], corners[3]);
        if (level <= e1)
        {
            weights[..4].Clear();
        }
        else if (level >= e4)
        {
            weights[..4].Fill(0.25);
        }
        else if (level < e2)
        {
            double a = level - e1, c = a * a * a / (4 * (e2 - e1) * (e3 - e1) * (e4 - e1));
            weights[1] = c * a / (e2 - e1);
            weights[2] = c * a / (e3 - e1);
            weights[3] = c * a / (e4 - e1);
            weights[0] = (4 * c) - weights[1] - weights[2] - weights[3];
        }
        else if (level < e3)
        {
            (double a, double b, double d, double f) = (level - e1, level - e2, e3 - level, e4 - level);
            (double e31, double e32, double e41, double e42) = (e3 - e1, e3 - e2, e4 - e1, e4 - e2);
            double c1 = a * a / (4 * e41 * e31), c2 = a * b * d / (4 * e41 * e32 * e31), c3 = b * b * f / (4 * e42 * e32 * e41);
            weights[0] = c1 + ((c1 + c2) * d / e31) + ((c1 + c2 + c3) * f / e41);
            weights[1] = c1 + c2 + c3 + ((c2 + c3) * d / e32) + (c3 * f / e42);
            weights[2] = ((c1 + c2) * a / e31) + ((c2 + c3) * b / e32);
            weights[3] = ((c1 + c2 + c3) * a / e41) + (c3 * b / e42);
        }
        else
        {
            double f = e4 - level, c = f * f * f / (4 * (e4 - e1) * (e4 - e2) * (e4 - e3));
            (double w1, double w2, double w3) = (c * f / (e4 - e1), c * f / (e4 - e2), c * f / (e4 - e3));
            weights[0] = 0.25 - w1;
            weights[1] = 0.25 - w2;
            weights[2] = 0.25 - w3;
            weights[3] = 0.25 - (4 * c) + w1 + w2 + w3;
        }
    }
}
