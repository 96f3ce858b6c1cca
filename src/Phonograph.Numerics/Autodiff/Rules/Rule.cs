using System.Numerics;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>One recorded operation: what its backward pass needs. Rules are kept by the tape and used again in the next step.</summary>
internal abstract class Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Result of the operation.</summary>
    internal Variable<T> Output { get; set; } = null!;

    /// <summary>Adds to the gradients of the inputs what follows from the gradient of <see cref="Output"/>, which is complete by then.</summary>
    internal abstract void Backward(Tape<T> tape);
}
