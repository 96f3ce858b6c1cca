using System.Numerics;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Learning.Models;

/// <summary>
/// Message and update of PaiNN (arXiv 2102.03150, eq. (7) to (10)). The layers of three times the width of the paper stand here as three of its width. The last
/// update leaves the vectors out, which nothing reads.
/// </summary>
internal sealed class VectorInteraction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Added under the root of a norm, so that its slope is finite where symmetry makes a vector zero.</summary>
    private static readonly T NormEpsilon = T.CreateChecked(1e-8);

    private readonly Dense<T> _message, _scalar, _carried, _along, _scalarFilter, _carriedFilter, _alongFilter;
    private readonly Dense<T> _left, _right, _updateScalar, _updateNorm, _own, _product;
    private readonly Dense<T>? _vector;

    public VectorInteraction(int number, int hidden, int functions, bool isLast, WeightDraw draw)
    {
        string name = $"interaction{number}.";
        _message = Layer("message");
        (_scalar, _carried, _along) = (Layer("message_scalar"), Layer("message_carried"), Layer("message_along"));
        (_scalarFilter, _carriedFilter, _alongFilter) = (Filter("filter_scalar"), Filter("filter_carried"), Filter("filter_along"));
        (_left, _right) = (new Dense<T>(name + "left", hidden, hidden, draw, hasBias: false), new Dense<T>(name + "right", hidden, hidden, draw, hasBias: false));
        _updateScalar = new Dense<T>(name + "update_scalar", hidden, hidden, draw, fanIn: 2 * hidden);
        _updateNorm = new Dense<T>(name + "update_norm", hidden, hidden, draw, hasBias: false, fanIn: 2 * hidden);
        (_own, _product) = (Layer("update_own"), Layer("update_product"));
        _vector = isLast ? null : Layer("update_vector");

        Dense<T> Layer(string part) => new(name + part, hidden, hidden, draw);
        Dense<T> Filter(string part) => new(name + part, functions, hidden, draw);
    }

    public IEnumerable<Dense<T>> Layers =>
    [
        _message, _scalar, _carried, _along, _scalarFilter, _carriedFilter, _alongFilter, _left, _right, _updateScalar, _updateNorm, _own, _product,
        .. _vector is null ? (Dense<T>[])[] : [_vector],
    ];

    /// <summary>The three filters, functions of lengths alone.</summary>
    public (Variable<T> Scalar, Variable<T> Carried, Variable<T> Along) Filters(Tape<T> tape, Variable<T> radial, KeptLayers<T>? kept)
    {
        return (Filter(_scalarFilter), Filter(_carriedFilter), Filter(_alongFilter));

        Variable<T> Filter(Dense<T> layer) => kept is null ? layer.Forward(tape, radial) : kept.Next() ?? kept.Keep(layer.Forward(tape, radial));
    }

    public (Variable<T> Scalars, Variable<T> Vectors) Forward(
        Tape<T> tape,
        (SparseRows<T> All, SharedRows? FilterRows) edges,
        (Variable<T> Scalar, Variable<T> Carried, Variable<T> Along) filters,
        (Variable<T> Cutoff, Variable<T> Direction) geometry,
        Variable<T> scalars,
        Variable<T> vectors)
    {
        Variable<T> message = tape.Silu(_message.Forward(tape, scalars));
        Variable<T> received = tape.FilteredSum(_scalar.Forward(tape, message), edges.All, filters.Scalar, geometry.Cutoff, edges.FilterRows);
        Variable<T> pulled = tape.VectorMessage(
            edges.All,
            geometry,
            (filters.Carried, filters.Along),
            (_carried.Forward(tape, message), _along.Forward(tape, message)),
            vectors,
            edges.FilterRows);
        scalars = tape.Add(scalars, received);
        vectors = tape.Add(vectors, pulled);

        Variable<T> left = _left.Forward(tape, vectors), right = _right.Forward(tape, vectors);
        Variable<T> norm = tape.Root(tape.VectorDot(right, right), NormEpsilon);
        Variable<T> update = tape.Silu(tape.Add(_updateScalar.Forward(tape, scalars), _updateNorm.Forward(tape, norm)));
        scalars = tape.Add(scalars, tape.Add(_own.Forward(tape, update), tape.Multiply(_product.Forward(tape, update), tape.VectorDot(left, right))));
        return (scalars, _vector is null ? vectors : tape.Add(vectors, tape.VectorScale(_vector.Forward(tape, update), left)));
    }
}
