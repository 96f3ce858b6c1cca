using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Tests.Learning;

public sealed class MeanBaselineTests
{
    [Fact]
    public void The_mean_of_the_training_labels_is_predicted_for_everything()
    {
        ImmutableArray<LabelledGraph> cells = SyntheticCells.Many(1, 6);
        MeanBaseline baseline = MeanBaseline.Fit(cells);
        Assert.Equal(cells.Average(cell => cell.Target), baseline.Mean);
        ImmutableArray<Prediction> predictions = baseline.Predict(cells, "train");
        Assert.All(predictions, prediction => Assert.Equal(baseline.Mean, prediction.Predicted));
        Assert.Equal(0, ErrorMetrics.Of(predictions).RSquared, 1e-12);
        Assert.Throws<InputException>(() => MeanBaseline.Fit([]));
    }
}
