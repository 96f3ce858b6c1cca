using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns;
using Phonograph.Learning.Evaluation;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Reporting;

namespace Phonograph.Cli.Verbs;

/// <summary>The options of <c>phonograph dataset</c> that write a data card.</summary>
internal sealed class CardOptions
{
    private readonly Option<string?> _card = new("--card") { Description = "Write a data card (Markdown): engine, level, seeds, counts, failures, amplitudes, labels." };

    private readonly Option<string[]> _drawn = new("--drawn")
    {
        Description = "For the card: the cells as 'phonograph sample' drew them. Needed when cells failed; else the labelled ones are all there were.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _ideal = new("--ideal") { Description = "For the card: the labelled crystal at rest." };
    private readonly Option<string?> _forceConstants = new("--force-constants") { Description = "For the card and --amplitudes: FORCE_CONSTANTS that the thermal cells were drawn from; needs --unit-cell and --supercell." };
    private readonly Option<string?> _unitCell = new("--unit-cell") { Description = "For the card and --amplitudes: POSCAR of the unit cell." };
    private readonly Option<string?> _supercell = new("--supercell") { Description = "For the card and --amplitudes: supercell of the force constants.", HelpName = "A,B,C" };

    private readonly Option<string[]> _noise = new("--noise") { Description = "For the card: some of the cells labelled again, with tighter settings, a denser mesh or a larger basis; one level in each file.", AllowMultipleArgumentsPerToken = true, HelpName = "FILE..." };
    private readonly Option<string?> _campaign = new("--campaign") { Description = "For the card: folder of the campaign that computed the labels, for its times.", HelpName = "FOLDER" };

    internal IEnumerable<Option> All => [_card, _drawn, _ideal, _forceConstants, _unitCell, _supercell, _noise, _campaign];

    /// <summary>Writes the card when it was asked for.</summary>
    /// <exception cref="InputException">Files do not fit together.</exception>
    internal void Write(CliRun run, Dataset dataset, string[] files, LabelQuality? quality)
    {
        if (run.Get(_card) is not { } path)
        {
            return;
        }

        string[] drawn = run.Get(_drawn) is { Length: > 0 } given ? given : files;
        var card = new DataCard(dataset, DrawnCells.Read(drawn, dataset), [.. files])
        {
            Ideal = run.Get(_ideal) is { } ideal ? dataset.ReadUndisplaced(ideal) : null,
            Vibrations = Vibrations(run),
            Quality = quality,
            Noise = [.. (run.Get(_noise) ?? []).Select(file => LabelAgreement.Of(dataset, Dataset.Read([file])))],
            Campaign = run.Get(_campaign) is { } folder ? Status(CampaignFolder.Open(folder), dataset) : null,
        };
        AtomicFile.WriteText(path, card.ToMarkdown());
    }

    private static CampaignStatus Status(CampaignFolder campaign, Dataset dataset) => (campaign.Engine, campaign.Level) == (dataset.Engine, dataset.Level)
        ? CampaignStatus.Of(campaign, EngineChoice.Of(campaign))
        : throw new InputException($"--campaign: found labels of {campaign.Engine} {campaign.Level}; expected those of the cells, {dataset.Engine} {dataset.Level}. Name the campaign that computed the cells.");

    /// <summary>File of the force constants, or null.</summary>
    internal string? ForceConstants(CliRun run) => run.Get(_forceConstants);

    /// <summary>The vibrations that the options say together, or null.</summary>
    internal PhononModes? Vibrations(CliRun run) => (run.Get(_forceConstants), run.Get(_unitCell), run.Get(_supercell)) switch
    {
        (null, null, null) => null,
        ({ } constants, { } unit, { } supercell) => PhononModes.Of(ForceConstantsFile.Read(constants, SupercellOption.Build(Poscar.Read(unit), supercell))),
        _ => throw new InputException("--force-constants, --unit-cell and --supercell describe the vibrations together. Give all three, or none."),
    };
}
