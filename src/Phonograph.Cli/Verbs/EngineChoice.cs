using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Outside;
using Phonograph.Labelling.Vasp;

namespace Phonograph.Cli.Verbs;

/// <summary>Which engine, level and template a campaign has. A template stays in the campaign's folder, so that the campaign goes on without it.</summary>
internal static class EngineChoice
{
    private const string TemplateFolder = "template";

    /// <summary>The engine of a campaign.</summary>
    internal static IElectronicStructureEngine Of(CampaignFolder campaign, int niceness = 0) =>
        ElectronicStructureEngines.Find(campaign.Engine, campaign.Level, Kept(campaign.Root), niceness).Engine;

    /// <summary>The engine to go on or begin with.</summary>
    /// <param name="folder">Folder of the campaign.</param>
    /// <param name="known">The campaign there; null for a new one.</param>
    /// <param name="engine">Engine asked for; null for the campaign's, or cp2k.</param>
    /// <param name="level">Level asked for; null for the campaign's, or the engine's first.</param>
    /// <param name="template">File of a template; null for the one the campaign keeps.</param>
    /// <param name="niceness">Added niceness of the engine's processes.</param>
    /// <param name="keepsTemplate">Whether a template is copied into the campaign; not where nothing may change.</param>
    internal static (IElectronicStructureEngine Engine, string Level) For(string folder, CampaignFolder? known, string? engine, string? level, string? template, int niceness, bool keepsTemplate = true)
    {
        if (template is not null && level is not null)
        {
            throw new InputException("--level and --template: a template is a level of its own, named after its file. Leave one of them out.");
        }

        string name = engine ?? known?.Engine ?? "cp2k";
        EngineTemplate? own = template is not null ? EngineTemplate.Read(template) : Kept(folder);
        // Asked for another level or engine, the campaign itself says that labels are never mixed.
        bool usesKept = template is null && own is not null && (level is null || level == known?.Level) && name == known?.Engine;
        (IElectronicStructureEngine found, string foundLevel) = template is not null || usesKept
            ? ElectronicStructureEngines.Find(name, usesKept ? known!.Level : null, own, niceness)
            : ElectronicStructureEngines.Find(name, level ?? known?.Level, null, niceness);
        if (keepsTemplate && template is not null && (known is null || known.Level == foundLevel))
        {
            string place = Path.Combine(folder, TemplateFolder);
            OutputPlace.Prepare(place);
            AtomicFile.WriteBytes(Path.Combine(place, own!.FileName), File.ReadAllBytes(template));
        }

        return (found, foundLevel);
    }

    /// <summary>Results of one file that were computed elsewhere.</summary>
    internal static IEnumerable<OutsideResult> Results(string file)
    {
        string name = file.EndsWith(".gz", StringComparison.Ordinal) || file.EndsWith(".xz", StringComparison.Ordinal) ? file[..^3] : file;
        return name.EndsWith(".xyz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".extxyz", StringComparison.OrdinalIgnoreCase)
            ? ExtendedXyzResults.Read(file)
            : VasprunFile.Read(file);
    }

    /// <summary>Writes the inputs of an engine that runs elsewhere; their number.</summary>
    internal static int Write(string[] files, string? engine, string? level, string? template, string folder)
    {
        if (engine is not "vasp")
        {
            throw new InputException($"--write: inputs to be run elsewhere are written for the engine vasp, not for {engine ?? "cp2k"}. Add --engine vasp.");
        }

        (string name, KPointMesh mesh) = KPointMesh.OfLevel(level ?? VaspFolders.Level);
        if (name != VaspFolders.Level)
        {
            throw new InputException($"--level {level}: expected {VaspFolders.Level}, or with a mesh as in {VaspFolders.Level}/k2x2x2. Give an INCAR of your own with --template.");
        }

        string? incar = template is null ? null : File.Exists(template) ? File.ReadAllText(template) : throw new InputException($"{template}: no such file. Give the path of an INCAR.");
        return VaspFolders.Write(
            [.. files.SelectMany(file => ExtendedXyz.Read(file).Select((frame, number) => (frame.Info.GetValueOrDefault("id") ?? FormattableString.Invariant($"{Path.GetFileName(file)}#{number + 1}"), frame.Crystal)))],
            mesh,
            incar,
            folder);
    }

    private static EngineTemplate? Kept(string folder)
    {
        string place = Path.Combine(folder, TemplateFolder);
        return Directory.Exists(place) && Directory.GetFiles(place) is [{ } file] ? EngineTemplate.Read(file) : null;
    }
}
