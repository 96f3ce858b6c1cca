using System.Collections.Immutable;
using Phonograph.Datasets;

namespace Phonograph.Reporting.Explanations;

/// <summary>What the models of a study look at: explanations of its models by kind of training data, and of controls, on the same test cells.</summary>
/// <param name="Property">What the models predict.</param>
/// <param name="Method">How importance was measured, for sentences.</param>
/// <param name="Best">Kind of training data whose models have the lowest error over all test cells.</param>
/// <param name="PoorEpochs">Passes over the training cells after which the poor models were stopped; they have the training cells of <paramref name="Best"/>.</param>
/// <param name="Trainings">What was explained, on test cells of each kind and on both.</param>
/// <param name="Drawn">One test cell as the best models and the poor ones see it.</param>
/// <param name="DrawnCell">Which cell that is.</param>
public sealed record StudyExplanation(
    Property Property, string Method, string Best, int PoorEpochs, ImmutableArray<ExplainedTraining> Trainings, ImmutableArray<DrawnImportance> Drawn, string DrawnCell)
{
    /// <summary>Name of the models that were stopped after a few passes.</summary>
    public const string Poor = "poor";

    /// <summary>Name of the networks that were never trained.</summary>
    public const string Untrained = "untrained";

    /// <summary>Explanations on the test cells of all kinds together, models first, controls last.</summary>
    internal IEnumerable<ExplainedTraining> OnAll => Trainings.Where(training => training.TestedOn == Trainings[^1].TestedOn);
}

/// <summary>Explanations of the models of one kind of training data, one for each training draw, on one kind of test cells.</summary>
/// <param name="Name">Kind of training data, or <see cref="StudyExplanation.Poor"/> or <see cref="StudyExplanation.Untrained"/>.</param>
/// <param name="TestedOn">Kind of test cells that were explained.</param>
/// <param name="MeanAbsoluteError">Mean absolute error of the models on all test cells of that kind, mean over draws, in the unit of the property; NaN for untrained networks.</param>
/// <param name="Importance">The explanations; densities only for the test cells of all kinds together.</param>
public sealed record ExplainedTraining(string Name, string TestedOn, double MeanAbsoluteError, ImportanceSeries Importance)
{
    internal bool IsControl => Name is StudyExplanation.Poor or StudyExplanation.Untrained;
}
