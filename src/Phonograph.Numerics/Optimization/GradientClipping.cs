using System.Numerics;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Numerics.Optimization;

/// <summary>
/// Shortens the gradient of all parameters together when its length exceeds a limit; its direction stays (R. Pascanu, T. Mikolov,
/// Y. Bengio, ICML 2013, arXiv 1211.5063, algorithm 1; the small number in the denominator as in PyTorch's <c>clip_grad_norm_</c>).
/// </summary>
public static class GradientClipping
{
    private const double Guard = 1e-6;

    /// <summary>Multiplies all gradients by min(1, limit/(norm + 1e-6)). Frozen parameters do not count.</summary>
    /// <param name="parameters">Parameters after a backward pass.</param>
    /// <param name="limit">Largest Euclidean norm over all gradients.</param>
    /// <returns>The norm before, added up in double precision in the order of the parameters.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public static double Clip<T>(IReadOnlyList<Parameter<T>> parameters, double limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        double squares = 0;
        for (int index = 0; index < parameters.Count; index++)
        {
            if (!parameters[index].Frozen)
            {
                foreach (T element in parameters[index].Gradient)
                {
                    double value = double.CreateChecked(element);
                    squares += value * value;
                }
            }
        }

        double norm = Math.Sqrt(squares);
        double factor = limit / (norm + Guard);
        if (factor < 1)
        {
            var scale = T.CreateChecked(factor);
            for (int index = 0; index < parameters.Count; index++)
            {
                if (!parameters[index].Frozen)
                {
                    foreach (ref T element in parameters[index].Gradient)
                    {
                        element *= scale;
                    }
                }
            }
        }

        return norm;
    }
}
