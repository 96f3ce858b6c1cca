using Phonograph.Numerics.Autodiff;

namespace Phonograph.Numerics.Tests.Autodiff;

public sealed class DropoutTests
{
    [Fact]
    public void The_share_and_the_scale_are_those_asked_for()
    {
        const int Count = 200_000;
        foreach (double probability in new[] { 0.1, 0.5, 0.9 })
        {
            float[] result = Apply(Count, probability, seed: 1, step: 2, layer: 3);
            double dropped = result.Count(value => value == 0) / (double)Count;

            // Six standard deviations of a binomial share.
            Assert.Equal(probability, dropped, 6 * Math.Sqrt(probability * (1 - probability) / Count));
            Assert.All(result, value => Assert.True(value == 0 || value == (float)(1 / (1 - probability))));
        }
    }

    [Fact]
    public void Each_element_depends_on_seed_step_layer_and_place_only()
    {
        float[] mask = Apply(1001, 0.5, seed: 1, step: 2, layer: 3);
        Assert.Equal(mask, Apply(1001, 0.5, seed: 1, step: 2, layer: 3));
        Assert.Equal(mask[..998], Apply(998, 0.5, seed: 1, step: 2, layer: 3));
        foreach (float[] other in new[] { Apply(1001, 0.5, 9, 2, 3), Apply(1001, 0.5, 1, 9, 3), Apply(1001, 0.5, 1, 2, 9), Apply(1001, 0.5, 1, 2 + (1UL << 32), 3) })
        {
            int equal = mask.Zip(other).Count(pair => pair.First == pair.Second);
            Assert.InRange(equal, 400, 600);
        }
    }

    [Fact]
    public void Evaluation_and_probability_zero_leave_everything()
    {
        var tape = new Tape<double>();
        tape.Begin(TapeMode.Evaluation);
        Variable<double> x = tape.Input([1, 2, 3], 1, 3);
        Assert.Same(x, tape.Dropout(x, 0.9, layer: 0));
        tape.Begin(TapeMode.Training);
        x = tape.Input([1, 2, 3], 1, 3);
        Assert.Same(x, tape.Dropout(x, 0, layer: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Dropout(x, 1, layer: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Dropout(x, double.NaN, layer: 0));
    }

    private static float[] Apply(int count, double probability, ulong seed, ulong step, int layer)
    {
        var tape = new Tape<float>();
        tape.Begin(TapeMode.Training, seed, step);
        Variable<float> x = tape.Input(1, count);
        x.Value.Fill(1);
        return tape.Dropout(x, probability, layer).Value.ToArray();
    }
}
