using System.Text.Json;
using Phonograph.Files;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;

namespace Phonograph.Studies.Comparisons;

/// <summary>
/// What a finished search of a comparison chose, in a file beside the folder of the search. Many processes may read it at once, which the folder does not allow: nodes of a cluster that train the
/// models of the comparison. The name of the folder says everything that decides the choice, except the space.
/// </summary>
/// <param name="Space">What was searched.</param>
/// <param name="Settings">Settings of the best trial.</param>
/// <param name="ValidationMeanAbsoluteError">Its error on the validation cells, in the unit of the property; null where it has none.</param>
internal sealed record TunedSettings(string Space, TrainingOptions Settings, double? ValidationMeanAbsoluteError)
{
    /// <summary>Writes down the best trial of a search.</summary>
    internal static TunedSettings Keep(string folder, SearchSpace space, TrialRecord best)
    {
        var chosen = new TunedSettings(Describe(space), best.Settings, best.ValidationMeanAbsoluteError);
        AtomicFile.WriteText(PathOf(folder), JsonSerializer.Serialize(chosen, ModelFile.Json) + "\n");
        return chosen;
    }

    /// <summary>What the search of a folder chose; null when it is not finished, was another one, or the file is damaged.</summary>
    internal static TunedSettings? TryRead(string folder, SearchSpace space)
    {
        try
        {
            TunedSettings? known = File.Exists(PathOf(folder)) ? JsonSerializer.Deserialize<TunedSettings>(File.ReadAllText(PathOf(folder)), ModelFile.Json) : null;
            return known?.Space == Describe(space) ? known : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Describe(SearchSpace space) => string.Join("; ", space.Dimensions.Select(dimension => dimension.ToString()));

    private static string PathOf(string folder) => folder + ".json";
}
