using System.Numerics;
using System.Text.Json;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Optimization;

namespace Phonograph.Numerics.Tests.Autodiff;

/// <summary>Numbers of PyTorch 1.13.0 in double precision; how to make them again: <c>tests/reference/pytorch/README.md</c>.</summary>
[Trait("Runs", "EveryVectorPath")]
public sealed class PyTorchNetworkTests
{
    [Theory]
    [InlineData("network-max.json")]
    [InlineData("network-mean.json")]
    public void Forward_and_gradients_in_double_precision_are_those_of_PyTorch(string file) => Compare<double>(file, 1e-10);

    [Theory]
    [InlineData("network-max.json")]
    [InlineData("network-mean.json")]
    public void Forward_and_gradients_in_single_precision_are_those_of_PyTorch(string file) => Compare<float>(file, 1e-5);

    [Theory]
    [InlineData("network-max.json")]
    [InlineData("network-mean.json")]
    public void Twenty_steps_of_training_follow_PyTorch(string file)
    {
        JsonElement reference = PyTorchNetwork<double>.Read(file);
        var network = new PyTorchNetwork<double>(reference);
        network.X.Frozen = true;
        var adam = new Adam<double>(network.Parameters, learningRate: 1e-3);
        var tape = new Tape<double>();
        foreach (JsonElement expected in reference.GetProperty("losses").EnumerateArray())
        {
            tape.Begin(TapeMode.Training);
            Variable<double> loss = network.Loss(tape, edgeWeightAsVariable: false);
            Assert.Equal(expected.GetDouble(), loss.Scalar, 1e-9);
            adam.ZeroGradients();
            tape.Backward(loss);
            adam.Step();
        }
    }

    private static void Compare<T>(string file, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        JsonElement reference = PyTorchNetwork<T>.Read(file);
        foreach (bool edgeWeightAsVariable in new[] { false, true })
        {
            var network = new PyTorchNetwork<T>(reference);
            var tape = new Tape<T>();
            tape.Begin(TapeMode.Training);
            AssertEqual(reference.GetProperty("prediction"), network.Predict(tape, edgeWeightAsVariable).Value, tolerance, "prediction");

            network = new PyTorchNetwork<T>(reference);
            tape.Begin(TapeMode.Training);
            Variable<T> loss = network.Loss(tape, edgeWeightAsVariable);
            tape.Backward(loss);
            Assert.Equal(reference.GetProperty("loss").GetDouble(), double.CreateChecked(loss.Scalar), tolerance);
            JsonElement gradients = reference.GetProperty("gradient");
            foreach (Parameter<T> parameter in network.Parameters)
            {
                AssertEqual(gradients.GetProperty(parameter.Name), parameter.Gradient, tolerance, parameter.Name);
            }

            AssertEqual(gradients.GetProperty("x"), network.X.Gradient, tolerance, "x");
            if (edgeWeightAsVariable)
            {
                AssertEqual(gradients.GetProperty("weight"), network.EdgeWeight.Gradient, tolerance, "edge weights");
            }

            for (int norm = 0; norm < 2; norm++)
            {
                JsonElement running = reference.GetProperty("running");
                AssertEqual(running.GetProperty($"norm{norm + 1}.running_mean"), network.Norms[norm].RunningMean, tolerance, "running mean");
                AssertEqual(running.GetProperty($"norm{norm + 1}.running_var"), network.Norms[norm].RunningVariance, tolerance, "running variance");
            }

            tape.BeginPrediction();
            AssertEqual(reference.GetProperty("evaluation"), network.Predict(tape, edgeWeightAsVariable).Value, tolerance, "evaluation");
        }
    }

    private static void AssertEqual<T>(JsonElement expected, ReadOnlySpan<T> actual, double tolerance, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.GetArrayLength(), actual.Length);
        int index = 0;
        foreach (JsonElement element in expected.EnumerateArray())
        {
            double value = element.GetDouble();
            double difference = Math.Abs(double.CreateChecked(actual[index]) - value);
            Assert.True(difference <= tolerance * Math.Max(1, Math.Abs(value)), $"{what}[{index}]: {actual[index]}, PyTorch {value:R}");
            index++;
        }
    }
}
