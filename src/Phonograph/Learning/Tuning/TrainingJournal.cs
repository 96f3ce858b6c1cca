using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Files;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Tuning;

/// <summary>The losses of a training as far as it has come: what judgements need of it, in a file beside its checkpoint.</summary>
/// <param name="Fingerprint">Fingerprint of the training.</param>
/// <param name="DivergedEpoch">Pass after which the loss was not finite; null for none so far.</param>
/// <param name="History">Passes made; those since the last rung are missing when it diverged.</param>
internal sealed record TrainingJournal(string Fingerprint, int? DivergedEpoch, ImmutableArray<EpochRecord> History)
{
    internal static TrainingJournal Empty(string fingerprint) => new(fingerprint, null, []);

    /// <summary>Reads a file; an empty journal when there is none.</summary>
    internal static TrainingJournal Read(string path, string fingerprint)
    {
        if (!File.Exists(path))
        {
            return Empty(fingerprint);
        }

        try
        {
            TrainingJournal? journal = JsonSerializer.Deserialize<TrainingJournal>(File.ReadAllText(path), ModelFile.Json);
            if (journal is { History.IsDefault: false } && journal.Fingerprint == fingerprint)
            {
                return journal;
            }
        }
        catch (JsonException)
        {
            // Not one of ours; the message below says so.
        }

        throw InputException.At(path, 0, "a damaged file", "the journal of a training", "Delete the file; its training is then made again.");
    }

    internal void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, ModelFile.Json));

    /// <summary>Whether the state after a number of passes is known.</summary>
    internal bool Covers(int epochs, TrainingOptions options) => DivergedEpoch <= epochs || History.Length >= epochs || (History.Length > 0 && After(History.Length, options).IsAtEnd);

    /// <summary>The training as it stood after a number of passes, by the rules of <see cref="Trainer"/>.</summary>
    internal TrialTraining After(int epochs, TrainingOptions options)
    {
        if (DivergedEpoch <= epochs)
        {
            return new TrialTraining(options.Seed, DivergedEpoch.Value, 0, null, IsAtEnd: true);
        }

        int made = Math.Min(epochs, History.Length), best = 0;
        for (int epoch = 0; epoch < made; epoch++)
        {
            best = History[epoch].ValidationLoss < History[best].ValidationLoss ? epoch : best;
        }

        bool isAtEnd = made >= options.Epochs || made - (best + 1) >= options.Patience;
        return new TrialTraining(options.Seed, made, best + 1, History[best].ValidationMeanAbsoluteError, isAtEnd);
    }
}
