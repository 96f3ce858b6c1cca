using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.EffectivePhonons;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons card</c>: the card of effective phonons.</summary>
internal static class EffectiveCardVerb
{
    internal static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Folder that 'phonograph phonons effective --output' wrote; second-start.json (effective.json of another run) and gate.json in it are read too." };
        var command = new Command(
            "card",
            "Write CARD.md beside effective phonons: labels, errors, free energy, another start beside, the verdict of the gate, every frequency (THz).\n"
            + "Example: phonograph phonons card effective-300K")
        {
            folder,
        };
        return CliRun.Verb(command, run =>
        {
            string file = Path.Combine(run.Get(folder), "CARD.md");
            AtomicFile.WriteText(file, EffectiveCard.Of(run.Get(folder)));
            PhononOutput.Print(run, file, new { card = file });
            return Task.FromResult(0);
        });
    }
}
