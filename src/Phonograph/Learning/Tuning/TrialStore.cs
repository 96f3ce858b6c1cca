using System.Collections.Concurrent;
using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Memory;

namespace Phonograph.Learning.Tuning;

/// <summary>
/// Trains the trials of a set, each in a journal and a checkpoint under the fingerprint of its data, settings and code. A trial that goes on continues from its
/// checkpoint with the bits of an undisturbed training; so does a killed one. What a journal covers is not trained again.
/// </summary>
internal sealed class TrialStore(string folder, TuningSet set, ImmutableArray<TrainingOptions> settings, TuningOptions options)
{
    private readonly ConcurrentDictionary<(int Trial, int Seed), TrainingJournal> _journals = new();
    private readonly ConcurrentDictionary<(int Trial, int Seed), string> _fingerprints = new();
    private readonly ConcurrentDictionary<string, int> _counted = new(StringComparer.Ordinal);

    /// <summary>Name of the set.</summary>
    internal string Set => set.Name;

    /// <summary>Number of trials.</summary>
    internal int Count => settings.Length;

    /// <summary>Whether journals tell what a trial has come to after a number of passes; who asks again sees what others have written meanwhile.</summary>
    internal bool Has(int trial, int epochs)
    {
        for (int seed = 0; seed < options.Seeds; seed++)
        {
            TrainingOptions training = Training(trial, seed);
            TrainingJournal journal = Journal(trial, seed, epochs);
            if (!journal.Covers(epochs, training))
            {
                return false;
            }

            if (journal.After(epochs, training).ValidationMeanAbsoluteError is null)
            {
                break;
            }
        }

        return true;
    }

    /// <summary>Fingerprints of the trainings of a trial, by seed.</summary>
    internal ImmutableArray<string> Fingerprints(int trial) => [.. Enumerable.Range(0, options.Seeds).Select(seed => Fingerprint(trial, seed))];

    /// <summary>Most training graphs × passes of a trial up to a number of passes.</summary>
    internal long MostGraphSteps(int epochs) => (long)epochs * options.Seeds * set.Data.Training.Length;

    /// <summary>Trains a trial up to a number of passes.</summary>
    /// <param name="trial">Number of the trial, from 0.</param>
    /// <param name="epochs">Passes.</param>
    /// <param name="pool">Threads.</param>
    /// <param name="tally">Told about graph-steps: how many, and whether they were made now.</param>
    /// <param name="cancellation">Stops after the pass in hand.</param>
    internal TrialAnswer Evaluate(int trial, int epochs, WorkerPool? pool, Action<long, bool> tally, CancellationToken cancellation)
    {
        for (int seed = 0; seed < options.Seeds; seed++)
        {
            cancellation.ThrowIfCancellationRequested();
            TrainingOptions training = Training(trial, seed);
            TrainingJournal journal = Advance(Journal(trial, seed, epochs), training, epochs, pool, tally, cancellation);
            _journals[(trial, seed)] = journal;
            if (journal.After(epochs, training).ValidationMeanAbsoluteError is null)
            {
                break;
            }
        }

        ImmutableArray<TrialTraining> trainings = Trainings(trial, epochs);
        return new TrialAnswer(Error(trainings) ?? double.NaN, GraphSteps(trainings), trainings.All(training => training.IsAtEnd));
    }

    /// <summary>The trainings of a trial as they stood after a number of passes; those behind a diverged one were not made.</summary>
    internal ImmutableArray<TrialTraining> Trainings(int trial, int epochs)
    {
        var trainings = ImmutableArray.CreateBuilder<TrialTraining>();
        for (int seed = 0; seed < options.Seeds && (seed == 0 || trainings[^1].ValidationMeanAbsoluteError is not null); seed++)
        {
            trainings.Add(_journals[(trial, seed)].After(epochs, Training(trial, seed)));
        }

        return trainings.ToImmutable();
    }

    /// <summary>Mean error; null when a training diverged.</summary>
    internal static double? Error(ImmutableArray<TrialTraining> trainings) => trainings[^1].ValidationMeanAbsoluteError is null ? null : trainings.Average(training => training.ValidationMeanAbsoluteError);

    /// <summary>Training graphs × passes.</summary>
    internal long GraphSteps(ImmutableArray<TrialTraining> trainings) => trainings.Sum(training => (long)training.Epochs) * set.Data.Training.Length;

    private TrainingOptions Training(int trial, int seed) => settings[trial] with { Seed = options.TrainingSeed + (ulong)seed };

    private string Fingerprint(int trial, int seed) => _fingerprints.GetOrAdd((trial, seed), _ => TrainingFingerprint.Of(set.Data, Training(trial, seed)));

    /// <summary>The journal that is known, or, where that does not go far enough, the one in the folder.</summary>
    private TrainingJournal Journal(int trial, int seed, int epochs)
    {
        if (_journals.TryGetValue((trial, seed), out TrainingJournal? known) && known.Covers(epochs, Training(trial, seed)))
        {
            return known;
        }

        string fingerprint = Fingerprint(trial, seed);
        return TrainingJournal.Read(PathOf(fingerprint, "json"), fingerprint);
    }

    private TrainingJournal Advance(TrainingJournal journal, TrainingOptions training, int epochs, WorkerPool? pool, Action<long, bool> tally, CancellationToken cancellation)
    {
        if (journal.Covers(epochs, training))
        {
            Count(journal.After(epochs, training).Epochs, isNow: false);
            return journal;
        }

        string checkpoint = PathOf(journal.Fingerprint, "checkpoint");
        var listener = new Listener(value =>
        {
            // What the checkpoint held was not done now.
            Count((int)value.DoneBefore, isNow: false);
            Count((int)value.Done, isNow: true);
        });
        TrainingJournal advanced;
        try
        {
            TrainedModel model = Trainer.Train(set.Data, training, new TrainingRun { Pool = pool, CheckpointPath = checkpoint, StopAfterEpoch = epochs, Progress = listener, Cancellation = cancellation });
            advanced = journal with { History = model.History };
        }
        catch (TrainingDivergedException error)
        {
            advanced = journal with { DivergedEpoch = error.Epoch };
            Count(error.Epoch, isNow: true);
        }

        advanced.Write(PathOf(journal.Fingerprint, "json"));
        if (advanced.After(epochs, training).IsAtEnd)
        {
            File.Delete(checkpoint);
        }

        return advanced;

        void Count(int reached, bool isNow)
        {
            int before = _counted.GetValueOrDefault(journal.Fingerprint);
            if (reached > before)
            {
                _counted[journal.Fingerprint] = reached;
                tally((long)(reached - before) * set.Data.Training.Length, isNow);
            }
        }
    }

    private string PathOf(string fingerprint, string kind) => Path.Combine(folder, $"{fingerprint}.{kind}");

    private sealed class Listener(Action<WorkProgress> action) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => action(value);
    }
}
