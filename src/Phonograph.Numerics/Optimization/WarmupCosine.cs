namespace Phonograph.Numerics.Optimization;

/// <summary>
/// Factor of the learning rate that rises linearly from 1/(warm-up + 1) to 1 and then falls along half a cosine to a floor
/// (I. Loshchilov, F. Hutter, ICLR 2017, arXiv 1608.03983, eq. (5), without restarts). Equal to PyTorch's <c>LinearLR</c> followed by
/// <c>CosineAnnealingLR</c>. A function of the step alone, so that a continued run needs no state.
/// </summary>
/// <param name="Warmup">Steps that rise.</param>
/// <param name="Total">All steps; the factor is the floor from there on.</param>
/// <param name="Floor">Last factor, 0 to 1.</param>
public readonly record struct WarmupCosine(long Warmup, long Total, double Floor = 0)
{
    /// <summary>Factor of a step.</summary>
    /// <param name="step">Number of the step, from 0.</param>
    public double Factor(long step)
    {
        if (step < Warmup)
        {
            return (step + 1.0) / (Warmup + 1.0);
        }

        return step >= Total ? Floor : Floor + ((1 - Floor) * (1 + Math.Cos(Math.PI * (step - Warmup) / (Total - Warmup))) / 2);
    }
}
