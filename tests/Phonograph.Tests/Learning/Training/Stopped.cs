using Phonograph.Execution;
using Phonograph.Learning;
using Phonograph.Learning.Training;

namespace Phonograph.Tests.Learning.Training;

/// <summary>A training that is stopped again and again and continues from its checkpoint.</summary>
internal static class Stopped
{
    public static TrainedModel Train(TrainingData data, TrainingOptions options, string checkpoint, int afterEpochs)
    {
        int stops = 0;
        while (true)
        {
            using var stop = new CancellationTokenSource();
            var progress = new ProgressListener(value =>
            {
                if (value.Done - value.DoneBefore >= afterEpochs)
                {
                    stop.Cancel();
                }
            });
            var run = new TrainingRun { CheckpointPath = checkpoint, CheckpointInterval = TimeSpan.Zero, Cancellation = stop.Token, Progress = progress };
            try
            {
                TrainedModel model = Trainer.Train(data, options, run);
                Assert.True(stops >= 2, "The training was not stopped often enough to test anything.");
                return model;
            }
            catch (OperationCanceledException)
            {
                stops++;
            }
        }
    }
}
