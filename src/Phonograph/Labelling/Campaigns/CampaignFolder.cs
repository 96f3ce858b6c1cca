using System.Security.Cryptography;
using System.Text.Json;
using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns;

/// <summary>
/// A labelling campaign on disk. <c>campaign.json</c> names engine and level; <c>inputs/</c> holds the configurations in the order they came;
/// <c>attempts/</c> holds one folder per finished attempt and is the truth; <c>journal.sqlite</c> is an index of them that may be lost; <c>set-aside/</c> holds
/// attempts that no longer count; <c>running/</c> holds what is in flight here and may be lost; <c>slurm/</c> holds what is in flight on a cluster and outlives its coordinator; <c>paused</c> exists while the campaign is paused; <c>lock</c> is locked while a coordinator runs.
/// </summary>
public sealed class CampaignFolder
{
    private const string Format = "phonograph-campaign-1";

    private CampaignFolder(string path, CampaignHeader header)
    {
        Root = path;
        Engine = header.Engine;
        EngineVersion = header.EngineVersion;
        Level = header.Level;
    }

    /// <summary>The campaign's folder.</summary>
    public string Root { get; }

    /// <summary>Engine of all its labels.</summary>
    public string Engine { get; }

    /// <summary>Version of the engine.</summary>
    public string EngineVersion { get; }

    /// <summary>Level of all its labels.</summary>
    public string Level { get; }

    /// <summary>Whether a coordinator runs on this campaign now.</summary>
    public bool IsCoordinated => ExclusiveLock.IsHeld(LockFile);

    /// <summary>Whether the campaign is paused.</summary>
    public bool IsPaused => File.Exists(PauseFile);

    internal string Running => Path.Combine(Root, "running");

    internal string Arrays => Path.Combine(Root, ArrayFolder.RootName);

    internal string Attempts => Path.Combine(Root, "attempts");

    internal string Inputs => Path.Combine(Root, "inputs");

    internal string PauseFile => Path.Combine(Root, "paused");

    internal string LockFile => Path.Combine(Root, "lock");

    /// <summary>Opens a campaign.</summary>
    /// <exception cref="InputException">There is none, or its header is damaged.</exception>
    public static CampaignFolder Open(string path)
    {
        string file = Path.Combine(path, "campaign.json");
        if (!File.Exists(file))
        {
            throw new InputException($"{path}: not a labelling campaign (no campaign.json). Give the folder that 'phonograph label --campaign' made.");
        }

        try
        {
            CampaignHeader header = JsonSerializer.Deserialize(File.ReadAllText(file), CampaignJson.Default.CampaignHeader) ?? throw new JsonException("It is empty.");
            return header.Format == Format
                ? new CampaignFolder(path, header)
                : throw InputException.At(file, 0, $"format '{header.Format}'", $"'{Format}'", "It was made by another version; use that one.");
        }
        catch (JsonException error)
        {
            throw new InputException(
                $"{file}, line {(error.LineNumber ?? 0) + 1}: found no header of a campaign; expected JSON with the engine and its level. Restore the file from a copy, or begin a new campaign in another folder.", error);
        }
    }

    /// <summary>Opens a campaign, or makes it when the folder holds none.</summary>
    /// <exception cref="InputException">The campaign there belongs to another engine, version or level.</exception>
    public static CampaignFolder OpenOrCreate(string path, string engine, string engineVersion, string level)
    {
        string file = Path.Combine(path, "campaign.json");
        if (!File.Exists(file))
        {
            AtomicFile.WriteText(file, JsonSerializer.Serialize(new CampaignHeader(Format, engine, engineVersion, level), CampaignJson.Default.CampaignHeader) + "\n");
        }

        CampaignFolder campaign = Open(path);
        if (campaign.Engine != engine || campaign.Level != level || campaign.EngineVersion != engineVersion)
        {
            throw new InputException(
                $"{path}: its labels are {campaign.Engine} {campaign.EngineVersion} at {campaign.Level}, not {engine} {engineVersion} at {level}. Labels of two levels are never mixed: choose another folder with --campaign.");
        }

        OutputPlace.Prepare(campaign.Running);
        OutputPlace.Prepare(campaign.Attempts);
        OutputPlace.Prepare(campaign.Inputs);
        return campaign;
    }

    /// <summary>Keeps a copy of a file of configurations; a file that is already there, byte by byte, is not added again.</summary>
    /// <exception cref="InputException">The file does not exist.</exception>
    public void AddInput(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file. Give the path of an existing extended XYZ file.");
        }

        byte[] content = File.ReadAllBytes(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        string[] known = InputFiles();
        if (known.Any(file => Path.GetFileName(file).Contains($"-{hash}-", StringComparison.Ordinal)))
        {
            return;
        }

        // The copy keeps the file's own bytes: the atomic writer would compress a .gz a second time.
        string name = $"{known.Length + 1:D4}-{hash}-{Path.GetFileName(path)}";
        AtomicFile.WriteBytes(Path.Combine(Inputs, name), content);
    }

    /// <summary>The name under which the user gave a kept file.</summary>
    internal static string OriginalName(string keptName) => keptName["0001-0123456789abcdef-".Length..];

    /// <summary>Folders of the finished attempts, in no order.</summary>
    internal IEnumerable<string> AttemptFolders() => Directory.Exists(Attempts) ? Directory.EnumerateDirectories(Attempts) : [];

    /// <summary>Folders of the attempts in flight, or left behind by a killed coordinator.</summary>
    internal string[] RunningFolders() => Directory.Exists(Running) ? Directory.GetDirectories(Running) : [];

    /// <summary>Takes an attempt out of the truth without deleting it.</summary>
    /// <returns>Where it is now.</returns>
    internal string SetAside(string attemptFolder)
    {
        string aside = Path.Combine(Root, "set-aside");
        Directory.CreateDirectory(aside);
        string place = Path.Combine(aside, Path.GetFileName(attemptFolder));
        for (int copy = 2; Directory.Exists(place); copy++)
        {
            place = Path.Combine(aside, FormattableString.Invariant($"{Path.GetFileName(attemptFolder)}-{copy}"));
        }

        Directory.Move(attemptFolder, place);
        return place;
    }

    /// <summary>Number of attempts that were set aside.</summary>
    internal int SetAsideCount() => Path.Combine(Root, "set-aside") is var aside && Directory.Exists(aside) ? Directory.GetDirectories(aside).Length : 0;

    /// <summary>The kept files in the order they came.</summary>
    internal string[] InputFiles()
    {
        string[] files = Directory.Exists(Inputs) ? Directory.GetFiles(Inputs) : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
