using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Labelling;

namespace Phonograph.Dynamics;

/// <summary>A molecular dynamics run.</summary>
/// <param name="Reference">The crystal at rest it started from; displacements count from its sites.</param>
/// <param name="TimeStepFemtosecond">Time step, fs.</param>
/// <param name="TemperatureKelvin">Temperature that was asked for, K.</param>
/// <param name="Frames">Frames of all steps from 0.</param>
/// <param name="Ended">Why it ended before its last step; null when it did not.</param>
public sealed record Trajectory(Crystal Reference, double TimeStepFemtosecond, double TemperatureKelvin, ImmutableArray<DynamicsFrame> Frames, LabelFailure? Ended);
