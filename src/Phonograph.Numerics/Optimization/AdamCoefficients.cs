using System.Numerics;

namespace Phonograph.Numerics.Optimization;

/// <summary>The numbers of one step of Adam that are the same for every element, and the step itself.</summary>
internal readonly record struct AdamCoefficients<T>(
    T Beta1, T Rest1, T Beta2, T Rest2, T StepSize, T InverseRoot, T Epsilon, T GradientDecay, T Shrink)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>p ← shrink·p - stepSize·m/(√v·inverseRoot + ε) after m and v took up the gradient; four spans of one length.</summary>
    internal void Apply(Span<T> value, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second)
    {
        int index = 0;
        for (; index <= value.Length - Vector<T>.Count; index += Vector<T>.Count)
        {
            var p = new Vector<T>(value[index..]);
            Vector<T> g = new Vector<T>(gradient[index..]) + (p * GradientDecay);
            Vector<T> m = (new Vector<T>(first[index..]) * Beta1) + (g * Rest1);
            Vector<T> v = (new Vector<T>(second[index..]) * Beta2) + (g * g * Rest2);
            Vector<T> root = (Vector.SquareRoot(v) * InverseRoot) + new Vector<T>(Epsilon);
            m.CopyTo(first[index..]);
            v.CopyTo(second[index..]);
            ((p * Shrink) - (m * StepSize / root)).CopyTo(value[index..]);
        }

        for (; index < value.Length; index++)
        {
            T g = gradient[index] + (value[index] * GradientDecay);
            first[index] = (first[index] * Beta1) + (g * Rest1);
            second[index] = (second[index] * Beta2) + (g * g * Rest2);
            T root = (T.Sqrt(second[index]) * InverseRoot) + Epsilon;
            value[index] = (value[index] * Shrink) - (first[index] * StepSize / root);
        }
    }
}
