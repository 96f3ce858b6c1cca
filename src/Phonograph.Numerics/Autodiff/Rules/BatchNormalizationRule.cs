using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>
/// y = f(γ·(x - μ)/√(σ² + ε) + β) per column, f the activation. Training: μ and σ² (biased) are those of the batch (S. Ioffe, C. Szegedy, ICML
/// 2015, arXiv 1502.03167, algorithm 1), and the running statistics move by the momentum towards them (σ² unbiased, as PyTorch does).
/// Backward, with x̂ = (x - μ)/√(σ² + ε) and g = dy·f': dβ = Σ g, dγ = Σ g·x̂, dx = γ/√(σ² + ε)·(g - dβ/n - x̂·dγ/n); in evaluation the two last terms are
/// absent. Saved: x, and μ, 1/√(σ² + ε), γ/√(σ² + ε), β per column.
/// </summary>
internal sealed unsafe class BatchNormalizationRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;
    private BatchNormalization<T> _layer = null!;
    private Variable<T> _columns = null!;
    private Normalisation<T> _pass;
    private bool _batchStatistics;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, BatchNormalization<T> layer, Activation activation)
    {
        (_x, _layer) = (x, layer);
        _batchStatistics = tape.Mode == TapeMode.Training;
        int columns = x.Columns;
        Output = tape.Rent(x.Rows, columns, tape.Requires(x, layer.Scale, layer.Shift));
        _columns = tape.Rent(4, columns, requiresGradient: false);
        Span<T> mean = _columns.Value[..columns];
        Span<T> inverse = _columns.Value[columns..(2 * columns)];
        Span<T> factor = _columns.Value[(2 * columns)..(3 * columns)];
        Span<T> shift = _columns.Value[(3 * columns)..];
        if (_batchStatistics)
        {
            ColumnStatistics<T>.Compute(tape.Workspace, x.ValuePointer, _columns.ValuePointer, _columns.ValuePointer + columns, x.Rows, columns);
            FollowBatch(mean, inverse);
        }
        else
        {
            layer.RunningMean.CopyTo(mean);
            layer.RunningVariance.CopyTo(inverse);
        }

        T epsilon = T.CreateChecked(layer.Epsilon);
        for (int c = 0; c < columns; c++)
        {
            inverse[c] = T.One / T.Sqrt(inverse[c] + epsilon);
            factor[c] = layer.Scale.Value[c] * inverse[c];
        }

        // A copy: the backward pass decides with it which elements the ReLU let through, even if the parameter has changed since.
        layer.Shift.Value.CopyTo(shift);
        _pass = new Normalisation<T>
        {
            X = x.ValuePointer,
            Y = Output.ValuePointer,
            Mean = _columns.ValuePointer,
            Factor = _columns.ValuePointer + (2 * columns),
            Shift = _columns.ValuePointer + (3 * columns),
            Rows = x.Rows,
            Columns = columns,
            Relu = activation == Activation.Relu,
            Kind = Normalisation<T>.Pass.Forward,
        };
        _pass.Run(tape.Pool);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        int columns = _x.Columns;
        Variable<T> sums = tape.Rent(_pass.BlockCount + 2, 2 * columns, requiresGradient: false);
        Span<T> total = sums.Value[..(2 * columns)];
        _pass.Y = Output.GradientPointer;
        _pass.Result = sums.ValuePointer + (4 * columns);
        _pass.Kind = Normalisation<T>.Pass.Sums;
        _pass.Run(tape.Pool);
        var sum = new PartialSum<T>
        {
            Partials = _pass.Result,
            Count = _pass.BlockCount,
            Length = 2 * columns,
            C = sums.ValuePointer,
            Rows = 1,
            Columns = 2 * columns,
        };
        sum.Execute(0, 0);
        Span<T> inverse = _columns.Value[columns..(2 * columns)];
        for (int c = 0; c < columns; c++)
        {
            total[columns + c] *= inverse[c];
        }

        Add(_layer.Shift, total[..columns]);
        Add(_layer.Scale, total[columns..]);
        if (_x.RequiresGradient)
        {
            InputGradient(tape, total, sums.Value[(2 * columns)..(4 * columns)]);
        }
    }

    private void InputGradient(Tape<T> tape, ReadOnlySpan<T> total, Span<T> terms)
    {
        int columns = _x.Columns;
        T share = _batchStatistics ? T.One / T.CreateChecked(_x.Rows) : T.Zero;
        for (int c = 0; c < columns; c++)
        {
            T scaled = share * _pass.Factor[c];
            terms[c] = scaled * total[c];
            terms[columns + c] = scaled * total[columns + c] * _columns.Value[columns + c];
        }

        fixed (T* offset = terms)
        {
            _pass.Offset = offset;
            _pass.Slope = offset + columns;
            _pass.Result = _x.WriteGradient(out bool accumulate);
            _pass.Accumulate = accumulate;
            _pass.Kind = Normalisation<T>.Pass.InputGradient;
            _pass.Run(tape.Pool);
        }
    }

    /// <summary>Turns the sums of squares into biased variances and moves the running statistics.</summary>
    private void FollowBatch(ReadOnlySpan<T> mean, Span<T> squares)
    {
        T momentum = T.CreateChecked(_layer.Momentum);
        T rest = T.CreateChecked(1 - _layer.Momentum);
        T count = T.CreateChecked(_x.Rows);
        Span<T> runningMean = _layer.RunningMean;
        Span<T> runningVariance = _layer.RunningVariance;
        for (int c = 0; c < squares.Length; c++)
        {
            runningMean[c] = (rest * runningMean[c]) + (momentum * mean[c]);
            runningVariance[c] = (rest * runningVariance[c]) + (momentum * (squares[c] / (count - T.One)));
            squares[c] /= count;
        }
    }

    private static void Add(Parameter<T> parameter, ReadOnlySpan<T> gradient)
    {
        if (!parameter.RequiresGradient)
        {
            return;
        }

        T* destination = parameter.WriteGradient(out bool accumulate);
        for (int c = 0; c < gradient.Length; c++)
        {
            destination[c] = accumulate ? destination[c] + gradient[c] : gradient[c];
        }
    }
}
