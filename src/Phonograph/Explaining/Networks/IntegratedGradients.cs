using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// Integrated gradients on edges (M. Sundararajan, A. Taly, Q. Yan, ICML 2017, arXiv 1703.01365, eq. (1)): the gradient integrated along the straight line from a baseline, times the way. The parts of all edges add up to
/// prediction minus prediction of the baseline; what the quadrature misses of that is said.
/// </summary>
/// <param name="Prediction">Prediction f(x), in the unit u of the property.</param>
/// <param name="Baseline">Prediction at the baseline, u.</param>
/// <param name="ByEdge">Part of each directed edge, u.</param>
public sealed record IntegratedGradients(double Prediction, double Baseline, ImmutableArray<double> ByEdge)
{
    /// <summary>Nodes and weights of Gauss and Lobatto's rule with four points on [0, 1]: its ends are those of the panel, so that each panel can be held against the change of the prediction over it.</summary>
    private static readonly (double Node, double Weight)[] Rule = [(0, 1 / 12.0), (0.5 - (Math.Sqrt(5) / 10), 5 / 12.0), (0.5 + (Math.Sqrt(5) / 10), 5 / 12.0), (1, 1 / 12.0)];

    private const int FirstPanels = 4;
    private const double NarrowestPanel = 1.0 / (1 << 16);

    /// <summary>Sum of the parts minus (prediction minus baseline), u: the error of the quadrature.</summary>
    public double Incompleteness => ByEdge.Sum() - (Prediction - Baseline);

    /// <summary>Integrates; where a panel of the way does not give the change of the prediction over it, it is halved.</summary>
    /// <param name="pass">The model.</param>
    /// <param name="graph">A graph built with the options of the model.</param>
    /// <param name="path">Where to begin.</param>
    /// <param name="tolerance">Error of the whole way to aim at, as a share of the range of the training labels.</param>
    public static IntegratedGradients Of<T>(GraphPass<T> pass, CrystalGraph graph, IntegrationPath path = IntegrationPath.Messages, double tolerance = 1e-3)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tolerance);
        GraphTensors<T> tensors = pass.Model.Tensors(graph);
        double[] parts = new double[graph.EdgeCount], part = new double[graph.EdgeCount];
        double allowed = tolerance * pass.Model.LabelRange, baseline = double.NaN, prediction = double.NaN;
        List<(double From, double To)> panels = [.. Enumerable.Range(0, FirstPanels).Select(panel => ((double)panel / FirstPanels, (panel + 1.0) / FirstPanels))];
        while (panels.Count > 0)
        {
            var halves = new List<(double From, double To)>();
            foreach ((double From, double To)[] together in panels.Chunk(Math.Max(1, GraphPass<T>.CopiesPerPass(tensors) / Rule.Length)))
            {
                pass.Load(tensors, together.Length * Rule.Length);
                pass.Tape.Begin(TapeMode.Evaluation);
                (GraphVariables<T> variables, Variable<T> moved) = At(pass, graph, path, [.. together.SelectMany(panel => Rule.Select(each => panel.From + (each.Node * (panel.To - panel.From))))]);
                Variable<T> outputs = pass.Model.Forward(pass.Tape, pass.Batch, variables);
                pass.Tape.Backward(pass.Tape.Sum(outputs));
                for (int panel = 0; panel < together.Length; panel++)
                {
                    (double from, double to) = together[panel];
                    double first = double.CreateChecked(outputs.Value[panel * Rule.Length]), last = double.CreateChecked(outputs.Value[(panel * Rule.Length) + Rule.Length - 1]);
                    baseline = from == 0 ? first : baseline;
                    prediction = to == 1 ? last : prediction;
                    Integrate(moved.Gradient.Slice(panel * Rule.Length * graph.EdgeCount, Rule.Length * graph.EdgeCount), graph, path, to - from, part);
                    if (Math.Abs(part.Sum() - (last - first)) > allowed * (to - from) && to - from > NarrowestPanel)
                    {
                        double middle = 0.5 * (from + to);
                        halves.AddRange([(from, middle), (middle, to)]);
                        continue;
                    }

                    for (int edge = 0; edge < parts.Length; edge++)
                    {
                        parts[edge] += part[edge];
                    }
                }
            }

            panels = halves;
        }

        return new IntegratedGradients(prediction, baseline, [.. parts]);
    }

    /// <summary>Part of each edge on one panel.</summary>
    private static void Integrate<T>(ReadOnlySpan<T> gradients, CrystalGraph graph, IntegrationPath path, double width, double[] part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int edge = 0; edge < part.Length; edge++)
        {
            double sum = 0;
            for (int point = 0; point < Rule.Length; point++)
            {
                sum += Rule[point].Weight * double.CreateChecked(gradients[(point * part.Length) + edge]);
            }

            part[edge] = sum * width * (path == IntegrationPath.Messages ? 1 : graph.EdgeLengthAngstrom[edge] - graph.CutoffAngstrom);
        }
    }

    /// <summary>Copies of the graph at places of the way, 0 the baseline and 1 the graph itself; and what moves.</summary>
    private static (GraphVariables<T> Variables, Variable<T> Moved) At<T>(GraphPass<T> pass, CrystalGraph graph, IntegrationPath path, double[] places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Variable<T> moved = pass.Tape.Input(places.Length * graph.EdgeCount, 1, requiresGradient: true);
        for (int copy = 0; copy < places.Length; copy++)
        {
            double share = places[copy];
            Span<T> values = moved.Value.Slice(copy * graph.EdgeCount, graph.EdgeCount);
            for (int edge = 0; edge < values.Length; edge++)
            {
                values[edge] = T.CreateChecked(path == IntegrationPath.Messages ? share : graph.CutoffAngstrom + (share * (graph.EdgeLengthAngstrom[edge] - graph.CutoffAngstrom)));
            }
        }

        if (path == IntegrationPath.Messages)
        {
            return (new GraphVariables<T> { Mask = moved }, moved);
        }

        if (pass.Model.Geometry != EdgeGeometry.ScaledLength)
        {
            return (new GraphVariables<T> { Length = moved }, moved);
        }

        (T offset, T slope) = pass.Model.LengthScale();
        return (new GraphVariables<T> { ScaledLength = pass.Tape.Scale(moved, slope, offset) }, moved);
    }
}
