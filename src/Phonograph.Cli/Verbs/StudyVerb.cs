using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Training;
using Phonograph.Reporting;
using Phonograph.Studies;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph study</c>: the main job. Trains on the shipped labels and writes the report.</summary>
internal static class StudyVerb
{
    private const string ShippedFolder = "ag3sbr-xtb", CellsFile = "cells.xyz.gz", IdealFile = "ideal.xyz.gz", UnitCellFile = "POSCAR", ConstantsFile = "FORCE_CONSTANTS";

    internal static Command Create()
    {
        var data = new Argument<string[]>("data")
        {
            Description = "Labelled cells (extended XYZ) of one crystal and level. Default: the shipped Ag3SBr labels.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var output = new Option<string>("--output", "-o") { Description = "Folder of the report.", DefaultValueFactory = _ => "report" };
        var unitCell = new Option<string?>("--unit-cell") { Description = "POSCAR of the ideal unit cell, for Figure 1. Default: POSCAR beside the first data file." };
        var constants = new Option<string?>("--force-constants")
        {
            Description = "FORCE_CONSTANTS of the supercell of the cells, for the baselines on normal-mode amplitudes. Default: FORCE_CONSTANTS beside the first data file; without it those two baselines need cells that carry amplitudes.",
        };
        var quick = new Option<bool>("--quick") { Description = "One training draw of fewer passes: minutes become seconds, intervals cover test cells only." };
        var draws = new Option<int?>("--draws") { Description = "Training draws behind every number. Default 5; 1 with --quick." };
        var seed = new Option<ulong>("--seed") { Description = "Seed of test set, draws, weights and bootstrap.", DefaultValueFactory = _ => 1 };
        var cache = new Option<string?>("--cache") { Description = "Folder of trained models; a killed study continues from it. Default: models/ in the output folder." };
        var threads = new Option<int?>("--threads") { Description = "Fits done side by side. Default: the number of processors. It changes no number." };
        var select = new Option<string?>("--select")
        {
            Description = "Instead of the study: train the published architectures with several settings, judge them by validation cells of both kinds (band gap, eV; no test cell is seen), and write the table (CSV).",
        };
        var selectHamiltonian = new Option<string?>("--select-hamiltonian")
        {
            Description = "The same for the learned Hamiltonian, with as many settings.",
        };
        var command = new Command(
            "study",
            "Train on phonon-informed and on random cells, compare them on own, other and combined test sets, and write the report (energies in eV, stress in GPa).\n"
            + "Example: phonograph study --output report")
        {
            data, output, unitCell, constants, quick, draws, seed, cache, threads, select, selectHamiltonian, StudyCompareVerb.Create(), StudyDivideVerb.Create(),
        };
        return CliRun.Verb(command, run =>
        {
            string folder = run.Get(output);
            string models = run.Get(cache) ?? Path.Combine(folder, "models");
            if (run.Get(threads) is < 1)
            {
                throw new InputException($"--threads {run.Get(threads)}: expected 1 or more.");
            }

            string[] given = run.Get(data) ?? [];
            ImmutableArray<string> files = given.Length > 0 ? [.. given] : [Path.Combine(Shipped(), CellsFile)];
            bool isQuick = run.Get(quick);
            StudyOptions defaults = isQuick ? Quick : Full;
            StudyOptions options = defaults with
            {
                DataFiles = files,
                UnitCellFile = run.Get(unitCell) ?? Beside(files[0], UnitCellFile),
                IdealFile = Beside(files[0], IdealFile),
                ForceConstantsFile = run.Get(constants) ?? Beside(files[0], ConstantsFile),
                Seed = run.Get(seed),
                Draws = run.Get(draws) ?? defaults.Draws,
                CacheFolder = models,
                SideBySide = run.Get(threads),
                Command = string.Join(' ', (string[])
                [
                    "phonograph study", .. given, .. run.Get(unitCell) is { } cell ? new[] { "--unit-cell", cell } : [], .. run.Get(constants) is { } file ? new[] { "--force-constants", file } : [], .. isQuick ? new[] { "--quick" } : [],
                    .. run.Get(draws) is { } number ? new[] { "--draws", number.ToString(CultureInfo.InvariantCulture) } : [], "--seed", run.Get(seed).ToString(CultureInfo.InvariantCulture),
                ]),
            };
            if (run.Get(constants) is not null && options.UnitCellFile is null)
            {
                throw new InputException("--force-constants: found no unit cell; expected the POSCAR that the supercells were made from. Give --unit-cell too.");
            }

            if (run.Get(select) is { } table)
            {
                SettingsTable.Write(run, StudySelection.Run(options, StudySelection.Candidates(options.Training), run.Progress, run.Cancellation), table);
                return Task.FromResult(0);
            }

            if (run.Get(selectHamiltonian) is { } hamiltonianTable)
            {
                SettingsTable.Write(run, HamiltonianSelection.Run(options, HamiltonianSelection.Candidates(new HamiltonianOptions()), run.Progress, run.Cancellation), hamiltonianTable);
                return Task.FromResult(0);
            }

            OutputPlace.Prepare(folder);
            OutputPlace.Prepare(models);
            StudyResult result = Study.Run(options, run.Progress, run.Cancellation);
            StudyResultFile.Write(result, folder);
            ReportSummary summary = ReportWriter.Write(result, folder, run.Progress, run.Cancellation);
            run.Progress.Finish();
            Console.Out.WriteLine(run.IsJson
                ? JsonSerializer.Serialize(new { page = summary.PagePath, figures = summary.Figures, metrics = summary.MetricCount, prediction_files = summary.PredictionFileCount, wall_time_s = result.Provenance.WallTimeSeconds })
                : $"{summary.PagePath}: {summary.Figures.Length} figures, {summary.MetricCount} metrics, {summary.PredictionFileCount} prediction files, {result.Provenance.WallTimeSeconds} s");
            return Task.FromResult(0);
        });
    }

    /// <summary>
    /// Model, width, learning rate and dropout: the lowest validation error of 'phonograph study --select --draws 2' on the shipped labels; the defaults of the learned Hamiltonian are the lowest of '--select-hamiltonian'.
    /// </summary>
    private static StudyOptions Full { get; } = new()
    {
        DataFiles = [],
        CacheFolder = "",
        Training = new TrainingOptions { Model = "m6", Hidden = 128, LearningRate = 1e-3, BatchSize = 32, Epochs = 200, Patience = 40 },
        Hamiltonian = new HamiltonianOptions(),
    };

    private static StudyOptions Quick { get; } = Full with
    {
        Draws = 1,
        LearningCurveShares = [0.25, 1],
        Hamiltonian = null,
        Training = Full.Training with { Hidden = 32, Epochs = 40, Patience = 15 },
        Notice = "A quick run: one training draw and few passes. Intervals cover the test cells only; run 'phonograph study' for the numbers.",
    };

    /// <summary>The data folder of the checkout that this program was built in.</summary>
    private static string Shipped()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "data", ShippedFolder);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new InputException($"The shipped labels (data/{ShippedFolder}) were not found above {AppContext.BaseDirectory}. Give labelled cells: phonograph study cells.xyz.gz.");
    }

    private static string? Beside(string file, string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name);
        return File.Exists(path) ? path : null;
    }
}
