namespace Phonograph.Learning.Models;

/// <summary>Last function of a model; its value is the target scaled to [0, 1] over the training data.</summary>
public enum OutputFunction
{
    /// <summary>1 / (1 + e^-x): cannot leave the range of the training targets, and saturates at its ends.</summary>
    Sigmoid,

    /// <summary>max(x, 0): cannot fall below the smallest training target.</summary>
    Relu,

    /// <summary>The number itself.</summary>
    Linear,
}
