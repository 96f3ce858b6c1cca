using System.Numerics;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Models;

/// <summary>
/// What layers make of the lengths of edges, kept from the first pass over a batch for the passes that follow: masks of one graph are learned in hundreds of passes in which no length and no weight changes. For weights that are frozen and passes that need no
/// gradient of lengths. The memory is used again for the next batch. A pass that finds everything kept has the same bits as one that computes it.
/// </summary>
/// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
public sealed class KeptLayers<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Tape<T> _memory = new();
    private readonly List<Variable<T>> _kept = [];
    private int _next;

    /// <summary>Forgets everything: the batch has changed.</summary>
    public void Clear()
    {
        _kept.Clear();
        _memory.BeginPrediction();
        _next = 0;
    }

    /// <summary>Begins a pass.</summary>
    internal void Rewind() => _next = 0;

    /// <summary>The next result, or null in the pass that computes it.</summary>
    internal Variable<T>? Next() => _next < _kept.Count ? _kept[_next++] : null;

    /// <summary>Keeps a result that <see cref="Next"/> did not have.</summary>
    internal Variable<T> Keep(Variable<T> computed)
    {
        Variable<T> kept = _memory.Input(computed.Rows, computed.Columns);
        computed.Value.CopyTo(kept.Value);
        _kept.Add(kept);
        _next = _kept.Count;
        return kept;
    }
}
