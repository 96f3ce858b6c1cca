using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Training;
using Phonograph.Tests.Learning.Training;

namespace Phonograph.Tests.Learning.Fitting;

public sealed class FitScheduleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("phonograph-fits-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Fits_side_by_side_equal_fits_in_turn_to_the_last_bit()
    {
        FitRequest[] requests = Requests(5);
        ImmutableArray<FitResult> inTurn = Run(requests, Cache("turn"), 1);
        ImmutableArray<FitResult> sideBySide = Run(requests, Cache("side"), 3);
        foreach ((FitResult first, FitResult second) in inTurn.Zip(sideBySide))
        {
            TrainerTests.AssertSameBits(first.Model, second.Model);
            Assert.Equal(first.Predictions, second.Predictions);
            Assert.Same(first.Request, second.Request);
        }
    }

    [Fact]
    public void What_was_trained_is_read_and_not_trained_again()
    {
        FitRequest[] requests = Requests(2);
        ImmutableArray<FitResult> first = Run(requests, Cache("cache"), 2);
        Assert.All(first, result => Assert.False(result.WasCached));
        ImmutableArray<FitResult> second = Run(requests, Cache("cache"), 2);
        Assert.All(second, result => Assert.True(result.WasCached));
        Assert.Equal(first.Select(result => result.Predictions.ToArray()), second.Select(result => result.Predictions.ToArray()));
        Assert.All(Directory.GetFiles(Path.Combine(_folder, "cache")), file => Assert.EndsWith(".safetensors", file, StringComparison.Ordinal));
    }

    [Fact]
    public void Other_labels_settings_or_graphs_are_another_fit()
    {
        FitRequest request = Requests(1)[0];
        LabelledGraph first = request.Data.Training[0];
        string[] fingerprints =
        [
            TrainingFingerprint.Of(request.Data, request.Options),
            TrainingFingerprint.Of(request.Data, request.Options with { Hidden = 9 }),
            TrainingFingerprint.Of(request.Data, request.Options with { Epochs = 5 }),
            TrainingFingerprint.Of(request.Data with { Level = "PBEsol" }, request.Options),
            TrainingFingerprint.Of(request.Data with { Training = request.Data.Training.SetItem(0, first with { Target = first.Target * (1 + 1e-15) }) }, request.Options),
            TrainingFingerprint.Of(request.Data with { Training = [.. request.Data.Training.Reverse()] }, request.Options),
            TrainingFingerprint.Of(request.Data with { Training = [], Validation = [.. request.Data.Training, .. request.Data.Validation] }, request.Options),
        ];
        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
        Assert.Equal(fingerprints[0], TrainingFingerprint.Of(Requests(1)[0].Data, request.Options));
    }

    [Fact]
    public void A_stopped_schedule_continues_with_the_same_bits()
    {
        FitRequest[] requests = Requests(4);
        ImmutableArray<FitResult> undisturbed = Run(requests, Cache("whole"), 2);
        ImmutableArray<FitResult>? continued = null;
        for (int stops = 0; continued is null; stops++)
        {
            using var stop = new CancellationTokenSource();
            long limit = 5 + (3 * stops);
            var listener = new ProgressListener(value =>
            {
                if (value.Done - value.DoneBefore >= limit)
                {
                    stop.Cancel();
                }
            });
            try
            {
                continued = FitSchedule.Run(requests, Cache("stopped"), sideBySide: 2, listener, stop.Token);
                Assert.True(stops >= 2, "The schedule was not stopped often enough to test anything.");
            }
            catch (OperationCanceledException)
            {
                Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder, "stopped")));
            }
        }

        Assert.Equal(undisturbed.Select(result => result.Predictions.ToArray()), continued.Value.Select(result => result.Predictions.ToArray()));
    }

    [Fact]
    public void Equal_requests_side_by_side_are_trained_once()
    {
        FitRequest request = Requests(1)[0];
        ImmutableArray<FitResult> results = Run([request, request, request], Cache("equal"), 3);
        Assert.Equal(1, results.Count(result => !result.WasCached));
        Assert.All(results, result => Assert.Equal(results[0].Predictions.ToArray(), result.Predictions.ToArray()));
    }

    [Fact]
    public void A_fit_that_cannot_be_done_stops_the_others_with_its_reason()
    {
        FitRequest[] requests = Requests(3);
        requests[1] = requests[1] with { Data = requests[1].Data with { Training = [] } };
        InputException error = Assert.Throws<InputException>(() => Run(requests, Cache("bad"), 2));
        Assert.Contains("no training", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_are_marked_with_their_sets_and_schemes()
    {
        FitRequest request = Requests(1)[0];
        FitResult result = Cache("marks").Fit(request);
        Assert.Equal(request.Data.Training.Length, result.Predictions.Count(prediction => prediction.Set == "train"));
        Assert.Equal(request.Data.Validation.Length, result.Predictions.Count(prediction => prediction.Set == "validation"));
        Assert.Equal(request.Test.Length, result.Test().Length);
        Assert.Equal(3, result.Test("random").Length);
        Assert.All(result.Test().Zip(request.Test), pair => Assert.Equal((pair.Second.Configuration, pair.Second.Target), (pair.First.Configuration, pair.First.Label)));
    }

    private static FitRequest[] Requests(int count) =>
    [
        .. Enumerable.Range(0, count).Select(index => new FitRequest(
            $"fit {index}",
            SyntheticCells.Data(training: 14 + index, validation: 4),
            new TrainingOptions { Hidden = 8, Epochs = 6, BatchSize = 8, Seed = (ulong)index },
            [.. SyntheticCells.Many(8000, 5), .. Enumerable.Range(0, 3).Select(cell => SyntheticCells.Labelled(8100 + (ulong)cell, scheme: "random"))])),
    ];

    private static ImmutableArray<FitResult> Run(FitRequest[] requests, FitCache cache, int sideBySide) =>
        FitSchedule.Run(requests, cache, sideBySide, progress: null, TestContext.Current.CancellationToken);

    private FitCache Cache(string name) => new(Path.Combine(_folder, name));
}
