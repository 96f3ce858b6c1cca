using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Optimization;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// Masks that keep a prediction with as few bonds as possible (GNNExplainer: R. Ying et al., NeurIPS 2019, arXiv 1903.03894, section 4, for a number in place of a class). A mask has one number m in [0, 1] for each undirected
/// bond, the factor of the messages both ways. It minimises ((f(m) - f(1))/range)² + a·mean(m) + b·mean(entropy(m)) by Adam on the logits of m, so that the penalties mean the same in small and large graphs. Many masks, each from its
/// own random start (<see cref="MaskStart"/>), are learned side by side.
/// </summary>
/// <param name="Prediction">Prediction of the whole graph, f(1), in the unit of the property.</param>
/// <param name="Masks">The masks, one number for each bond.</param>
/// <param name="MaskedPredictions">Prediction under each mask at the last step, f(m).</param>
public sealed record LearnedMask(double Prediction, ImmutableArray<ImmutableArray<double>> Masks, ImmutableArray<double> MaskedPredictions)
{
    /// <summary>Mean over the masks for each bond: 1 where all keep the bond, 0 where none does.</summary>
    public ImmutableArray<double> Mean() => [.. Enumerable.Range(0, Masks[0].Length).Select(bond => Masks.Average(mask => mask[bond]))];

    /// <summary>Loss of each mask at the last step, from its formula.</summary>
    /// <param name="range">Range of the training labels, in the unit of the property.</param>
    /// <param name="options">How the masks were learned.</param>
    public ImmutableArray<double> Losses(double range, MaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. Masks.Zip(MaskedPredictions, (mask, masked) => Math.Pow((masked - Prediction) / range, 2)
            + (mask.IsEmpty ? 0 : (options.SizePenalty * mask.Average()) + (options.EntropyPenalty * mask.Average(Entropy))))];
    }

    /// <summary>Learns masks.</summary>
    /// <param name="pass">The model.</param>
    /// <param name="graph">A graph built with the options of the model.</param>
    /// <param name="bonds">Its bonds.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static LearnedMask Of<T>(GraphPass<T> pass, CrystalGraph graph, BondList bonds, MaskOptions options, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(bonds);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        GraphTensors<T> tensors = pass.Model.Tensors(graph);
        double prediction = pass.Predict(graph);
        if (bonds.Count == 0)
        {
            return new LearnedMask(prediction, [.. Enumerable.Repeat(ImmutableArray<double>.Empty, options.Restarts)], [.. Enumerable.Repeat(prediction, options.Restarts)]);
        }

        var start = MaskStart.Of(graph, bonds);
        var masks = ImmutableArray.CreateBuilder<ImmutableArray<double>>(options.Restarts);
        var masked = ImmutableArray.CreateBuilder<double>(options.Restarts);
        for (int first = 0; first < options.Restarts; first += GraphPass<T>.CopiesPerPass(tensors))
        {
            int copies = Math.Min(options.Restarts - first, GraphPass<T>.CopiesPerPass(tensors));
            pass.Load(tensors, copies);
            var search = new Search<T>(pass, bonds, options, copies, T.CreateChecked(prediction));
            search.Begin(start, first);
            for (int epoch = 0; epoch < options.Epochs; epoch++)
            {
                cancellation.ThrowIfCancellationRequested();
                search.Step();
            }

            search.End(masks, masked);
        }

        return new LearnedMask(prediction, masks.MoveToImmutable(), masked.MoveToImmutable());
    }

    private static double Entropy(double m) => m is > 0 and < 1 ? -(m * Math.Log(m)) - ((1 - m) * Math.Log(1 - m)) : 0;

    /// <summary>Masks of as many copies of the graph as the pass holds. A step allocates nothing.</summary>
    private sealed class Search<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly GraphPass<T> _pass;
        private readonly BondList _bonds;
        private readonly MaskOptions _options;
        private readonly int _copies;
        private readonly Parameter<T> _logits;
        private readonly T[] _mask;
        private readonly T _target, _range;
        private readonly Adam<T> _adam;

        public Search(GraphPass<T> pass, BondList bonds, MaskOptions options, int copies, T target)
        {
            (_pass, _bonds, _options, _copies) = (pass, bonds, options, copies);
            _logits = new Parameter<T>("mask", copies, bonds.Count);
            _mask = new T[_logits.Length];
            (_target, _range) = (target, T.CreateChecked(pass.Model.LabelRange));
            _adam = new Adam<T>([_logits], options.LearningRate);
        }

        public void Begin(MaskStart start, int firstRestart)
        {
            for (int copy = 0; copy < _copies; copy++)
            {
                ImmutableArray<double> first = start.Logits(_options.Seed, firstRestart + copy);
                Span<T> logits = _logits.Value.Slice(copy * _bonds.Count, _bonds.Count);
                for (int bond = 0; bond < logits.Length; bond++)
                {
                    logits[bond] = T.CreateChecked(first[bond]);
                }
            }
        }

        public void Step()
        {
            _pass.Tape.Begin(TapeMode.Evaluation);
            Variable<T> edges = Edges(requiresGradient: true);
            Variable<T> output = _pass.Model.Forward(_pass.Tape, _pass.Batch, new GraphVariables<T> { Mask = edges, Kept = _pass.Kept });

            // A sum over masks, none of which meets another: each has the gradient of its own loss, to the last bit.
            Variable<T> change = _pass.Tape.Scale(output, T.One / _range, -_target / _range);
            _pass.Tape.Backward(_pass.Tape.Sum(_pass.Tape.Multiply(change, change)));
            LogitGradient(edges.Gradient, _logits.Gradient);
            _adam.Step();
        }

        public void End(ImmutableArray<ImmutableArray<double>>.Builder masks, ImmutableArray<double>.Builder masked)
        {
            _pass.Tape.BeginPrediction();
            Variable<T> edges = Edges(requiresGradient: false);
            ReadOnlySpan<T> outputs = _pass.Model.Forward(_pass.Tape, _pass.Batch, new GraphVariables<T> { Mask = edges, Kept = _pass.Kept }).Value;
            for (int copy = 0; copy < _copies; copy++)
            {
                masks.Add([.. _mask.Skip(copy * _bonds.Count).Take(_bonds.Count).Select(double.CreateChecked)]);
                masked.Add(double.CreateChecked(outputs[copy]));
            }
        }

        /// <summary>The mask m = σ(logit) of each bond, on both of its edges.</summary>
        private Variable<T> Edges(bool requiresGradient)
        {
            ReadOnlySpan<T> logits = _logits.Value;
            for (int index = 0; index < _mask.Length; index++)
            {
                _mask[index] = T.One / (T.One + T.Exp(-logits[index]));
            }

            ReadOnlySpan<int> bondOfEdge = _bonds.BondOfEdge.AsSpan();
            Variable<T> edges = _pass.Tape.Input(_copies * bondOfEdge.Length, 1, requiresGradient);
            for (int copy = 0; copy < _copies; copy++)
            {
                ReadOnlySpan<T> mask = _mask.AsSpan(copy * _bonds.Count, _bonds.Count);
                Span<T> to = edges.Value.Slice(copy * bondOfEdge.Length, bondOfEdge.Length);
                for (int edge = 0; edge < to.Length; edge++)
                {
                    to[edge] = mask[bondOfEdge[edge]];
                }
            }

            return edges;
        }

        /// <summary>dL/dlogit = m(1 - m)·(sum of dL/dm over both edges + (a - b·logit)/bonds): the entropy of σ(t) has the slope -t by σ.</summary>
        private void LogitGradient(ReadOnlySpan<T> edges, Span<T> gradient)
        {
            ReadOnlySpan<int> bondOfEdge = _bonds.BondOfEdge.AsSpan();
            ReadOnlySpan<T> logits = _logits.Value;
            T size = T.CreateChecked(_options.SizePenalty / _bonds.Count), entropy = T.CreateChecked(_options.EntropyPenalty / _bonds.Count);
            for (int index = 0; index < gradient.Length; index++)
            {
                gradient[index] = size - (entropy * logits[index]);
            }

            for (int copy = 0; copy < _copies; copy++)
            {
                ReadOnlySpan<T> from = edges.Slice(copy * bondOfEdge.Length, bondOfEdge.Length);
                Span<T> to = gradient.Slice(copy * _bonds.Count, _bonds.Count);
                for (int edge = 0; edge < from.Length; edge++)
                {
                    to[bondOfEdge[edge]] += from[edge];
                }
            }

            for (int index = 0; index < gradient.Length; index++)
            {
                gradient[index] *= _mask[index] * (T.One - _mask[index]);
            }
        }
    }
}
