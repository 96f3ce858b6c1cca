using Phonograph.Learning;
using Phonograph.Learning.Training;

namespace Phonograph.Tests.Learning.Training;

public sealed class ShuffledLabelsTests
{
    [Fact]
    public void Every_label_is_kept_once_with_its_further_labels_and_the_graphs_stay()
    {
        TrainingData data = Data();
        TrainingData shuffled = ShuffledLabels.Of(data, 4);
        foreach ((IReadOnlyList<LabelledGraph> before, IReadOnlyList<LabelledGraph> after) in new (IReadOnlyList<LabelledGraph>, IReadOnlyList<LabelledGraph>)[] { (data.Training, shuffled.Training), (data.Validation, shuffled.Validation) })
        {
            Assert.Equal(before.Select(each => each.Configuration), after.Select(each => each.Configuration));
            Assert.All(before.Zip(after), pair => Assert.Same(pair.First.Graph, pair.Second.Graph));
            Assert.Equal(before.Select(each => (each.Target, each.FurtherTargets[0])).Order(), after.Select(each => (each.Target, each.FurtherTargets[0])).Order());
            Assert.NotEqual(before.Select(each => each.Target), after.Select(each => each.Target));
        }
    }

    [Fact]
    public void The_same_seed_deals_the_same_labels_another_seed_others_and_the_level_says_so()
    {
        TrainingData data = Data(), one = ShuffledLabels.Of(data, 4), two = ShuffledLabels.Of(data, 5);
        Assert.Equal(one.Training.Select(each => each.Target), ShuffledLabels.Of(data, 4).Training.Select(each => each.Target));
        Assert.NotEqual(one.Training.Select(each => each.Target), two.Training.Select(each => each.Target));
        Assert.Equal($"{data.Level}, labels shuffled with seed 4", one.Level);
        Assert.Equal(3, new[] { data, one, two }.Select(each => TrainingFingerprint.Of(each, new TrainingOptions())).Distinct().Count());
    }

    private static TrainingData Data()
    {
        TrainingData data = SyntheticCells.Data(training: 29, validation: 9);
        return data with { Training = Further(data.Training), Validation = Further(data.Validation) };

        static System.Collections.Immutable.ImmutableArray<LabelledGraph> Further(IEnumerable<LabelledGraph> graphs) => [.. graphs.Select(graph => graph with { FurtherTargets = [2 * graph.Target] })];
    }
}
