using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Explaining.Networks;

/// <summary>A prediction and its exact derivatives, in the unit u of the property (eV for a gap).</summary>
/// <param name="Prediction">The prediction, u.</param>
/// <param name="ByMessage">With respect to the factor of the message of each directed edge, at factor one, u.</param>
/// <param name="ByLength">With respect to the length of each directed edge with everything else held, its direction too, u/Å.</param>
/// <param name="ByPosition">
/// With respect to the Cartesian position of each atom (and all of its images with it), u/Å; the bonds of the graph stay. Networks without a smooth cutoff (<c>m1</c> to <c>m6</c>, <c>cgcnn</c>) jump where an atom
/// crosses the cutoff, which no derivative shows.
/// </param>
/// <param name="ByNodeFeature">With respect to each scaled node feature, shape [atoms, <see cref="NodeFeatures.Count"/>], u.</param>
public sealed record PredictionGradient(
    double Prediction, ImmutableArray<double> ByMessage, ImmutableArray<double> ByLength, ImmutableArray<Vector3D> ByPosition, ImmutableArray<double> ByNodeFeature)
{
    /// <summary>Computes the derivatives in one pass forwards and one backwards.</summary>
    /// <param name="pass">The model.</param>
    /// <param name="graph">A graph that knows its crystal, built with the options of the model.</param>
    public static PredictionGradient Of<T>(GraphPass<T> pass, CrystalGraph graph)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(graph);
        ImmutableArray<double> directions = EdgeDirections.Of(graph);
        pass.Load(graph, copies: 1);
        Tape<T> tape = pass.Tape;
        tape.Begin(TapeMode.Evaluation);
        (GraphVariables<T> variables, Variable<T> lengths) = Variables(pass, graph, directions);
        Variable<T> prediction = pass.Model.Forward(tape, pass.Batch, variables);
        tape.Backward(prediction);
        double[] byLength = Doubles(lengths.Gradient), byDirection = variables.Direction is { } direction ? Doubles(direction.Gradient) : [];
        return new PredictionGradient(
            double.CreateChecked(prediction.Scalar), [.. Doubles(variables.Mask!.Gradient)], [.. byLength], [.. Positions(graph, directions, byLength, byDirection)], [.. Doubles(variables.NodeFeatures!.Gradient)]);
    }

    /// <summary>Variables for everything that the network reads, each with a gradient.</summary>
    private static (GraphVariables<T> Variables, Variable<T> Lengths) Variables<T>(GraphPass<T> pass, CrystalGraph graph, ImmutableArray<double> directions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tape<T> tape = pass.Tape;
        Variable<T> mask = tape.Input(graph.EdgeCount, 1, requiresGradient: true), lengths = tape.Input(graph.EdgeCount, 1, requiresGradient: true);
        mask.Value.Fill(T.One);
        for (int edge = 0; edge < graph.EdgeCount; edge++)
        {
            lengths.Value[edge] = T.CreateChecked(graph.EdgeLengthAngstrom[edge]);
        }

        var variables = new GraphVariables<T>
        {
            Mask = mask,
            NodeFeatures = tape.Input(pass.Batch.NodeFeatures, graph.NodeCount, NodeFeatures.Count, requiresGradient: true),
        };
        if (pass.Model.Geometry == EdgeGeometry.ScaledLength)
        {
            (T offset, T slope) = pass.Model.LengthScale();
            return (variables with { ScaledLength = tape.Scale(lengths, slope, offset) }, lengths);
        }

        variables = variables with { Length = lengths };
        if (pass.Model.Geometry == EdgeGeometry.Direction)
        {
            Variable<T> direction = tape.Input(graph.EdgeCount, 3, requiresGradient: true);
            for (int index = 0; index < directions.Length; index++)
            {
                direction.Value[index] = T.CreateChecked(directions[index]);
            }

            variables = variables with { Direction = direction };
        }

        return (variables, lengths);
    }

    /// <summary>An edge v = d·r̂ from target to source turns d(prediction)/dd and d(prediction)/dr̂ into r̂·∂d + (1 - r̂r̂ᵀ)·∂r̂/d for its source, and the opposite for its target.</summary>
    private static Vector3D[] Positions(CrystalGraph graph, ImmutableArray<double> directions, double[] byLength, double[] byDirection)
    {
        var positions = new Vector3D[graph.NodeCount];
        for (int target = 0; target < graph.NodeCount; target++)
        {
            for (int edge = graph.EdgeStart[target]; edge < graph.EdgeStart[target + 1]; edge++)
            {
                var direction = new Vector3D(directions[3 * edge], directions[(3 * edge) + 1], directions[(3 * edge) + 2]);
                Vector3D along = byLength[edge] * direction;
                if (byDirection.Length > 0 && graph.EdgeLengthAngstrom[edge] > 0)
                {
                    var turning = new Vector3D(byDirection[3 * edge], byDirection[(3 * edge) + 1], byDirection[(3 * edge) + 2]);
                    along += (turning - (Vector3D.Dot(turning, direction) * direction)) / graph.EdgeLengthAngstrom[edge];
                }

                positions[graph.EdgeSource[edge]] += along;
                positions[target] -= along;
            }
        }

        return positions;
    }

    private static double[] Doubles<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var doubles = new double[values.Length];
        for (int index = 0; index < doubles.Length; index++)
        {
            doubles[index] = double.CreateChecked(values[index]);
        }

        return doubles;
    }
}
