using System.Text.Json;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Optimization;
using Phonograph.Numerics.Tests.Autodiff;

namespace Phonograph.Numerics.Tests.Optimization;

/// <summary>What surrounds the optimiser, beside numbers of PyTorch 1.13.0; how to make them again: <c>tests/reference/pytorch/README.md</c>.</summary>
public sealed class TrainingReferenceTests
{
    private static readonly JsonElement Reference = PyTorchNetwork<double>.Read("training.json");

    [Fact]
    public void Gradients_are_clipped_as_in_PyTorch()
    {
        foreach (JsonElement run in Reference.GetProperty("clipping").EnumerateArray())
        {
            Parameter<double>[] parameters = [new("a", 3, 4), new("b", 1, 5)];
            for (int index = 0; index < 2; index++)
            {
                PyTorchNetwork<double>.Values(run.GetProperty("before")[index]).CopyTo(parameters[index].Gradient);
            }

            double norm = GradientClipping.Clip(parameters, run.GetProperty("limit").GetDouble());
            Assert.Equal(run.GetProperty("norm").GetDouble(), norm, 1e-14 * norm);
            for (int index = 0; index < 2; index++)
            {
                Close(PyTorchNetwork<double>.Values(run.GetProperty("after")[index]), parameters[index].Gradient);
            }
        }
    }

    [Fact]
    public void A_frozen_parameter_neither_counts_nor_changes_when_gradients_are_clipped()
    {
        Parameter<float> free = new("free", 1, 2), frozen = new("frozen", 1, 2);
        new float[] { 3, 4 }.CopyTo(free.Gradient);
        frozen.Frozen = true;
        Assert.Equal(5, GradientClipping.Clip([frozen, free], 1));
        Assert.Equal(1, Math.Sqrt(free.Gradient.ToArray().Sum(element => (double)element * element)), 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.Clip([free], 0));
    }

    [Fact]
    public void Weights_are_averaged_as_in_PyTorch()
    {
        foreach (JsonElement run in Reference.GetProperty("average").EnumerateArray())
        {
            var average = new double[6];
            bool isFirst = true;
            foreach (JsonElement step in run.GetProperty("steps").EnumerateArray())
            {
                ExponentialAverage.Update<double>(average, PyTorchNetwork<double>.Values(step.GetProperty("weight")), run.GetProperty("decay").GetDouble(), isFirst);
                Close(PyTorchNetwork<double>.Values(step.GetProperty("average")), average);
                isFirst = false;
            }
        }
    }

    [Fact]
    public void The_learning_rate_warms_up_and_follows_the_cosine_of_PyTorch()
    {
        foreach (JsonElement run in Reference.GetProperty("cosine").EnumerateArray())
        {
            var schedule = new WarmupCosine(run.GetProperty("warmup").GetInt64(), run.GetProperty("total").GetInt64(), run.GetProperty("floor").GetDouble());
            double[] factors = PyTorchNetwork<double>.Values(run.GetProperty("factors"));
            for (int step = 0; step < factors.Length; step++)
            {
                Assert.Equal(factors[step], schedule.Factor(step), 1e-13);
            }

            Assert.Equal(schedule.Floor, schedule.Factor(schedule.Total));
        }
    }

    [Fact]
    public void The_learning_rate_falls_on_plateaus_as_in_PyTorch()
    {
        foreach (JsonElement run in Reference.GetProperty("plateau").EnumerateArray())
        {
            var schedule = new PlateauSchedule(run.GetProperty("factor").GetDouble(), run.GetProperty("patience").GetInt32());
            double rate = run.GetProperty("rate").GetDouble();
            double[] losses = PyTorchNetwork<double>.Values(run.GetProperty("losses")), rates = PyTorchNetwork<double>.Values(run.GetProperty("rates"));
            for (int epoch = 0; epoch < losses.Length; epoch++)
            {
                rate = schedule.Observe(losses[epoch], rate);
                Assert.Equal(rates[epoch], rate, 1e-14);
            }

            Assert.True(rate < 0.1, "The rate never fell, so nothing is tested.");
        }
    }

    private static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], actual[index], 1e-13);
        }
    }
}
