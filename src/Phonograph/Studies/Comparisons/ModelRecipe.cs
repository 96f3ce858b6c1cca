using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;

namespace Phonograph.Studies.Comparisons;

/// <summary>How one compared network is tuned and trained where it differs from the others, so that dear networks can have short trainings.</summary>
/// <param name="Space">What tuning tries for it, its architectures among them; what the space does not name is as in <see cref="TrainingOptions"/>.</param>
/// <param name="Epochs">Largest number of passes over the training cells.</param>
/// <param name="Patience">Passes without improvement before a training stops.</param>
public sealed record ModelRecipe(SearchSpace Space, int Epochs, int Patience)
{
    /// <summary>The settings that a search of so many trials tries, without the seed of the weights.</summary>
    /// <param name="trials">Number of trials.</param>
    /// <param name="seed">Seed of the list of settings.</param>
    /// <exception cref="InputException">The space has fewer settings, or one of them cannot be used.</exception>
    public ImmutableArray<TrainingOptions> Draw(int trials, ulong seed) => Space.Draw(new TrainingOptions { Epochs = Epochs, Patience = Patience }, trials, seed);
}
