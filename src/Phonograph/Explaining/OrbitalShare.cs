using Phonograph.Learning.Evaluation;

namespace Phonograph.Explaining;

/// <summary>Share of the band edges on the orbitals of one shell of one element; means over cells with 95 % intervals over cells.</summary>
/// <param name="Element">Symbol.</param>
/// <param name="Shell">s, p or d.</param>
/// <param name="Valence">Share of the valence band maximum, 0 to 1.</param>
/// <param name="Conduction">Share of the conduction band minimum, 0 to 1.</param>
public sealed record OrbitalShare(string Element, char Shell, Interval Valence, Interval Conduction);
