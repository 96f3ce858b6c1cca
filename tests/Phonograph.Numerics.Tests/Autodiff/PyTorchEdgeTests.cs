using System.Text.Json;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Tests.Autodiff;

/// <summary>
/// Sums over edges beside PyTorch 1.13.0 with the formulas written out as PyTorch Geometric and the papers state them; how to make the numbers again:
/// <c>tests/reference/pytorch/README.md</c>.
/// </summary>
public sealed class PyTorchEdgeTests
{
    private static readonly JsonElement Reference = PyTorchNetwork<double>.Read("edges.json");
    private static readonly int Nodes = Reference.GetProperty("nodes").GetInt32(), Columns = Reference.GetProperty("columns").GetInt32(), Inputs = Reference.GetProperty("inputs").GetInt32();
    private readonly SparseRows<double> _edges = ReadEdges();
    private readonly Tape<double> _tape = new();

    [Fact]
    public void A_gated_sum_with_residual_is_CGConv_of_PyTorch_Geometric_on_the_same_weights()
    {
        JsonElement run = Reference.GetProperty("cgconv");
        Parameter<double> x = Leaf(run, "x", Nodes), e = Leaf(run, "e", _edges.EdgeCount);

        // PyG's one linear map of [x_i, x_j, e_ij] for each of gate and core, cut by columns and stacked by rows.
        (Parameter<double> target, Parameter<double> source, Parameter<double> edge) = (new("target", 2 * Columns, Columns), new("source", 2 * Columns, Columns), new("edge", 2 * Columns, Inputs));
        var bias = new Parameter<double>("bias", 1, 2 * Columns);
        Copy("leaves", toWeights: true);
        _tape.Begin(TapeMode.Training);
        Variable<double> sum = _tape.GatedSum(_tape.Linear(x, target, bias), _tape.Linear(x, source), _tape.Linear(e, edge), _edges);
        Compare(run, _tape.Add(x, sum), (x, "x"), (e, "e"));
        Copy("gradient", toWeights: false);

        void Copy(string kind, bool toWeights)
        {
            for (int half = 0; half < 2; half++)
            {
                string name = half == 0 ? "lin_f" : "lin_s";
                double[] weight = Numbers(run.GetProperty(kind).GetProperty(name + ".weight")), shift = Numbers(run.GetProperty(kind).GetProperty(name + ".bias"));
                int width = (2 * Columns) + Inputs, first = half * Columns;
                for (int row = 0; row < Columns; row++)
                {
                    Part(weight.AsSpan(row * width, Columns), target, first + row, Columns);
                    Part(weight.AsSpan((row * width) + Columns, Columns), source, first + row, Columns);
                    Part(weight.AsSpan((row * width) + (2 * Columns), Inputs), edge, first + row, Inputs);
                }

                Part(shift, bias, half, Columns);
            }

            void Part(ReadOnlySpan<double> expected, Parameter<double> parameter, int row, int length)
            {
                if (toWeights)
                {
                    expected.CopyTo(parameter.Value.Slice(row * length, length));
                }
                else
                {
                    Close(expected, parameter.Gradient.Slice(row * length, length));
                }
            }
        }
    }

    [Fact]
    public void A_filtered_sum_is_the_continuous_filter_convolution()
    {
        JsonElement run = Reference.GetProperty("filter");
        Parameter<double> x = Leaf(run, "x", Nodes), filter = Leaf(run, "filter", _edges.EdgeCount);
        _tape.Begin(TapeMode.Training);
        Compare(run, _tape.FilteredSum(x, _edges, filter, Constant(run, "factor", 1)), (x, "x"), (filter, "filter"));
    }

    [Fact]
    public void A_vector_message_is_that_of_PaiNN()
    {
        JsonElement run = Reference.GetProperty("vector");
        Parameter<double> a = Leaf(run, "a", _edges.EdgeCount), b = Leaf(run, "b", _edges.EdgeCount), p = Leaf(run, "p", Nodes), q = Leaf(run, "q", Nodes), v = Leaf(run, "v", 3 * Nodes);
        _tape.Begin(TapeMode.Training);
        Variable<double> output = _tape.VectorMessage(_edges, (Constant(run, "factor", 1), Constant(run, "direction", 3)), (a, b), (p, q), v);
        Compare(run, output, (a, "a"), (b, "b"), (p, "p"), (q, "q"), (v, "v"));
    }

    private static SparseRows<double> ReadEdges()
    {
        int[] target = [.. Reference.GetProperty("target").EnumerateArray().Select(each => each.GetInt32())];
        int[] start = [.. Enumerable.Range(0, Nodes + 1).Select(node => target.Count(each => each < node))];
        return new SparseRows<double>(start, Reference.GetProperty("source").EnumerateArray().Select(each => each.GetInt32()).ToArray(), new double[target.Length]);
    }

    private static double[] Numbers(JsonElement array) => PyTorchNetwork<double>.Values(array);

    private static Parameter<double> Leaf(JsonElement run, string name, int rows)
    {
        double[] values = Numbers(run.GetProperty("leaves").GetProperty(name));
        var parameter = new Parameter<double>(name, rows, values.Length / rows);
        values.CopyTo(parameter.Value);
        return parameter;
    }

    private static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], actual[index], 1e-11);
        }
    }

    private Variable<double> Constant(JsonElement run, string name, int columns) => _tape.Input(Numbers(run.GetProperty("constants").GetProperty(name)), _edges.EdgeCount, columns);

    private void Compare(JsonElement run, Variable<double> output, params (Parameter<double> Parameter, string Name)[] leaves)
    {
        Close(Numbers(run.GetProperty("output")), output.Value);
        _tape.Backward(_tape.Sum(_tape.Multiply(output, _tape.Input(Numbers(run.GetProperty("factors")), output.Rows, output.Columns))));
        foreach ((Parameter<double> parameter, string name) in leaves)
        {
            Close(Numbers(run.GetProperty("gradient").GetProperty(name)), parameter.Gradient);
        }
    }
}
