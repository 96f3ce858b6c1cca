namespace Phonograph.Numerics.Optimization;

/// <summary>Settings of <see cref="Adam{T}"/>; the defaults are those of the paper and of PyTorch.</summary>
/// <param name="Beta1">Decay of the first moment per step.</param>
/// <param name="Beta2">Decay of the second moment per step.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="WeightDecay">Weight decay; 0 for none.</param>
/// <param name="DecoupledWeightDecay">
/// False: the decay is added to the gradient (Adam with L2 penalty). True: it shrinks the weights directly (AdamW; I. Loshchilov, F. Hutter, ICLR 2019,
/// arXiv 1711.05101, algorithm 2).
/// </param>
public sealed record AdamOptions(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0, bool DecoupledWeightDecay = false);
