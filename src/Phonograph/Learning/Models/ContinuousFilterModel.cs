using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Models;

/// <summary>
/// An invariant network with continuous filters, of the class of SchNet (K. Schütt et al., J. Chem. Phys. 148, 241722 (2018), eq. (4) and figure 2): the
/// filter of a message is a function of the length of its edge, a sum of Gaussians through two layers, times a cosine that takes it to zero at the
/// cutoff. Nodes begin from the features of their element through a linear layer, and crystals are pooled instead of summed.
/// </summary>
/// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
public sealed class ContinuousFilterModel<T> : GraphNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Spacing = 0.2, Exponent = 1 / (2 * Spacing * Spacing);
    private readonly int _functions;
    private readonly RowExpansion<T> _radial, _smoothEnd;
    private readonly Dense<T> _embedding;
    private readonly Interaction[] _interactions;
    private readonly PredictionHead<T> _head;

    /// <summary>Builds a network with weights drawn from a seed as its authors draw them (X. Glorot, Y. Bengio, AISTATS 2010), biases zero.</summary>
    /// <param name="options">Shape.</param>
    /// <param name="seed">Seed of the weights.</param>
    public ContinuousFilterModel(NetworkOptions options, ulong seed)
        : base(options.Hidden, options.Dropout)
    {
        var draw = new WeightDraw(seed, isGlorot: true);
        double cutoff = options.CutoffAngstrom;
        _functions = (int)Math.Ceiling(cutoff / Spacing) + 1;
        _radial = (lengths, values, slopes) => RadialFunctions.Gaussians(lengths, Spacing, Exponent, values, slopes);
        _smoothEnd = (lengths, values, slopes) => RadialFunctions.CosineCutoff(lengths, cutoff, values, slopes);
        _embedding = Register(new Dense<T>("embedding", NodeFeatures.Count, Hidden, draw));
        _interactions = [.. Enumerable.Range(1, options.Layers ?? GraphNetworks.DefaultLayers).Select(number => new Interaction(number, Hidden, _functions, draw))];
        foreach (Dense<T> layer in _interactions.SelectMany(each => each.Layers))
        {
            Register(layer);
        }

        _head = Register(new PredictionHead<T>(Hidden, Hidden, options.Outputs, options.ReadOut ?? Pooling.Mean, Dropout, draw));
    }

    /// <inheritdoc/>
    public override EdgeGeometry Geometry => EdgeGeometry.Length;

    /// <inheritdoc/>
    public override OutputFunction Output => OutputFunction.Linear;

    /// <inheritdoc/>
    public override Variable<T> Forward(Tape<T> tape, GraphBatch<T> batch, GraphVariables<T> variables)
    {
        Variable<T> radial = Expanded(tape, batch, variables, _functions, _radial), factor = Factor(tape, batch, variables, _smoothEnd);
        Variable<T> x = _embedding.Forward(tape, Nodes(tape, batch, variables));
        foreach (Interaction each in _interactions)
        {
            Variable<T> filter = variables.Kept?.Next() ?? Kept(each.Filter2.Forward(tape, ShiftedSoftplus(tape, each.Filter1.Forward(tape, radial))), variables);
            Variable<T> sum = tape.FilteredSum(each.Inner.Forward(tape, x), batch.Edges, filter, factor, Rows(batch, variables));
            x = tape.Add(x, each.Outer2.Forward(tape, ShiftedSoftplus(tape, each.Outer1.Forward(tape, sum))));
        }

        return _head.Forward(tape, x, batch.NodeStart, HiddenFunction.Softplus, Output);
    }

    /// <summary>ln(½ + ½·eˣ), which is zero at zero.</summary>
    private static Variable<T> ShiftedSoftplus(Tape<T> tape, Variable<T> x) => tape.Scale(tape.Softplus(x), T.One, T.CreateChecked(-Math.Log(2)));

    private sealed class Interaction(int number, int hidden, int functions, WeightDraw draw)
    {
        public Dense<T> Filter1 { get; } = new($"interaction{number}.filter1", functions, hidden, draw);

        public Dense<T> Filter2 { get; } = new($"interaction{number}.filter2", hidden, hidden, draw);

        public Dense<T> Inner { get; } = new($"interaction{number}.inner", hidden, hidden, draw, hasBias: false);

        public Dense<T> Outer1 { get; } = new($"interaction{number}.outer1", hidden, hidden, draw);

        public Dense<T> Outer2 { get; } = new($"interaction{number}.outer2", hidden, hidden, draw);

        public IEnumerable<Dense<T>> Layers => [Filter1, Filter2, Inner, Outer1, Outer2];
    }
}
