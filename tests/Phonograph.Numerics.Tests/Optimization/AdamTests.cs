using System.Numerics;
using System.Text.Json;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Optimization;
using Phonograph.Numerics.Tests.Autodiff;

namespace Phonograph.Numerics.Tests.Optimization;

public sealed class AdamTests
{
    /// <summary>Numbers of PyTorch 1.13.0 in double precision; how to make them again: <c>tests/reference/pytorch/README.md</c>.</summary>
    [Fact]
    public void Twenty_steps_follow_PyTorch_with_and_without_weight_decay()
    {
        foreach (JsonElement run in PyTorchNetwork<double>.Read("adam.json").GetProperty("runs").EnumerateArray())
        {
            Follow<double>(run, 1e-13);
            Follow<float>(run, 1e-5);
        }
    }

    [Fact]
    public void A_run_continued_from_its_state_gives_the_same_bits()
    {
        Parameter<float> straight = SmallGraphs.Matrix<float>("p", 3, 7, seed: 1), first = SmallGraphs.Matrix<float>("p", 3, 7, seed: 1);
        var straightAdam = new Adam<float>([straight], learningRate: 0.01);
        var firstAdam = new Adam<float>([first], learningRate: 0.01);
        Steps(straight, straightAdam, 0, 10);
        Steps(first, firstAdam, 0, 4);

        var second = new Parameter<float>("p", 3, 7);
        first.Value.CopyTo(second.Value);
        var secondAdam = new Adam<float>([second], learningRate: 0.01);
        firstAdam.FirstMoment(0).CopyTo(secondAdam.FirstMoment(0));
        firstAdam.SecondMoment(0).CopyTo(secondAdam.SecondMoment(0));
        secondAdam.Resume(firstAdam.StepCount);
        Steps(second, secondAdam, 4, 10);
        Assert.Equal(straight.Value.ToArray(), second.Value.ToArray());

        static void Steps(Parameter<float> parameter, Adam<float> adam, int from, int to)
        {
            for (int step = from; step < to; step++)
            {
                adam.ZeroGradients();
                SmallGraphs.Matrix<float>("gradient", 3, 7, seed: 100 + (ulong)step).Value.CopyTo(parameter.Gradient);
                adam.Step();
            }
        }
    }

    [Fact]
    public void A_frozen_parameter_stays_as_it_is()
    {
        Parameter<double> frozen = SmallGraphs.Matrix<double>("frozen", 2, 3, seed: 1), free = SmallGraphs.Matrix<double>("free", 2, 3, seed: 2);
        double[] before = frozen.Value.ToArray();
        frozen.Frozen = true;
        var tape = new Tape<double>();
        var adam = new Adam<double>([frozen, free], learningRate: 0.1, new AdamOptions(WeightDecay: 0.5, DecoupledWeightDecay: true));
        tape.Begin(TapeMode.Training);
        tape.Backward(tape.Sum(tape.Multiply(frozen, free)));
        adam.Step();
        Assert.Equal(before, frozen.Value.ToArray());
        Assert.Equal(before, free.Gradient.ToArray());
    }

    [Theory]
    [InlineData(-1e-3, 0.9, 0.999, 0)]
    [InlineData(1e-3, 1.0, 0.999, 0)]
    [InlineData(1e-3, 0.9, -0.1, 0)]
    [InlineData(1e-3, 0.9, 0.999, -1)]
    public void Settings_out_of_range_are_refused(double learningRate, double beta1, double beta2, double decay) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam<float>([], learningRate, new AdamOptions(beta1, beta2, WeightDecay: decay)));

    private static void Follow<T>(JsonElement run, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        JsonElement settings = run.GetProperty("settings");
        double[] betas = settings.TryGetProperty("betas", out JsonElement pair) ? [pair[0].GetDouble(), pair[1].GetDouble()] : [0.9, 0.999];
        var options = new AdamOptions(
            betas[0],
            betas[1],
            settings.TryGetProperty("eps", out JsonElement epsilon) ? epsilon.GetDouble() : 1e-8,
            settings.TryGetProperty("weight_decay", out JsonElement decay) ? decay.GetDouble() : 0,
            DecoupledWeightDecay: run.GetProperty("kind").GetString() == "AdamW");

        // The same numbers several times over, so that registers and the rest behind them are both used.
        const int Copies = 5;
        T[] initial = PyTorchNetwork<T>.Values(run.GetProperty("initial"));
        var parameter = new Parameter<T>("p", Copies, initial.Length);
        var adam = new Adam<T>([parameter], settings.GetProperty("lr").GetDouble(), options);
        for (int copy = 0; copy < Copies; copy++)
        {
            initial.CopyTo(parameter.Value[(copy * initial.Length)..]);
        }

        for (int step = 0; step < 20; step++)
        {
            T[] gradient = PyTorchNetwork<T>.Values(run.GetProperty("gradients")[step]);
            T[] expected = PyTorchNetwork<T>.Values(run.GetProperty("values")[step]);
            for (int copy = 0; copy < Copies; copy++)
            {
                gradient.CopyTo(parameter.Gradient[(copy * initial.Length)..]);
            }

            adam.Step();
            for (int index = 0; index < parameter.Length; index++)
            {
                Assert.Equal(double.CreateChecked(expected[index % expected.Length]), double.CreateChecked(parameter.Value[index]), tolerance);
            }
        }
    }
}
