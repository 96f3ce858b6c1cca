using System.Diagnostics;
using System.Globalization;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Optimization;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Training;

/// <summary>
/// Trains a network: Adam or AdamW on the mean square error of the scaled targets, batches from a shuffle that seed and epoch decide, weights
/// (or their running average) kept from the epoch with the lowest validation loss. Data and options decide the weights to the last bit, whatever the number of threads
/// and however often the training was killed and continued.
/// </summary>
public static class Trainer
{
    private const ulong ShuffleStream = 0x7368_7566_0000_0000; // "shuf"

    /// <summary>Version of the program as model files state it.</summary>
    public static string ProgramVersion => Execution.ProgramVersion.Current;

    /// <summary>Trains, or continues from the checkpoint of an earlier run.</summary>
    /// <param name="data">Graphs and labels.</param>
    /// <param name="options">Settings.</param>
    /// <param name="run">Threads, checkpoint, progress; the defaults when null.</param>
    /// <exception cref="InputException">Options or labels cannot be used, or a checkpoint belongs to another training.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer a finite number.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the checkpoint holds all passes done.</exception>
    public static TrainedModel Train(TrainingData data, TrainingOptions options, TrainingRun? run = null)
    {
        run ??= new TrainingRun();
        options.Validated();
        ArgumentOutOfRangeException.ThrowIfLessThan(run.StopAfterEpoch ?? 1, 1);
        if (data.Training.IsDefaultOrEmpty)
        {
            throw new InputException("There are no training configurations. Give at least two.");
        }

        var point = StartingPoint.Of(data, options, run);
        string fingerprint = TrainingFingerprint.Of(data, options);
        var state = new TrainingState(options, point.Network);
        EdgeGeometry geometry = state.Network.Geometry;
        ScaledGraphs training = new(data.Training, point.Features, point.Terms, geometry), validation = new(data.Validation, point.Features, point.Terms, geometry);
        StartProvenance? start = data.Start is null ? null : Before(data.Start, validation, state.Network, run);
        if (run.CheckpointPath is not null && File.Exists(run.CheckpointPath))
        {
            state.Read(run.CheckpointPath, fingerprint);
        }

        Loop(training, validation, state, options, run, fingerprint);
        state.ExchangeAverage();
        if (run.LastModelPath is not null)
        {
            ModelFile.Write(run.LastModelPath, Model(state.Epoch));
        }

        if (data.Validation.Length > 0)
        {
            state.RestoreBest();
        }

        return Model(data.Validation.Length > 0 ? state.BestEpoch : state.Epoch);

        TrainedModel Model(int epoch) => Described(data, options, point, state, fingerprint, epoch, start);
    }

    private static TrainedModel Described(
        TrainingData data, TrainingOptions options, StartingPoint point, TrainingState state, string fingerprint, int epoch, StartProvenance? start)
    {
        double? error = data.Validation.Length > 0 ? state.History[epoch - 1].ValidationMeanAbsoluteError : null;
        var provenance = new TrainingProvenance(
            options,
            TrainingProvenance.Kind(data.Training),
            [.. data.Training.Select(each => each.Configuration)],
            [.. data.Validation.Select(each => each.Configuration)],
            state.Epoch,
            epoch,
            error,
            fingerprint,
            ProgramVersion)
        {
            Start = start,
        };
        TargetScales scales = point.Terms.Scales;
        var description = new ModelDescription(
            data.Property, options.Model, options.Hidden, options.Dropout, data.Graph.CutoffAngstrom, data.Graph.Legacy, point.Features, scales.Targets[0], TrainingRange.Of(data.Training), data.Engine, data.Level, provenance)
        {
            Further = data.FurtherProperties.IsEmpty ? null : [.. data.FurtherProperties.Zip(scales.Targets.Skip(1), (property, target) => new FurtherTarget(property, target))],
            ConductionEdge = scales.ConductionEdge,
        };
        return new TrainedModel(description, state.Network, [.. state.History])
        {
            Cells = [.. data.Training.Concat(data.Validation).Select(each => GraphSignature.Of(each.Graph)), .. data.Start?.Model.Cells ?? []],
        };
    }

    /// <summary>What a start model is, and how well its weights do before the first step.</summary>
    private static StartProvenance Before(StartModel start, ScaledGraphs validation, GraphNetwork<float> network, TrainingRun run)
    {
        ModelDescription model = start.Model.Description;
        (double loss, double error) = validation.Count > 0 ? validation.Evaluate(network, new Tape<float>(run.Pool), new GraphBatch<float>()) : (double.NaN, double.NaN);
        return new StartProvenance(
            start.Sha256, model.Training.Fingerprint, model.Engine, model.Level, model.Training.TrainingSize, double.IsFinite(loss) ? loss : null, double.IsFinite(error) ? error : null);
    }

    private static void Loop(ScaledGraphs training, ScaledGraphs validation, TrainingState state, TrainingOptions options, TrainingRun run, string fingerprint)
    {
        int steps = ((training.Count - 1) / options.BatchSize) + 1;
        if ((training.Count / steps) * training.SmallestNodeCount < 2)
        {
            throw new InputException("A training step would hold a single atom, which has no statistics for batch normalisation. Use a larger batch or larger cells.");
        }

        // A tape keeps the memory of its last pass: one for training and one for validation meet the same operations every time.
        var pass = new Pass(training, steps, new Tape<float>(run.Pool), state, options);
        var validationTape = new Tape<float>(run.Pool);
        var validationBatch = new GraphBatch<float>();
        int before = state.Epoch;
        long written = Stopwatch.GetTimestamp();
        while (!IsFinished(state, options, validation.Count > 0) && state.Epoch < (run.StopAfterEpoch ?? int.MaxValue))
        {
            (double loss, double rate) = pass.Run();
            state.ExchangeAverage();
            (double validationLoss, double error) = validation.Count > 0 ? validation.Evaluate(state.Network, validationTape, validationBatch) : (double.NaN, double.NaN);
            state.History.Add(new EpochRecord(state.Epoch + 1, loss, validationLoss, error, rate));
            if (!double.IsFinite(loss) || (validation.Count > 0 && !double.IsFinite(validationLoss)))
            {
                throw new TrainingDivergedException(state.Epoch, options.LearningRate);
            }

            Judge(state, validationLoss, options);
            state.ExchangeAverage();
            run.Progress?.Report(new WorkProgress("train", state.Epoch, options.Epochs, string.Create(CultureInfo.InvariantCulture, $"loss {loss:0.00000}, validation MAE {error:0.0000}"), before));
            run.Losses?.Report(state.History[^1]);
            bool isStopping = run.Cancellation.IsCancellationRequested;
            if (run.CheckpointPath is not null && (isStopping || Stopwatch.GetElapsedTime(written) >= run.CheckpointInterval))
            {
                state.Write(run.CheckpointPath, fingerprint);
                if (run.LogPath is not null)
                {
                    TrainingLog.Write(run.LogPath, state.History);
                }

                written = Stopwatch.GetTimestamp();
            }

            run.Cancellation.ThrowIfCancellationRequested();
        }

        if (run.CheckpointPath is not null && run.StopAfterEpoch is not null && state.Epoch > before)
        {
            state.Write(run.CheckpointPath, fingerprint);
        }

        if (run.LogPath is not null)
        {
            TrainingLog.Write(run.LogPath, state.History);
        }
    }

    /// <summary>Keeps the weights if they are the best so far, else reduces the learning rate when its patience is over.</summary>
    private static void Judge(TrainingState state, double validationLoss, TrainingOptions options)
    {
        bool isBest = validationLoss < state.Plateau.Best;
        double rate = state.Plateau.Observe(validationLoss, state.Optimizer.LearningRate);
        if (isBest)
        {
            state.KeepAsBest();
        }

        if (options.Schedule == LearningRateSchedule.ReduceOnPlateau)
        {
            state.Optimizer.LearningRate = rate;
        }
    }

    private static bool IsFinished(TrainingState state, TrainingOptions options, bool hasValidation) =>
        state.Epoch >= options.Epochs || (hasValidation && state.Epoch - state.BestEpoch >= options.Patience);

    /// <summary>One pass over the training data, cut into steps of nearly equal size.</summary>
    private sealed class Pass(ScaledGraphs training, int steps, Tape<float> tape, TrainingState state, TrainingOptions options)
    {
        private readonly int[] _order = new int[training.Count];
        private readonly float[] _targets = new float[training.Count * training.Terms.Count];
        private readonly GraphBatch<float> _batch = new();
        private readonly WarmupCosine? _rate = options.Schedule == LearningRateSchedule.WarmupCosine ? new((long)options.WarmupEpochs * steps, (long)options.Epochs * steps) : null;

        /// <summary>Mean loss of the pass, and the learning rate of its first step.</summary>
        public (double Loss, double LearningRate) Run()
        {
            double first = Rate();
            for (int place = 0; place < _order.Length; place++)
            {
                _order[place] = place;
            }

            new Philox(options.Seed, ShuffleStream + (ulong)state.Epoch).Shuffle<int>(_order);
            training.Targets(_order, _targets);
            double sum = 0;
            for (int step = 0; step < steps; step++)
            {
                int begin = (int)((long)step * _order.Length / steps), end = (int)((long)(step + 1) * _order.Length / steps);
                // Where all but the head is frozen, its running statistics stay too: it works as in prediction.
                tape.Begin(options.Freeze ? TapeMode.Evaluation : TapeMode.Training, options.Seed, (ulong)state.Optimizer.StepCount);
                Variable<float> output = state.Network.Forward(tape, _batch.Pack(training.Graphs, _order.AsSpan(begin..end)));
                Variable<float> loss = tape.MeanSquaredError(training.Terms.Of(tape, output), _targets.AsSpan(begin * training.Terms.Count, (end - begin) * training.Terms.Count));
                state.Optimizer.ZeroGradients();
                tape.Backward(loss);
                if (options.GradientNormLimit > 0)
                {
                    GradientClipping.Clip(state.Optimizer.Parameters, options.GradientNormLimit);
                }

                state.Optimizer.LearningRate = Rate();
                state.Optimizer.Step();
                state.UpdateAverage();
                sum += loss.Scalar * (double)(end - begin);
            }

            return (sum / _order.Length, first);
        }

        private double Rate() => _rate is { } schedule ? options.LearningRate * schedule.Factor(state.Optimizer.StepCount) : state.Optimizer.LearningRate;
    }
}
