using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Sampling;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons modes</c>: the vibrations of a supercell.</summary>
internal static class ModesVerb
{
    internal static Command Create()
    {
        var constants = new Argument<string>("force-constants") { Description = "FORCE_CONSTANTS file of the supercell (eV/Å²), full or compact." };
        var crystal = new Argument<string>("crystal") { Description = "POSCAR of the unit cell (Å)." };
        Option<string> supercell = SupercellOption.Create();
        var temperature = new Option<double>("--temperature") { Description = "Temperature of the mean square displacements, K.", DefaultValueFactory = _ => 300 };
        var statistics = new Option<string>("--statistics") { Description = "Statistics of the vibrations.", DefaultValueFactory = _ => "quantum" };
        statistics.AcceptOnlyFromAmong("quantum", "classical");
        var softModes = new Option<string>("--soft-modes")
        {
            Description = "Rule for imaginary and near-zero modes in the mean square displacements: freeze, absolute, reject (each below 0.01 THz, or as in absolute:0.05) or floor:THZ.",
            HelpName = "reject|freeze|absolute|floor:THZ",
            DefaultValueFactory = _ => "freeze",
        };
        var command = new Command(
            "modes",
            "Print the vibrations of the supercell (THz, imaginary ones negative), the share of imaginary modes and the mean square displacements (Å²).\n"
            + "Example: phonograph phonons modes FORCE_CONSTANTS POSCAR --supercell 2,2,2 --temperature 300 --soft-modes absolute")
        {
            constants, crystal, supercell, temperature, statistics, softModes,
        };
        return CliRun.Verb(command, run =>
        {
            Supercell cell = SupercellOption.Build(Poscar.Read(run.Get(crystal)), run.Get(supercell));
            var modes = PhononModes.Of(ForceConstantsFile.Read(run.Get(constants), cell));
            ThermalEnsemble ensemble = SchemeOptions.Ensemble(modes, run.Get(temperature), run.Get(statistics), run.Get(softModes));
            ModesReport report = ModesReport.Of(ensemble);
            PhononOutput.Print(run, report.ToText(), report.ToDocument());
            return Task.FromResult(0);
        });
    }
}
