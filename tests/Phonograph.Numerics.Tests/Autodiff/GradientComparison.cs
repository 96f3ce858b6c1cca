using Phonograph.Numerics.Autodiff;

namespace Phonograph.Numerics.Tests.Autodiff;

/// <summary>Compares the gradients of a loss with central differences, in double precision.</summary>
internal static class GradientComparison
{
    private const double Displacement = 1e-5;

    /// <summary>
    /// Displaces every element of every parameter both ways. The loss is built anew each time, on the same tape and in the same mode.
    /// </summary>
    internal static void Verify(IReadOnlyList<Parameter<double>> parameters, Func<Tape<double>, Variable<double>> loss, TapeMode mode = TapeMode.Training, double tolerance = 1e-7)
    {
        var tape = new Tape<double>();
        foreach (Parameter<double> parameter in parameters)
        {
            parameter.ZeroGradient();
        }

        tape.Begin(mode, seed: 5, step: 3);
        tape.Backward(loss(tape));
        foreach (Parameter<double> parameter in parameters)
        {
            double[] gradient = parameter.Gradient.ToArray();
            Assert.Contains(gradient, element => element != 0);
            for (int index = 0; index < gradient.Length; index++)
            {
                double centre = parameter.Value[index];
                double up = Evaluate(centre + Displacement);
                double down = Evaluate(centre - Displacement);
                parameter.Value[index] = centre;
                double difference = (up - down) / (2 * Displacement);
                double scale = Math.Max(1, Math.Abs(difference));
                Assert.True(
                    Math.Abs(gradient[index] - difference) < tolerance * scale,
                    $"{parameter.Name}[{index}]: gradient {gradient[index]:R}, central difference {difference:R}");

                double Evaluate(double value)
                {
                    parameter.Value[index] = value;
                    tape.Begin(mode, seed: 5, step: 3, recordGradients: false);
                    return loss(tape).Scalar;
                }
            }
        }
    }
}
