using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Training;

/// <summary>
/// Trains a network: Adam on the mean square error of the scaled target, batches from a shuffle that seed and epoch decide, weights kept
/// from the epoch with the lowest validation loss. Data and options decide the weights to the last bit, whatever the number of threads
/// and however often the training was killed and continued.
/// </summary>
public static class Trainer
{
    private const ulong ShuffleStream = 0x7368_7566_0000_0000; // "shuf"

    /// <summary>Version of the program as model files state it.</summary>
    public static string ProgramVersion { get; } =
        typeof(Trainer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>Trains, or continues from the checkpoint of an earlier run.</summary>
    /// <param name="data">Graphs and labels.</param>
    /// <param name="options">Settings.</param>
    /// <param name="run">Threads, checkpoint, progress; the defaults when null.</param>
    /// <exception cref="InputException">Options or labels cannot be used, a checkpoint belongs to another training, or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the checkpoint holds all passes done.</exception>
    public static TrainedModel Train(TrainingData data, TrainingOptions options, TrainingRun? run = null)
    {
        run ??= new TrainingRun();
        options.Validated();
        if (data.Training.IsDefaultOrEmpty)
        {
            throw new InputException("There are no training configurations. Give at least two.");
        }

        FeatureNormalization features = options.LegacyNormalization ? FeatureNormalization.Published : FeatureNormalization.Fit(data.Training.Select(each => each.Graph));
        IEnumerable<LabelledGraph> scaledBy = options.LegacyNormalization ? data.Training.Concat(data.Validation) : data.Training;
        var target = TargetNormalization.Fit(scaledBy.Select(each => each.Target));
        string fingerprint = TrainingFingerprint.Of(data, options);
        var state = new TrainingState(options);
        if (run.CheckpointPath is not null && File.Exists(run.CheckpointPath))
        {
            state.Read(run.CheckpointPath, fingerprint);
        }

        Loop(new ScaledGraphs(data.Training, features, target), new ScaledGraphs(data.Validation, features, target), target, state, options, run, fingerprint);
        if (data.Validation.Length > 0)
        {
            state.RestoreBest();
        }

        int best = data.Validation.Length > 0 ? state.BestEpoch : state.Epoch;
        double? error = data.Validation.Length > 0 ? state.History[best - 1].ValidationMeanAbsoluteError : null;
        var provenance = new TrainingProvenance(
            options,
            TrainingProvenance.Kind(data.Training),
            [.. data.Training.Select(each => each.Configuration)],
            [.. data.Validation.Select(each => each.Configuration)],
            state.Epoch,
            best,
            error,
            fingerprint,
            ProgramVersion);
        var description = new ModelDescription(
            data.Property, options.Model, options.Hidden, options.Dropout, data.Graph.CutoffAngstrom, data.Graph.Legacy, features, target, TrainingRange.Of(data.Training), data.Engine, data.Level, provenance);
        return new TrainedModel(description, state.Network, [.. state.History]);
    }

    private static void Loop(ScaledGraphs training, ScaledGraphs validation, TargetNormalization target, TrainingState state, TrainingOptions options, TrainingRun run, string fingerprint)
    {
        int steps = ((training.Count - 1) / options.BatchSize) + 1;
        if ((training.Count / steps) * training.SmallestNodeCount < 2)
        {
            throw new InputException("A training step would hold a single atom, which has no statistics for batch normalisation. Use a larger batch or larger cells.");
        }

        // A tape keeps the memory of its last pass: one for training and one for validation meet the same operations every time.
        var pass = new Pass(training, steps, new Tape<float>(run.Pool), state, options.Seed);
        var validationTape = new Tape<float>(run.Pool);
        var validationBatch = new GraphBatch<float>();
        int before = state.Epoch;
        long written = Stopwatch.GetTimestamp();
        while (!IsFinished(state, options, validation.Count > 0))
        {
            double rate = state.Optimizer.LearningRate;
            double loss = pass.Run();
            (double validationLoss, double error) = validation.Count > 0 ? validation.Evaluate(state.Network, validationTape, validationBatch, target) : (double.NaN, double.NaN);
            state.History.Add(new EpochRecord(state.Epoch + 1, loss, validationLoss, error, rate));
            if (!double.IsFinite(loss) || (validation.Count > 0 && !double.IsFinite(validationLoss)))
            {
                throw new InputException($"Training diverged in epoch {state.Epoch}: the loss is no longer a finite number. Choose a smaller learning rate than {options.LearningRate.ToString(CultureInfo.InvariantCulture)}.");
            }

            Judge(state, validationLoss, options);
            run.Progress?.Report(new WorkProgress("train", state.Epoch, options.Epochs, string.Create(CultureInfo.InvariantCulture, $"loss {loss:0.00000}, validation MAE {error:0.0000}"), before));
            bool isStopping = run.Cancellation.IsCancellationRequested;
            if (run.CheckpointPath is not null && (isStopping || Stopwatch.GetElapsedTime(written) >= run.CheckpointInterval))
            {
                state.Write(run.CheckpointPath, fingerprint);
                written = Stopwatch.GetTimestamp();
            }

            run.Cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Keeps the weights if they are the best so far, else reduces the learning rate when its patience is over.</summary>
    private static void Judge(TrainingState state, double validationLoss, TrainingOptions options)
    {
        state.SinceProgress++;
        if (validationLoss < state.BestLoss)
        {
            state.KeepAsBest(validationLoss);
            state.SinceProgress = 0;
        }
        else if (options.Schedule == LearningRateSchedule.ReduceOnPlateau && double.IsFinite(validationLoss) && state.SinceProgress >= options.PlateauPatience)
        {
            state.Optimizer.LearningRate *= options.PlateauFactor;
            state.SinceProgress = 0;
        }
    }

    private static bool IsFinished(TrainingState state, TrainingOptions options, bool hasValidation) =>
        state.Epoch >= options.Epochs || (hasValidation && state.Epoch - state.BestEpoch >= options.Patience);

    /// <summary>One pass over the training data, cut into steps of nearly equal size.</summary>
    private sealed class Pass(ScaledGraphs training, int steps, Tape<float> tape, TrainingState state, ulong seed)
    {
        private readonly int[] _order = new int[training.Count];
        private readonly float[] _targets = new float[training.Count];
        private readonly GraphBatch<float> _batch = new();

        public double Run()
        {
            for (int place = 0; place < _order.Length; place++)
            {
                _order[place] = place;
            }

            new Philox(seed, ShuffleStream + (ulong)state.Epoch).Shuffle<int>(_order);
            training.Targets(_order, _targets);
            double sum = 0;
            for (int step = 0; step < steps; step++)
            {
                int first = (int)((long)step * _order.Length / steps), end = (int)((long)(step + 1) * _order.Length / steps);
                tape.Begin(TapeMode.Training, seed, (ulong)state.Optimizer.StepCount);
                Variable<float> output = state.Network.Forward(tape, _batch.Pack(training.Graphs, _order.AsSpan(first..end)));
                Variable<float> loss = tape.MeanSquaredError(output, _targets.AsSpan(first..end));
                state.Optimizer.ZeroGradients();
                tape.Backward(loss);
                state.Optimizer.Step();
                sum += loss.Scalar * (double)(end - first);
            }

            return sum / _order.Length;
        }
    }
}
