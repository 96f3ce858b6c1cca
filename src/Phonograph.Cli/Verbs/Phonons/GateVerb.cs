using System.Collections.Immutable;
using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Dynamics;
using Phonograph.Dynamics.Gate;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Sampling;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons gate</c>: does the crystal stay near the sites that a phonon ensemble assumes?</summary>
internal static class GateVerb
{
    private const string Description = """
        Run molecular dynamics from the reference crystal and say whether it stays near its sites, before a campaign is spent on cells drawn around them.

        The run may be killed at any moment; the same command continues. More steps go on from there. docs/gate.md explains the verdict.

        Example: phonograph phonons gate POSCAR --supercell 2,2,2 --engine cp2k --level gfn1-xtb --temperature 300 --steps 500 --seed 1 --work run/gate --force-constants run/phonons/FORCE_CONSTANTS --soft-modes absolute:0.5 --output gate
        """;

    private const double LongestMinutes = 30 * 24 * 60;

    private static readonly Argument<string> Poscar = new("crystal") { Description = "POSCAR of the unit cell (Å)." };
    private static readonly Option<string> Supercell = SupercellOption.Create();
    private static readonly Option<string> Engine = new("--engine") { Description = "Engine; 'phonograph engines' lists them.", DefaultValueFactory = _ => "cp2k" };
    private static readonly Option<string?> Level = new("--level") { Description = "Level of theory. Default: the engine's first." };
    private static readonly Option<double> Temperature = new("--temperature") { Description = "Temperature, K.", Required = true };
    private static readonly Option<int> Steps = new("--steps") { Description = "Number of time steps of each run.", DefaultValueFactory = _ => 500 };
    private static readonly Option<double> TimeStep = new("--time-step") { Description = "Time step, fs.", DefaultValueFactory = _ => 2 };
    private static readonly Option<double> Thermostat = new("--thermostat-time") { Description = "Relaxation time of the thermostat (canonical velocity rescaling), fs.", DefaultValueFactory = _ => 50 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of velocities and thermostat.", Required = true };
    private static readonly Option<int> Runs = new("--runs") { Description = "Number of runs with random numbers of their own.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Workers = new("--workers") { Description = "Runs computed at the same time.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads of each run.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Niceness = new("--nice") { Description = "Lower the priority of the engine's processes by this much, 0 to 19.", DefaultValueFactory = _ => 0 };
    private static readonly Option<double> Timeout = new("--timeout") { Description = "Minutes a step may take before the engine is ended and the next rung is tried.", DefaultValueFactory = _ => 30 };
    private static readonly Option<double> Settling = new("--settling") { Description = "Share of each run that is left out at its start.", DefaultValueFactory = _ => new GateOptions().SettlingFraction };
    private static readonly Option<string> Work = new("--work") { Description = "Folder in which the runs are kept; made when missing.", Required = true };
    private static readonly Option<string?> ForceConstants = new("--force-constants") { Description = "FORCE_CONSTANTS file of the supercell (eV/Å²); its ensemble is set beside the run." };
    private static readonly Option<string?> SoftModes = new("--soft-modes") { Description = "Rule of the ensemble for imaginary and near-zero modes, as in 'phonograph sample'. Default: reject.", HelpName = "reject|freeze|absolute|floor:THZ" };
    private static readonly Option<string> Statistics = CreateStatistics();
    private static readonly Option<string> Output = new("--output") { Description = "Folder for gate.json, gate.csv, gate.svg, gate.png and trajectory.xyz.gz.", Required = true };

    internal static Command Create()
    {
        var command = new Command("gate", Description)
        {
            Poscar, Supercell, Engine, Level, Temperature, Steps, TimeStep, Thermostat, Seed, Runs, Workers, Threads, Niceness, Timeout, Settling, Work, ForceConstants, SoftModes, Statistics, Output,
        };
        return CliRun.Verb(command, RunAsync);
    }

    private static async Task<int> RunAsync(CliRun run)
    {
        if (!(run.Get(Timeout) > 0))
        {
            throw new InputException($"--timeout {run.Get(Timeout)}: expected a positive number of minutes.");
        }

        if (run.Get(Niceness) is < 0 or > 19)
        {
            throw new InputException($"--nice {run.Get(Niceness)}: expected 0 to 19.");
        }

        Supercell cell = SupercellOption.Build(Crystals.Formats.Poscar.Read(run.Get(Poscar)), run.Get(Supercell));
        IElectronicStructureEngine engine = ElectronicStructureEngines.Find(run.Get(Engine), run.Get(Niceness));
        var options = new DynamicsOptions(run.Get(Level) ?? engine.Levels[0], run.Get(Temperature), run.Get(Steps), run.Get(Seed))
        {
            TimeStepFemtosecond = run.Get(TimeStep),
            ThermostatTimeFemtosecond = run.Get(Thermostat),
            Threads = run.Get(Threads),
            StepTimeout = TimeSpan.FromMinutes(Math.Min(run.Get(Timeout), LongestMinutes)),
        };
        options.Check();
        var lines = new GateOptions { SettlingFraction = run.Get(Settling) };
        lines.Check();
        GateEnsemble? ensemble = Ensemble(run, cell, options.TemperatureKelvin);
        string folder = run.Get(Output);
        OutputPlace.Prepare(folder);
        ImmutableArray<Trajectory> trajectories = await GateRun.RunAsync(
            run.Get(Work), cell.Crystal, engine, options, run.Get(Runs), run.Get(Workers), run.Progress, run.Cancellation);
        GateSeries[] series = [.. trajectories.Select(GateSeries.Of)];
        var report = new GateDocument(
            StabilityGate.Measure(series, ensemble, lines), options, lines, engine, ensemble, Path.Combine(folder, "gate.json"));
        report.Write(folder, series);
        PhononOutput.Print(run, report.ToText(), report.ToDocument());
        return 0;
    }

    private static GateEnsemble? Ensemble(CliRun run, Supercell cell, double kelvin)
    {
        if (run.Get(ForceConstants) is not { } file)
        {
            return run.Get(SoftModes) is null
                ? null
                : throw new InputException("--soft-modes: found without --force-constants, where it has no meaning. Take it out, or give the file.");
        }

        return new GateEnsemble(
            PhononModes.Of(ForceConstantsFile.Read(file, cell)), kelvin, run.Get(Statistics) == "classical" ? ThermalStatistics.Classical : ThermalStatistics.Quantum, SoftModePolicy.Parse(run.Get(SoftModes) ?? "reject"));
    }

    private static Option<string> CreateStatistics()
    {
        var option = new Option<string>("--statistics") { Description = "Statistics of the ensemble; the classical one is always given too.", DefaultValueFactory = _ => "quantum" };
        option.AcceptOnlyFromAmong("quantum", "classical");
        return option;
    }
}
