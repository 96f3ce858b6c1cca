using System.Collections.Immutable;

namespace Phonograph.Labelling.Cp2k;

/// <summary>One way to self-consistency: a rung of the recovery ladder. It never changes the converged number.</summary>
/// <param name="Name">Short name kept with every label.</param>
/// <param name="Seeds">Runs whose wave function starts the next one; their own results are thrown away.</param>
/// <param name="Final">The run that gives the label.</param>
internal sealed record ScfRoute(string Name, ImmutableArray<ScfStage> Seeds, ScfStage Final)
{
    internal static ScfRoute Direct(string name, ScfStage stage) => new(name, [], stage);
}

/// <summary>One self-consistent run.</summary>
/// <param name="Mixing">CP2K keywords between <c>&amp;SCF</c> and <c>&amp;END SCF</c> that choose the path to convergence.</param>
/// <param name="MaximumSteps">Steps before the run is given up.</param>
/// <param name="SmearingKelvin">Electronic temperature, K; only for seeds and for cells flagged metallic.</param>
/// <param name="Guess">Starting guess of a run without a seed; null for the level's own.</param>
internal sealed record ScfStage(string Mixing, int MaximumSteps, double? SmearingKelvin = null, string? Guess = null);
