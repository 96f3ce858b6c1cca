using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Files;
using Phonograph.Learning.Storage;

namespace Phonograph.Learning.Ensembles;

/// <summary>
/// An ensemble on disk: a folder with one model file for each member, <c>FINGERPRINT.safetensors</c>, and <c>ensemble.json</c>, which lists the members and holds the calibration. It is written
/// last: a folder without it is a training that has not ended.
/// </summary>
public static class EnsembleFolder
{
    /// <summary>Name of the file that lists the members.</summary>
    public const string FileName = "ensemble.json";

    private const string Format = "phonograph-ensemble", Advice = "Train the ensemble again with 'phonograph train --ensemble'.";
    private const int FormatVersion = 1;

    /// <summary>True when the path is a folder, and so no model file.</summary>
    public static bool Matches(string path) => Directory.Exists(path);

    /// <summary>Name of the file of a member.</summary>
    public static string MemberFile(TrainedModel member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.Description.Training.Fingerprint + ".safetensors";
    }

    /// <summary>Writes the list; the members lie in the folder already, where training put them.</summary>
    public static void Write(string folder, Ensemble ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        var document = new Document(
            Format, FormatVersion, ensemble.Description.Property.Key, ensemble.Description.Property.Unit, [.. ensemble.Members.Select(MemberFile)], ensemble.Calibration);
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(document, Json) + "\n");
    }

    /// <summary>Names of the member files that the folder lists; empty when it holds no ensemble.</summary>
    /// <exception cref="InputException">The list is damaged.</exception>
    public static ImmutableArray<string> MemberFiles(string folder) => File.Exists(Path.Combine(folder, FileName)) ? List(folder).Members : [];

    /// <summary>Reads an ensemble.</summary>
    /// <exception cref="InputException">The list or a member is missing or damaged, or the members do not fit together.</exception>
    public static Ensemble Read(string folder)
    {
        Document list = List(folder);
        ImmutableArray<TrainedModel> members = [.. list.Members.Select(file => ModelFile.Read(Path.Combine(folder, file)))];
        return Ensemble.Of(members, list.Calibration);
    }

    private static readonly JsonSerializerOptions Json = new(ModelFile.Json) { WriteIndented = true, NewLine = "\n" };

    private static Document List(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw InputException.At(folder, 0, $"a folder without {FileName}", "a model file, or the folder of an ensemble whose training has ended", "Repeat the command that trains it; it continues where it stopped.");
        }

        using StreamReader reader = AtomicFile.OpenText(path);
        Document list;
        try
        {
            list = JsonSerializer.Deserialize<Document>(reader.ReadToEnd(), Json) ?? throw InputException.At(path, 0, "null", "the list of an ensemble", Advice);
        }
        catch (JsonException error)
        {
            throw new InputException($"{path}, line {(error.LineNumber ?? 0) + 1}: found no list of an ensemble{(error.Path is null or "$" ? "" : $" at {error.Path}")}; expected what 'phonograph train --ensemble' writes. {Advice}", error);
        }

        if (list.Format != Format || list.FormatVersion != FormatVersion)
        {
            throw InputException.At(path, 0, $"format {list.Format}, version {list.FormatVersion}", $"{Format}, version {FormatVersion}", Advice);
        }

        SpreadCalibration calibration = list.Calibration;
        if (!(calibration.Factor > 0) || !double.IsFinite(calibration.Factor) || !(calibration.Shared > 0) || !double.IsFinite(calibration.Shared))
        {
            throw InputException.At(path, 0, FormattableString.Invariant($"a calibration with factor {calibration.Factor} and shared error {calibration.Shared}"), "two positive numbers", Advice);
        }

        return list.Members.Any(file => file != Path.GetFileName(file))
            ? throw InputException.At(path, 0, "a member outside the folder", "names of files in the folder", Advice)
            : list;
    }

    private sealed record Document(string Format, int FormatVersion, string Property, string Unit, ImmutableArray<string> Members, SpreadCalibration Calibration);
}
