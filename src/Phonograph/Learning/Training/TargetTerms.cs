using System.Numerics;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Training;

/// <summary>
/// What the loss compares: the mean over graphs and terms of the square of (prediction - label), each term on the scale of [0, 1] over the training labels. A
/// term is a property; with band edges there is one more, the conduction band minimum, so that both edges and the gap count alike. The gap is then a linear
/// function of two outputs: (R_c y_c + m_c - R_v y_v - m_v - m_g)/R_g with m and R minimum and range of the scales of conduction edge, valence edge and gap.
/// </summary>
public sealed class TargetTerms
{
    private readonly double _conduction, _valence, _offset;
    private readonly bool _hasEdges;
    private readonly int _gap, _valencePlace;

    /// <summary>Takes the scales.</summary>
    /// <param name="scales">What the outputs mean.</param>
    public TargetTerms(TargetScales scales)
    {
        ArgumentNullException.ThrowIfNull(scales);
        Scales = scales;
        _hasEdges = scales.ConductionEdge is not null;
        (_gap, _valencePlace) = (scales.GapPlace, scales.ValencePlace);
        if (scales.ConductionEdge is { } edge)
        {
            TargetNormalization gap = scales.Targets[_gap], valence = scales.Targets[_valencePlace];
            _conduction = edge.Range / gap.Range;
            _valence = -valence.Range / gap.Range;
            _offset = (edge.Minimum - valence.Minimum - gap.Minimum) / gap.Range;
        }
    }

    /// <summary>What the outputs mean.</summary>
    public TargetScales Scales { get; }

    /// <summary>Terms for each graph.</summary>
    public int Count => Scales.Count + (_hasEdges ? 1 : 0);

    /// <summary>Scaled labels of a graph, one for each term.</summary>
    /// <param name="graph">A graph with a label of each property.</param>
    /// <param name="destination">Filled; length <see cref="Count"/>.</param>
    public void Label(LabelledGraph graph, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(graph);
        for (int property = 0; property < Scales.Count; property++)
        {
            destination[property] = (float)Scales.Targets[property].Scale(graph.Label(property));
        }

        if (_hasEdges)
        {
            destination[Scales.Count] = (float)Scales.ScaledOutput(graph, _gap);
        }
    }

    /// <summary>One term from the outputs for a graph.</summary>
    /// <param name="outputs">Scaled outputs of the network.</param>
    /// <param name="term">Its place: that of a property, or after them the conduction band minimum.</param>
    public double Term(ReadOnlySpan<float> outputs, int term) =>
        !_hasEdges || (term != _gap && term < Scales.Count) ? outputs[term]
        : term == _gap ? (_conduction * outputs[_gap]) + (_valence * outputs[_valencePlace]) + _offset
        : outputs[_gap];

    /// <summary>All terms of a batch; the outputs themselves where each is a term.</summary>
    /// <param name="tape">Tape of the pass.</param>
    /// <param name="outputs">Shape [graphs, outputs].</param>
    /// <returns>Shape [graphs, terms].</returns>
    public Variable<T> Of<T>(Tape<T> tape, Variable<T> outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(outputs);
        if (!_hasEdges)
        {
            return outputs;
        }

        Variable<T> map = tape.Input(Count, Scales.Count), offset = tape.Input(1, Count);
        map.Value.Clear();
        offset.Value.Clear();
        for (int term = 0; term < Count; term++)
        {
            map.Value[(term * Scales.Count) + (term == Scales.Count ? _gap : term)] = T.One;
        }

        map.Value[(_gap * Scales.Count) + _gap] = T.CreateChecked(_conduction);
        map.Value[(_gap * Scales.Count) + _valencePlace] = T.CreateChecked(_valence);
        offset.Value[_gap] = T.CreateChecked(_offset);
        return tape.Linear(outputs, map, offset);
    }
}
