using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Tests.Autodiff;

/// <summary>The rules over edges with features and over vector features, each alone; columns that fill registers and columns that are left over.</summary>
[Trait("Runs", "EveryVectorPath")]
public sealed class EdgeRuleGradientTests
{
    private const int Nodes = 6, EdgeCount = 21, Columns = 11, Few = 8;
    private static readonly SparseRows<double> Edges = SmallGraphs.Edges<double>(Nodes, EdgeCount, seed: 5);
    private readonly Parameter<double> _x = SmallGraphs.Matrix<double>("x", Nodes, Columns, seed: 1), _y = SmallGraphs.Matrix<double>("y", Nodes, Columns, seed: 2);
    private readonly Parameter<double> _v = SmallGraphs.Matrix<double>("v", 3 * Nodes, Columns, seed: 3), _u = SmallGraphs.Matrix<double>("u", 3 * Nodes, Columns, seed: 4);
    private readonly Parameter<double> _a = SmallGraphs.Matrix<double>("a", EdgeCount, Columns, seed: 6), _b = SmallGraphs.Matrix<double>("b", EdgeCount, Columns, seed: 7);
    private readonly Parameter<double> _factor = SmallGraphs.Matrix<double>("factor", EdgeCount, 1, seed: 8), _direction = SmallGraphs.Matrix<double>("direction", EdgeCount, 3, seed: 9);

    public EdgeRuleGradientTests() => _factor.Frozen = _direction.Frozen = true;

    [Fact]
    public void Smooth_functions_have_the_gradients_of_central_differences()
    {
        Verify([_x], tape => tape.Silu(tape.Scale(_x, 3, 0)));
        Verify([_x], tape => tape.Softplus(tape.Scale(_x, 3, 0)));
        Verify([_x], tape => tape.Root(tape.Multiply(_x, _x), 0.01));
        Verify([_x], tape => tape.Add(tape.Multiply(tape.Silu(_x), tape.Softplus(_x)), _x));
    }

    [Fact]
    public void A_filtered_sum_has_the_gradients_of_central_differences()
    {
        Verify([_x, _a], tape => tape.FilteredSum(_x, Edges, _a, _factor));
        Verify([_x, _a], tape => tape.Add(tape.FilteredSum(_x, Edges, tape.Multiply(_a, _a), _factor), tape.FilteredSum(tape.Silu(_x), Edges, _a, _factor)));
    }

    [Fact]
    public void A_gated_sum_has_the_gradients_of_central_differences()
    {
        Parameter<double> target = SmallGraphs.Matrix<double>("target", Nodes, 2 * Columns, seed: 10), source = SmallGraphs.Matrix<double>("source", Nodes, 2 * Columns, seed: 11);
        Parameter<double> edge = SmallGraphs.Matrix<double>("edge", EdgeCount, 2 * Columns, seed: 12);
        Verify([target, source, edge], tape => tape.GatedSum(target, source, edge, Edges));
        Verify([target, edge], tape => tape.Add(tape.GatedSum(target, target, edge, Edges), tape.GatedSum(target, target, edge, Edges)));
        edge.Frozen = true;
        Verify([source], tape => tape.GatedSum(target, source, edge, Edges));
    }

    [Fact]
    public void A_vector_message_has_the_gradients_of_central_differences()
    {
        Verify([_a, _b, _x, _y, _v], tape => tape.VectorMessage(Edges, (_factor, _direction), (_a, _b), (_x, _y), _v));
        Verify([_a, _x, _v], tape => tape.VectorMessage(Edges, (_factor, _direction), (_a, _a), (_x, _x), tape.VectorScale(_x, _v)));
        _v.Frozen = true;
        Verify([_a, _x], tape => tape.VectorMessage(Edges, (_factor, _direction), (_a, _b), (_x, _y), _v));
    }

    [Fact]
    public void Edges_that_share_rows_of_filters_have_the_sums_and_the_gradients_of_rows_gathered_for_each()
    {
        SharedRows shared = SmallGraphs.Shared(EdgeCount, Few, seed: 16);
        Parameter<double> a = SmallGraphs.Matrix<double>("a", Few, Columns, seed: 17), b = SmallGraphs.Matrix<double>("b", Few, Columns, seed: 18);
        Verify([_x, a], tape => tape.Add(tape.FilteredSum(_x, Edges, a, _factor, shared), tape.FilteredSum(tape.Silu(_x), Edges, tape.Multiply(a, a), _factor, shared)));
        Verify([a, b, _x, _y, _v], tape => tape.Add(
            tape.VectorMessage(Edges, (_factor, _direction), (a, b), (_x, _y), _v, shared),
            tape.VectorMessage(Edges, (_factor, _direction), (b, b), (_y, _y), tape.VectorScale(_x, _v), shared)));
        _factor.Frozen = _direction.Frozen = false;
        Verify([_factor, a], tape => tape.FilteredSum(_x, Edges, a, _factor, shared));
        Verify([_factor, _direction, b], tape => tape.VectorMessage(Edges, (_factor, _direction), (a, b), (_x, _y), _v, shared));

        var tape = new Tape<double>();
        tape.BeginPrediction();
        Variable<double> gathered = tape.GatherRows(a, shared.OfEdge), other = tape.GatherRows(b, shared.OfEdge);
        Assert.Equal(tape.FilteredSum(_x, Edges, gathered, _factor).Value.ToArray(), tape.FilteredSum(_x, Edges, a, _factor, shared).Value.ToArray());
        Assert.Equal(
            tape.VectorMessage(Edges, (_factor, _direction), (gathered, other), (_x, _y), _v).Value.ToArray(),
            tape.VectorMessage(Edges, (_factor, _direction), (a, b), (_x, _y), _v, shared).Value.ToArray());
    }

    [Fact]
    public void Factors_and_directions_of_messages_have_the_gradients_of_central_differences()
    {
        Parameter<double> target = SmallGraphs.Matrix<double>("target", Nodes, 2 * Columns, seed: 10), source = SmallGraphs.Matrix<double>("source", Nodes, 2 * Columns, seed: 11);
        Parameter<double> edge = SmallGraphs.Matrix<double>("edge", EdgeCount, 2 * Columns, seed: 12);
        foreach (bool isAlone in new[] { true, false })
        {
            _factor.Frozen = _direction.Frozen = false;
            _x.Frozen = _a.Frozen = _y.Frozen = _b.Frozen = _v.Frozen = edge.Frozen = target.Frozen = source.Frozen = isAlone;
            Parameter<double>[] With(params Parameter<double>[] others) => isAlone ? [_factor] : [_factor, .. others];
            Verify(With(_x, _a), tape => tape.FilteredSum(_x, Edges, _a, tape.Multiply(_factor, _factor)));
            Verify(With(_x, _a), tape => tape.Add(tape.FilteredSum(_x, Edges, _a, _factor), tape.FilteredSum(_y, Edges, _a, _factor)));
            Verify(With(target, source, edge), tape => tape.GatedSum(target, source, edge, Edges, _factor));
            Verify(With(target, edge), tape => tape.Add(tape.GatedSum(target, target, edge, Edges, _factor), tape.GatedSum(target, target, edge, Edges, tape.Sigmoid(_factor))));
            Verify(With(_direction, _a, _b, _x, _y, _v), tape => tape.VectorMessage(Edges, (_factor, _direction), (_a, _b), (_x, _y), _v));
            Verify([_direction], tape => tape.Add(tape.VectorMessage(Edges, (_factor, _direction), (_a, _b), (_x, _y), _v), tape.VectorMessage(Edges, (_factor, _direction), (_b, _a), (_y, _x), _v)));
        }
    }

    [Fact]
    public void Factors_of_one_leave_a_gated_sum_as_it_is_and_a_factor_of_zero_takes_its_edge_out()
    {
        SparseRows<double> cut = SmallGraphs.Without(Edges, edge: 8);
        Parameter<double> wide = SmallGraphs.Matrix<double>("wide", Nodes, 2 * Columns, seed: 10), rows = SmallGraphs.Matrix<double>("rows", EdgeCount, 2 * Columns, seed: 12);
        var tape = new Tape<double>();
        tape.BeginPrediction();
        Variable<double> ones = tape.Input(EdgeCount, 1);
        ones.Value.Fill(1);
        Assert.Equal(tape.GatedSum(wide, wide, rows, Edges).Value.ToArray(), tape.GatedSum(wide, wide, rows, Edges, ones).Value.ToArray());
        ones.Value[8] = 0;
        Variable<double> fewer = tape.GatherRows(rows, [.. Enumerable.Range(0, EdgeCount).Where(edge => edge != 8)]);
        double[] expected = tape.GatedSum(wide, wide, fewer, cut).Value.ToArray(), actual = tape.GatedSum(wide, wide, rows, Edges, ones).Value.ToArray();
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Fact]
    public void Functions_of_one_number_per_row_have_the_gradients_of_central_differences()
    {
        Parameter<double> lengths = SmallGraphs.Matrix<double>("lengths", EdgeCount, 1, seed: 15);
        RowExpansion<double> powers = (x, values, slopes) =>
        {
            for (int index = 0; index < values.Length; index++)
            {
                (double at, int power) = (x[index / 3], 1 + (index % 3));
                values[index] = Math.Pow(at, power);
                if (!slopes.IsEmpty)
                {
                    slopes[index] = power * Math.Pow(at, power - 1);
                }
            }
        };
        Verify([lengths], tape => tape.Expand(lengths, 3, powers));
        Verify([lengths], tape => tape.Multiply(tape.Expand(lengths, 3, powers), tape.Silu(tape.Expand(tape.Scale(lengths, 2, 0.1), 3, powers))));
        Assert.ThrowsAny<ArgumentException>(() => new Tape<double>().Expand(_x, 3, powers));
    }

    [Fact]
    public void Products_of_vectors_have_the_gradients_of_central_differences()
    {
        Verify([_u, _v], tape => tape.VectorDot(_u, _v));
        Verify([_v], tape => tape.VectorDot(_v, _v));
        Verify([_x, _v], tape => tape.VectorScale(_x, _v));
        Verify([_x, _v], tape => tape.VectorDot(tape.VectorScale(_x, _v), tape.VectorScale(_x, _v)));
    }

    [Fact]
    public void Attention_has_the_gradients_of_central_differences()
    {
        int[] start = [0, 3, 4, 6];
        Parameter<double> score = SmallGraphs.Matrix<double>("score", Nodes, 1, seed: 13);
        Verify([_x, score], tape => tape.SegmentAttention(_x, score, start));
        Parameter<double> weight = SmallGraphs.Matrix<double>("weight", 1, Columns, seed: 14);
        Verify([_x, weight], tape => tape.SegmentAttention(_x, tape.Linear(_x, weight), start));
    }

    [Fact]
    public void Attention_with_equal_scores_is_the_mean_and_does_not_overflow()
    {
        int[] start = [0, 3, 4, 6];
        var tape = new Tape<double>();
        tape.BeginPrediction();
        double[] mean = tape.SegmentMean(_x, start).Value.ToArray();
        Variable<double> score = tape.Input(Nodes, 1);
        score.Value.Fill(2000);
        double[] attention = tape.SegmentAttention(_x, score, start).Value.ToArray();
        Assert.All(mean.Zip(attention), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit_of_sums_over_edges()
    {
        float[]? expected = null;
        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var pool = new WorkerPool(threads);
            float[] bits = Everything(pool);
            expected ??= bits;
            Assert.Equal(expected, bits);
            Assert.All(bits, number => Assert.True(float.IsFinite(number)));
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_by_sums_over_edges()
    {
        var tape = new Tape<double>();
        tape.Begin(TapeMode.Training);
        Assert.ThrowsAny<ArgumentException>(() => tape.FilteredSum(_v, Edges, _a, _factor));
        Assert.ThrowsAny<ArgumentException>(() => tape.FilteredSum(_x, Edges, _x, _factor));
        Assert.ThrowsAny<ArgumentException>(() => tape.FilteredSum(_x, Edges, _a, _direction));
        Assert.ThrowsAny<ArgumentException>(() => tape.FilteredSum(_x, Edges, _a, _factor, SmallGraphs.Shared(EdgeCount, Few, seed: 16)));
        Assert.ThrowsAny<ArgumentException>(() => tape.FilteredSum(_x, Edges, _a, _factor, SmallGraphs.Shared(EdgeCount - 1, EdgeCount, seed: 16)));
        Assert.ThrowsAny<ArgumentException>(() => tape.GatedSum(_x, _x, _a, Edges));
        Assert.ThrowsAny<ArgumentException>(() => tape.VectorMessage(Edges, (_factor, _factor), (_a, _b), (_x, _y), _v));
        Assert.ThrowsAny<ArgumentException>(() => tape.VectorMessage(Edges, (_factor, _direction), (_a, _b), (_x, _y), _x));
        Assert.ThrowsAny<ArgumentException>(() => tape.VectorDot(_x, _v));
        Assert.ThrowsAny<ArgumentException>(() => tape.VectorScale(_x, _x));
        Assert.ThrowsAny<ArgumentException>(() => tape.SegmentAttention(_x, _x, [0, 6]));
    }

    /// <summary>Outputs and gradients of every rule on a graph large enough that the kernels share their work.</summary>
    private static float[] Everything(WorkerPool pool)
    {
        const int Many = 900, Wide = 43, ManyEdges = 9000;
        SparseRows<float> edges = SmallGraphs.Edges<float>(Many, ManyEdges, seed: 31);
        Parameter<float> x = SmallGraphs.Matrix<float>("x", Many, Wide, seed: 32), v = SmallGraphs.Matrix<float>("v", 3 * Many, Wide, seed: 33);
        Parameter<float> a = SmallGraphs.Matrix<float>("a", ManyEdges, Wide, seed: 34), wide = SmallGraphs.Matrix<float>("wide", Many, 2 * Wide, seed: 35);
        Parameter<float> gates = SmallGraphs.Matrix<float>("gates", ManyEdges, 2 * Wide, seed: 36), score = SmallGraphs.Matrix<float>("score", Many, 1, seed: 37);
        Parameter<float> factor = SmallGraphs.Matrix<float>("factor", ManyEdges, 1, seed: 38), direction = SmallGraphs.Matrix<float>("direction", ManyEdges, 3, seed: 39);
        SharedRows shared = SmallGraphs.Shared(ManyEdges, ManyEdges / 2, seed: 40);
        Parameter<float> common = SmallGraphs.Matrix<float>("common", ManyEdges / 2, Wide, seed: 41);
        var tape = new Tape<float>(pool);
        tape.Begin(TapeMode.Training);
        Variable<float> vectors = tape.Add(tape.VectorMessage(edges, (factor, direction), (a, a), (x, x), v), tape.VectorMessage(edges, (factor, direction), (common, common), (x, x), v, shared));
        Variable<float> features = tape.Add(tape.FilteredSum(tape.Silu(x), edges, a, factor), tape.GatedSum(wide, wide, gates, edges, factor));
        features = tape.Add(features, tape.Add(tape.FilteredSum(x, edges, common, factor, shared), tape.FilteredSum(x, edges, tape.GatherRows(common, shared.OfEdge), factor)));
        features = tape.Add(features, tape.Root(tape.VectorDot(vectors, tape.VectorScale(tape.Softplus(x), vectors)), 1e9f));
        Variable<float> output = tape.SegmentAttention(features, score, [0, 100, 350, Many]);
        tape.Backward(tape.Sum(tape.Multiply(output, output)));
        return [.. output.Value.ToArray(), .. new[] { x, v, a, common, wide, gates, score, factor, direction }.SelectMany(parameter => parameter.Gradient.ToArray())];
    }

    private static void Verify(Parameter<double>[] parameters, Func<Tape<double>, Variable<double>> operation) =>
        GradientComparison.Verify(parameters, tape =>
        {
            Variable<double> result = operation(tape);
            Variable<double> weight = tape.Input(result.Rows, result.Columns);
            SmallGraphs.Matrix<double>("factors", result.Rows, result.Columns, seed: 99).Value.CopyTo(weight.Value);
            return tape.Sum(tape.Multiply(result, weight));
        });
}
