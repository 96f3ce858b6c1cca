using System.Collections.Immutable;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Fitting;

/// <summary>One network to be trained and tested.</summary>
/// <param name="Name">Name in messages and results, for example <c>band_gap phonon</c>; equal names are allowed.</param>
/// <param name="Data">Training and validation graphs.</param>
/// <param name="Options">Settings.</param>
/// <param name="Test">Graphs to predict afterwards; schemes may be mixed.</param>
public sealed record FitRequest(string Name, TrainingData Data, TrainingOptions Options, ImmutableArray<LabelledGraph> Test) : ModelRequest(Name)
{
    /// <inheritdoc/>
    public override string Fingerprint() => TrainingFingerprint.Of(Data, Options);
}
