using Phonograph.Crystals;

namespace Phonograph.Labelling.Outside;

/// <summary>One computation that was done elsewhere.</summary>
/// <param name="Place">File, and step where it holds several.</param>
/// <param name="Engine">Name of the program, for example <c>vasp</c>.</param>
/// <param name="Version">Its version as it states it.</param>
/// <param name="Crystal">The crystal that was computed, in the file's own order of atoms; null when the file does not say it.</param>
/// <param name="Outcome">Label in the same order of atoms, or why there is none.</param>
public sealed record OutsideResult(string Place, string Engine, string Version, Crystal? Crystal, LabelOutcome Outcome);
