using System.Numerics;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.Kernels;

[Trait("Runs", "EveryVectorPath")]
public sealed class SmoothFunctionsTests
{
    [Fact]
    public void The_exponential_is_right_to_a_few_units_in_the_last_place()
    {
        var random = new Philox(3, 0);
        for (int draw = 0; draw < 20_000; draw++)
        {
            double x = ((2 * random.NextDouble()) - 1) * 700, small = ((2 * random.NextDouble()) - 1) * 87;
            Assert.Equal(1, SmoothFunctions.Exponential(new Vector<double>(x))[0] / Math.Exp(x), 3e-15);
            float argument = (float)small;
            Assert.Equal(1, SmoothFunctions.Exponential(new Vector<float>(argument))[0] / Math.Exp(argument), 4e-7);
        }
    }

    [Fact]
    public void Softplus_and_sigmoid_are_right_also_far_from_zero()
    {
        for (double x = -800; x <= 800; x += 0.37)
        {
            double expected = Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
            Assert.Equal(expected, SmoothFunctions.Softplus(new Vector<double>(x))[0], 1e-15 * (1 + Math.Abs(x)));
            Assert.Equal(1 / (1 + Math.Exp(-x)), SmoothFunctions.Sigmoid(new Vector<double>(x))[0], 1e-15);
            Assert.Equal(1 / (1 + Math.Exp(-x)), SmoothFunctions.Sigmoid(new Vector<float>((float)x))[0], 1e-5 * 0.05);
        }

        // ln(1 + t) for a small t is t, and not what is left of it after one was added.
        Assert.Equal(1, SmoothFunctions.Softplus(new Vector<double>(-40))[0] / Math.Exp(-40), 1e-14);
    }

    [Fact]
    public void Not_a_number_stays_what_it_is()
    {
        Assert.True(float.IsNaN(SmoothFunctions.Exponential(new Vector<float>(float.NaN))[0]));
        Assert.True(double.IsNaN(SmoothFunctions.Softplus(new Vector<double>(double.NaN))[0]));
        Assert.Equal(0, SmoothFunctions.Sigmoid(new Vector<float>(float.NegativeInfinity))[0], 1e-30);
        Assert.Equal(1, SmoothFunctions.Sigmoid(new Vector<float>(float.PositiveInfinity))[0]);
    }
}
