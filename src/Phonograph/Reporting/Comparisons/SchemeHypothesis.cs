namespace Phonograph.Reporting.Comparisons;

/// <summary>What a hypothesis about sampling schemes claims.</summary>
public enum SchemeHypothesisKind
{
    /// <summary>Models trained on the first scheme have the lower error than on the second.</summary>
    LowerError,

    /// <summary>A sum of errors of several schemes (<see cref="SchemeContrast"/>) is above zero.</summary>
    ContrastAboveZero,

    /// <summary>Fine-tuned models have at most a share of the error of those trained from scratch.</summary>
    FineTunedBelow,

    /// <summary>Two models put the schemes into the same order of errors.</summary>
    SameOrder,
}

/// <summary>Something about sampling schemes that was written down before the labels existed.</summary>
/// <param name="Name">Short name, for example <c>P1</c>.</param>
/// <param name="Claim">The sentence as it was written.</param>
/// <param name="Kind">What it claims.</param>
/// <param name="First">The scheme with the lower error; the formula of the sum; the first model. Empty for fine-tuning.</param>
/// <param name="Second">The scheme with the higher error; the second model. Else empty.</param>
/// <param name="TestedOn">Test set, for example <c>dynamics 300 K</c>.</param>
/// <param name="Share">Share of the error, for fine-tuning; else null.</param>
public sealed record SchemeHypothesis(string Name, string Claim, SchemeHypothesisKind Kind, string First, string Second, string TestedOn, double? Share);
