using Phonograph.Crystals;

namespace Phonograph.Labelling.Campaigns;

/// <summary>A claimed job with what it needs to be computed.</summary>
/// <param name="Id">Identity of the first frame that asked for it.</param>
/// <param name="Key">Hash that identifies the computation (<see cref="JobKey"/>).</param>
/// <param name="Crystal">What to compute.</param>
/// <param name="FirstRung">Rung to try first.</param>
internal sealed record LabelJob(string Id, string Key, Crystal Crystal, int FirstRung);
