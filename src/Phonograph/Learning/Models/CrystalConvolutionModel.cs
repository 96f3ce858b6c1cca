using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Models;

/// <summary>
/// The crystal graph convolutional network (CGCNN; T. Xie, J. Grossman, Phys. Rev. Lett. 120, 145301 (2018), eq. (5)): messages are gated by both ends
/// and the length of an edge, which enters as Gaussians every 0.2 Å. The convolution is PyTorch Geometric's <c>CGConv</c> with batch normalisation of the sum.
/// A neighbour that crosses the cutoff makes the prediction jump.
/// </summary>
/// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
public sealed class CrystalConvolutionModel<T> : GraphNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Spacing = 0.2, Exponent = 1 / (Spacing * Spacing);
    private readonly int _functions;
    private readonly RowExpansion<T> _radial = (lengths, values, slopes) => RadialFunctions.Gaussians(lengths, Spacing, Exponent, values, slopes);
    private readonly Dense<T> _embedding;
    private readonly Convolution[] _convolutions;
    private readonly PredictionHead<T> _head;

    /// <summary>Builds a network with weights drawn from a seed as PyTorch draws them.</summary>
    /// <param name="options">Shape.</param>
    /// <param name="seed">Seed of the weights.</param>
    public CrystalConvolutionModel(NetworkOptions options, ulong seed)
        : base(options.Hidden, options.Dropout)
    {
        var draw = new WeightDraw(seed);
        _functions = (int)Math.Ceiling(options.CutoffAngstrom / Spacing) + 1;
        _embedding = Register(new Dense<T>("embedding", NodeFeatures.Count, Hidden, draw));
        _convolutions = [.. Enumerable.Range(1, options.Layers ?? GraphNetworks.DefaultLayers).Select(number => new Convolution(number, Hidden, _functions, draw))];
        foreach (Convolution each in _convolutions)
        {
            Register(each.Target);
            Register(each.Source);
            Register(each.Edge);
            Register(each.Normalization, $"bn{each.Number}");
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
        Variable<T> radial = Expanded(tape, batch, variables, _functions, _radial);
        Variable<T> x = _embedding.Forward(tape, Nodes(tape, batch, variables));
        foreach (Convolution each in _convolutions)
        {
            Variable<T> sum = tape.GatedSum(each.Target.Forward(tape, x), each.Source.Forward(tape, x), OnEdges(tape, batch, variables, Filter(tape, each.Edge, radial, variables)), batch.Edges, variables.Mask);
            x = tape.Softplus(tape.Add(x, tape.BatchNorm(sum, each.Normalization)));
        }

        return _head.Forward(tape, x, batch.NodeStart, HiddenFunction.Softplus, Output);
    }

    /// <summary>CGConv's linear map of (x_i, x_j, u_ij) to gate and core, cut into what depends on the target, the source and the edge.</summary>
    private sealed class Convolution(int number, int hidden, int functions, WeightDraw draw)
    {
        public int Number { get; } = number;

        public Dense<T> Target { get; } = new($"conv{number}.target", hidden, 2 * hidden, draw, fanIn: (2 * hidden) + functions);

        public Dense<T> Source { get; } = new($"conv{number}.source", hidden, 2 * hidden, draw, hasBias: false, fanIn: (2 * hidden) + functions);

        public Dense<T> Edge { get; } = new($"conv{number}.edge", functions, 2 * hidden, draw, hasBias: false, fanIn: (2 * hidden) + functions);

        public BatchNormalization<T> Normalization { get; } = new($"bn{number}", hidden);
    }
}
