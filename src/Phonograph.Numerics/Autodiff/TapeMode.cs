namespace Phonograph.Numerics.Autodiff;

/// <summary>How batch normalisation and dropout behave.</summary>
public enum TapeMode
{
    /// <summary>Running statistics, no dropout: a prediction does not depend on the other graphs of its batch.</summary>
    Evaluation,

    /// <summary>Statistics of the batch, dropout active, running statistics renewed.</summary>
    Training,
}
