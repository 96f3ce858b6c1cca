using Phonograph.Learning.Hamiltonians;

namespace Phonograph.Learning.Fitting.Arrays;

/// <summary>What is settled in a folder of models, whatever kind of model it is.</summary>
/// <param name="folder">The folder; it may be missing.</param>
internal sealed class LearntModels(string folder)
{
    private readonly FitCache _models = new(folder);
    private readonly HamiltonianCache _hamiltonians = new(folder);

    /// <summary>Whether nothing is left to do for a fingerprint: the model is there, or is known not to be learnt.</summary>
    internal bool Has(string fingerprint) => _models.Has(fingerprint) || _hamiltonians.IsRefused(fingerprint);
}
