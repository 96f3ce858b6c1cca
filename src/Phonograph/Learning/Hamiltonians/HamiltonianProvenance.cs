using System.Collections.Immutable;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>Where a learned Hamiltonian comes from.</summary>
/// <param name="Fingerprint">Hash of everything that decides its numbers.</param>
/// <param name="Engine">Program that computed the labels.</param>
/// <param name="Level">Level of theory of the labels.</param>
/// <param name="TrainedOn"><c>phonon</c>, <c>random</c> or another scheme; <c>combined</c> when training configurations of several schemes were used.</param>
/// <param name="Options">How it was learnt.</param>
/// <param name="TrainingConfigurations">Identifiers of the cells it learnt from.</param>
/// <param name="ValidationConfigurations">Identifiers of the cells that chose the pass.</param>
/// <param name="Passes">Errors after each pass.</param>
/// <param name="BestPass">The pass whose numbers were kept, from 1.</param>
public sealed record HamiltonianProvenance(
    string Fingerprint,
    string Engine,
    string Level,
    string TrainedOn,
    HamiltonianOptions Options,
    ImmutableArray<string> TrainingConfigurations,
    ImmutableArray<string> ValidationConfigurations,
    ImmutableArray<HamiltonianPass> Passes,
    int BestPass);

/// <summary>One pass over the training cells; mean absolute errors in eV.</summary>
/// <param name="Pass">From 1.</param>
/// <param name="OnlineGapError">Of the gap of each training cell just before it was learnt.</param>
/// <param name="ValidationGapError">Of the gap of the validation cells.</param>
/// <param name="ValidationValenceError">Of their valence band maximum.</param>
public sealed record HamiltonianPass(int Pass, double OnlineGapError, double ValidationGapError, double ValidationValenceError)
{
    /// <summary>What passes are judged by, eV: the sum of both errors of the validation cells.</summary>
    public double ValidationError => ValidationGapError + ValidationValenceError;
}
