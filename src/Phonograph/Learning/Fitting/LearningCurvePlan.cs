using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Fitting;

/// <summary>
/// Accuracy against the number of training configurations. A repeat draws an order of the training configurations and starts from its own
/// weights; within a repeat the smaller sets are part of the larger ones. Validation and test sets are the same for all.
/// </summary>
/// <param name="Property">What is learned.</param>
/// <param name="TrainedOn">Name of the kind of training data, for example <c>phonon</c>.</param>
/// <param name="Split">Configurations; training and validation of the kind named, test of any kinds.</param>
/// <param name="Sizes">Numbers of training configurations, rising.</param>
/// <param name="Repeats">Number of repeats.</param>
/// <param name="Options">Settings; repeat r uses the seed of these plus r.</param>
public sealed record LearningCurvePlan(Property Property, string TrainedOn, Split Split, ImmutableArray<int> Sizes, int Repeats, TrainingOptions Options)
{
    /// <summary>The fits behind the curve: sizes outer, repeats inner.</summary>
    /// <param name="graphs">Graphs of all configurations of the split.</param>
    /// <param name="engine">Program that computed the labels.</param>
    /// <param name="level">Level of theory of the labels.</param>
    /// <exception cref="InputException">A size exceeds the training set, or there is no size or no repeat.</exception>
    public ImmutableArray<FitRequest> Requests(GraphLibrary graphs, string engine, string level)
    {
        if (Sizes.IsDefaultOrEmpty || Repeats < 1)
        {
            throw new InputException($"A learning curve needs at least one size and one repeat; given are {(Sizes.IsDefault ? 0 : Sizes.Length)} and {Repeats}.");
        }

        ImmutableArray<LabelledGraph> validation = graphs.Of(Split.Validation, Property), test = graphs.Of(Split.Test, Property);
        var requests = ImmutableArray.CreateBuilder<FitRequest>(Sizes.Length * Repeats);
        foreach (int size in Sizes)
        {
            for (int repeat = 0; repeat < Repeats; repeat++)
            {
                ulong seed = Options.Seed + (ulong)repeat;
                var data = new TrainingData(Property, graphs.Of(Split.TrainingSubset(size, seed), Property), validation, graphs.Options, engine, level);
                requests.Add(new FitRequest($"{Property.Key} {TrainedOn} {size} repeat {repeat + 1}", data, Options with { Seed = seed }, test));
            }
        }

        return requests.MoveToImmutable();
    }

    /// <summary>The measured curve, for each scheme among the test configurations and for all together.</summary>
    /// <param name="results">Results of <see cref="Requests"/>, in their order.</param>
    /// <param name="bootstrap">How intervals are computed; the defaults when null.</param>
    public ImmutableArray<LearningCurveMeasurement> Measure(IReadOnlyList<FitResult> results, BootstrapOptions? bootstrap = null)
    {
        if (results.Count != Sizes.Length * Repeats)
        {
            throw new ArgumentException($"{results.Count} results for {Sizes.Length} sizes and {Repeats} repeats.", nameof(results));
        }

        string[] schemes = [.. results[0].Test().Select(prediction => prediction.Scheme).Distinct().Order(StringComparer.Ordinal)];
        var points = ImmutableArray.CreateBuilder<LearningCurveMeasurement>();
        for (int size = 0; size < Sizes.Length; size++)
        {
            FitResult[] repeats = [.. results.Skip(size * Repeats).Take(Repeats)];
            foreach (string testedOn in schemes.Length > 1 ? schemes.Append(SchemeMetrics.Combined) : schemes)
            {
                IReadOnlyCollection<Prediction>[] draws = [.. repeats.Select(result => result.Test(testedOn == SchemeMetrics.Combined ? null : testedOn))];
                points.Add(new LearningCurveMeasurement(TrainedOn, testedOn, Sizes[size], Bootstrap.Of(draws, bootstrap), [.. draws.Select(ErrorMetrics.Of)]));
            }
        }

        return points.ToImmutable();
    }
}
