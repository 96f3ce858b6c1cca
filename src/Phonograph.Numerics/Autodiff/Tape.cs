using System.Numerics;
using Phonograph.Numerics.Autodiff.Rules;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Autodiff;

/// <summary>
/// Records the operations of one forward pass and walks them backwards for gradients (reverse-mode differentiation; A. Griewank,
/// A. Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, section 3.2). Its memory is used again by the next pass: once every batch
/// size has been met, a step allocates nothing.
/// </summary>
/// <typeparam name="T"><see cref="float"/> (fast kernels) or <see cref="double"/> (plain kernels, for checks).</typeparam>
/// <remarks>
/// Every result is the same to the last bit for any number of threads. A tape is used by one thread at a time. Results of the same
/// operations can differ in the last bits between processors with different vector instructions.
/// </remarks>
public sealed partial class Tape<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<Variable<T>> _variables = [];
    private readonly List<Rule<T>> _rules = [];
    private int _variableCount;
    private int _ruleCount;

    /// <summary>Makes an empty tape.</summary>
    /// <param name="pool">Threads to work with; <see cref="WorkerPool.Shared"/> when omitted.</param>
    public Tape(WorkerPool? pool = null) => Workspace = new Workspace(pool ?? WorkerPool.Shared);

    /// <summary>How batch normalisation and dropout behave in this pass.</summary>
    public TapeMode Mode { get; private set; }

    /// <summary>Whether operations are recorded for a backward pass.</summary>
    public bool RecordsGradients { get; private set; } = true;

    /// <summary>Seed of dropout.</summary>
    public ulong Seed { get; private set; }

    /// <summary>Number of the training step; together with the seed it decides which elements dropout removes.</summary>
    public ulong Step { get; private set; }

    /// <summary>Threads that work for this tape.</summary>
    public WorkerPool Pool => Workspace.Pool;

    /// <summary>Scratch memory of the kernels.</summary>
    internal Workspace Workspace { get; }

    /// <summary>Forgets the pass before and starts a new one. Variables handed out before become invalid.</summary>
    /// <param name="mode">Training or evaluation.</param>
    /// <param name="seed">Seed of dropout; of no effect in evaluation.</param>
    /// <param name="step">Number of the training step; of no effect in evaluation.</param>
    /// <param name="recordGradients">Whether <see cref="Backward"/> will be called; false saves memory and time in prediction.</param>
    public void Begin(TapeMode mode, ulong seed = 0, ulong step = 0, bool recordGradients = true)
    {
        Mode = mode;
        Seed = seed;
        Step = step;
        RecordsGradients = recordGradients;
        _variableCount = 0;
        _ruleCount = 0;
    }

    /// <summary>Starts a new pass that only predicts: evaluation mode, nothing recorded.</summary>
    public void BeginPrediction() => Begin(TapeMode.Evaluation, recordGradients: false);

    /// <summary>A matrix of this pass for the caller to fill; its contents are undefined until then.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="requiresGradient">Whether the gradient with respect to it is wanted.</param>
    public Variable<T> Input(int rows, int columns, bool requiresGradient = false) => Rent(rows, columns, requiresGradient && RecordsGradients);

    /// <summary>A matrix of this pass with a copy of the given values.</summary>
    /// <param name="values">Values, row-major; length rows × columns.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="requiresGradient">Whether the gradient with respect to it is wanted.</param>
    /// <exception cref="ArgumentException">The length is not rows × columns.</exception>
    public Variable<T> Input(ReadOnlySpan<T> values, int rows, int columns, bool requiresGradient = false)
    {
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{rows} × {columns} values are needed, but there are {values.Length}.", nameof(values));
        }

        Variable<T> input = Input(rows, columns, requiresGradient);
        values.CopyTo(input.Value);
        return input;
    }

    /// <summary>Adds the gradient of a loss to every variable and parameter it depends on.</summary>
    /// <param name="loss">A 1 × 1 variable of this pass.</param>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The pass records no gradients, or nothing in it needs one.</exception>
    public void Backward(Variable<T> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Length != 1)
        {
            throw new ArgumentException($"A loss is one number; this variable is {loss.Rows} × {loss.Columns}.", nameof(loss));
        }

        if (!loss.RequiresGradient)
        {
            throw new InvalidOperationException("The loss depends on nothing that requires a gradient, or the pass was begun with recordGradients: false.");
        }

        loss.Gradient[0] = T.One;
        for (int index = _ruleCount - 1; index >= 0; index--)
        {
            if (_rules[index].Output.HasGradient)
            {
                _rules[index].Backward(this);
            }
        }
    }

    /// <summary>A variable of this pass, from the same place in the list as in the pass before, so that its memory fits.</summary>
    internal Variable<T> Rent(int rows, int columns, bool requiresGradient)
    {
        if (_variableCount == _variables.Count)
        {
            _variables.Add(new Variable<T>());
        }

        Variable<T> variable = _variables[_variableCount++];
        variable.Shape(rows, columns, requiresGradient);
        return variable;
    }

    /// <summary>The rule object for the next operation: the one of the pass before if the operation is of the same kind.</summary>
    internal TRule Next<TRule>()
        where TRule : Rule<T>, new()
    {
        if (_ruleCount < _rules.Count && _rules[_ruleCount] is TRule known)
        {
            _ruleCount++;
            return known;
        }

        var rule = new TRule();
        if (_ruleCount < _rules.Count)
        {
            _rules[_ruleCount] = rule;
        }
        else
        {
            _rules.Add(rule);
        }

        _ruleCount++;
        return rule;
    }
}
