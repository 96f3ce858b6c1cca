using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Tuning;

/// <summary>Labelled cells that are to be compared as training data, already divided.</summary>
/// <param name="Name">Name in results.</param>
/// <param name="Division">Training, validation and test cells; the test cells are never looked at.</param>
/// <param name="Engine">Program that computed the labels.</param>
/// <param name="Level">Level of theory of the labels.</param>
public sealed record TuningSource(string Name, Split Division, string Engine, string Level);

/// <summary>One set of cells that settings are tuned for.</summary>
/// <param name="Name">Name in results.</param>
/// <param name="Data">Graphs and labels of its training and validation cells.</param>
public sealed record TuningSet(string Name, TrainingData Data)
{
    private const double TrainingShare = 0.7, ValidationShare = 0.15;

    /// <summary>
    /// Takes equally many training and equally many validation cells from every source, in the shares of their temperatures and widths. Test cells take no part: not
    /// even their graphs are built.
    /// </summary>
    /// <param name="sources">What is compared; names differ.</param>
    /// <param name="property">What is learned.</param>
    /// <param name="cells">Cells of each set, of which 70 % train, 15 % validate and 15 % stay for a test; null for as many as the smallest source has.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <param name="graph">How crystals become graphs.</param>
    /// <param name="progress">Told about graphs.</param>
    /// <param name="cancellation">Stops between graphs.</param>
    /// <exception cref="InputException">A source has fewer cells, or two have one name.</exception>
    public static ImmutableArray<TuningSet> Draw(
        IReadOnlyList<TuningSource> sources, Property property, int? cells, ulong seed, GraphOptions? graph = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.GroupBy(source => source.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputException($"Two sets of cells have the name '{twice.Key}'. Give each a name of its own.");
        }

        int training = cells is { } asked ? Share(asked, TrainingShare) : sources.Min(source => source.Division.Training.Length);
        int validation = cells is { } given ? Share(given, ValidationShare) : sources.Min(source => source.Division.Validation.Length);
        foreach (TuningSource source in sources)
        {
            if (training > source.Division.Training.Length || validation > source.Division.Validation.Length || training < 2 || validation < 1)
            {
                throw new InputException(
                    $"{(cells is null ? "The data" : $"--cells {cells}")}: needs {training} training and {validation} validation cells; '{source.Name}' has {source.Division.Training.Length} and {source.Division.Validation.Length}, and at least 2 and 1 are needed. Ask for {(training < 2 || validation < 1 ? "more" : "fewer")} cells, or give more.");
            }
        }

        return [.. sources.Select(Drawn)];

        TuningSet Drawn(TuningSource source)
        {
            ImmutableArray<LabelledConfiguration> train = Subset(source.Division.Training, training), validate = Subset(source.Division.Validation, validation);
            var graphs = GraphLibrary.Build([.. train, .. validate], graph, progress, cancellation);
            return new TuningSet(source.Name, new TrainingData(property, graphs.Of(train, property), graphs.Of(validate, property), graphs.Options, source.Engine, source.Level));
        }

        // In the order of the division: all of its cells train as `phonograph train` does, to the last bit.
        ImmutableArray<LabelledConfiguration> Subset(ImmutableArray<LabelledConfiguration> part, int count)
        {
            var chosen = new Split(part, [], []).TrainingSubset(count, seed).Select(cell => cell.Id).ToHashSet(StringComparer.Ordinal);
            return [.. part.Where(cell => chosen.Contains(cell.Id))];
        }
    }

    private static int Share(int cells, double share) => (int)Math.Round(share * cells, MidpointRounding.AwayFromZero);
}
