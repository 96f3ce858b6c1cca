using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Hamiltonians;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph hamiltonian</c>: learns a tight-binding Hamiltonian from band edges, tests it, shows its integrals.</summary>
internal static class HamiltonianVerb
{
    private const double BondStep = 0.05;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create() => new(
        "hamiltonian",
        "A tight-binding Hamiltonian learnt from the band edges of labelled cells: predicts the valence band maximum and the band gap (eV) at the centre of the zone of a cell with closed shells.")
    {
        Learn(), Evaluate(), Predict(), HamiltonianExplainVerb.Create(), Bonds(),
    };

    private static Command Learn()
    {
        var data = new Argument<string[]>("data") { Description = "Extended XYZ files of labelled configurations (.gz by name) of one engine and level, labelled at Γ.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output", "-o") { Description = "File to write (safetensors).", Required = true };
        var defaults = new HamiltonianOptions();
        var orbitals = new Option<OrbitalChoice>("--orbitals")
        {
            Description = "full: s and p, and d for groups 3 to 12; frontier: p alone for groups 13 to 18, s and d for groups 3 to 12, s for groups 1 and 2.",
            DefaultValueFactory = _ => defaults.Orbitals,
        };
        var cutoff = new Option<double>("--cutoff") { Description = "Longest bond, Å.", DefaultValueFactory = _ => defaults.CutoffAngstrom };
        var functions = new Option<int>("--radial-functions") { Description = "Radial functions of each two-centre integral.", DefaultValueFactory = _ => defaults.RadialFunctions };
        var passes = new Option<int>("--passes") { Description = "Passes over the training cells; the validation cells choose the best.", DefaultValueFactory = _ => defaults.Passes };
        var starts = new Option<int>("--starts") { Description = "First passes that are tried, each in another order; the best goes on.", DefaultValueFactory = _ => defaults.Starts };
        var noise = new Option<double>("--noise") { Description = "Expected standard deviation of an edge about the model, eV.", DefaultValueFactory = _ => defaults.NoiseElectronvolt };
        var prior = new Option<double>("--prior-scale") { Description = "Factor of the standard deviations of the prior.", DefaultValueFactory = _ => defaults.PriorScale };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the order of the cells.", DefaultValueFactory = _ => defaults.Seed };
        var splitSeed = new Option<ulong>("--split-seed") { Description = "Seed of the division: 15 % test, 15 % validation.", DefaultValueFactory = _ => new SplitOptions().Seed };
        var command = new Command(
            "learn",
            "Learn from 70 % of the cells; 15 % choose the pass, 15 % are a test. Seconds to a minute.\n"
            + "Example: phonograph hamiltonian learn cells.xyz.gz --output bands.safetensors")
        {
            data, output, orbitals, cutoff, functions, passes, starts, noise, prior, seed, splitSeed,
        };
        return CliRun.Verb(command, run =>
        {
            HamiltonianOptions options = new HamiltonianOptions
            {
                Orbitals = run.Get(orbitals),
                CutoffAngstrom = run.Get(cutoff),
                RadialFunctions = run.Get(functions),
                Passes = run.Get(passes),
                Starts = run.Get(starts),
                NoiseElectronvolt = run.Get(noise),
                PriorScale = run.Get(prior),
                Seed = run.Get(seed),
            }.Validated();
            OutputPlace.Prepare(Path.GetDirectoryName(Path.GetFullPath(run.Get(output)))!);
            Dataset dataset = Dataset.Read(run.Get(data));
            var split = Split.Create(dataset.Configurations, new SplitOptions { Seed = run.Get(splitSeed) });
            var graphs = GraphLibrary.Build(dataset.Configurations, new GraphOptions { CutoffAngstrom = options.CutoffAngstrom }, run.Progress, run.Cancellation);
            HamiltonianModel model = HamiltonianTrainer.Train(HamiltonianData.Of(split, graphs, dataset), options, run.Progress, run.Cancellation);
            HamiltonianFile.Write(run.Get(output), model);
            run.Progress.Finish();
            HamiltonianPass best = model.Provenance.Passes[model.Provenance.BestPass - 1];
            Report(run, run.Get(output), model, graphs.Of(split.Test, HamiltonianModel.Properties), new JsonObject
            {
                ["parameters"] = model.Parameters.Length,
                ["training_size"] = model.Provenance.TrainingConfigurations.Length,
                ["validation_size"] = model.Provenance.ValidationConfigurations.Length,
                ["best_pass"] = model.Provenance.BestPass,
                ["validation_gap_mae"] = best.ValidationGapError,
                ["validation_vbm_mae"] = best.ValidationValenceError,
                ["fingerprint"] = model.Provenance.Fingerprint,
            }, string.Create(
                CultureInfo.InvariantCulture,
                $"{model.Parameters.Length} parameters, learnt from {model.Provenance.TrainingConfigurations.Length} configurations, pass {model.Provenance.BestPass} of {model.Provenance.Passes.Length}, validation MAE {best.ValidationGapError:0.0000} eV (gap), {best.ValidationValenceError:0.0000} eV (valence band maximum)"));
            return Task.FromResult(0);
        });
    }

    private static Command Evaluate()
    {
        var file = new Argument<string>("file") { Description = "File of 'phonograph hamiltonian learn'." };
        var data = new Argument<string[]>("data") { Description = "Extended XYZ files of labelled configurations (.gz by name) of the same engine and level.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(
            "evaluate",
            "Compare with labels: errors with 95 % intervals (bootstrap over test cells). Cells that it has learnt from are left out.\n"
            + "Example: phonograph hamiltonian evaluate bands.safetensors cells.xyz.gz --json")
        {
            file, data,
        };
        return CliRun.Verb(command, run =>
        {
            HamiltonianModel model = HamiltonianFile.Read(run.Get(file));
            Dataset dataset = Dataset.Read(run.Get(data));
            if (dataset.Engine != model.Provenance.Engine || dataset.Level != model.Provenance.Level)
            {
                throw new InputException($"The Hamiltonian learnt labels of {model.Provenance.Engine} {model.Provenance.Level}; the files hold {dataset.Engine} {dataset.Level}. Give labels of the same engine and level.");
            }

            var graphs = GraphLibrary.Build(dataset.Configurations, model.GraphOptions, run.Progress, run.Cancellation);
            var seen = new SeenCells([.. model.Provenance.TrainingConfigurations, .. model.Provenance.ValidationConfigurations], model.Cells);
            ImmutableArray<LabelledGraph> tested = [.. graphs.Of(dataset.Configurations, HamiltonianModel.Properties).Where(cell => !seen.HasIdentifier(cell.Configuration) && !seen.HasCell(cell.Graph))];
            int leftOut = dataset.Configurations.Length - tested.Length;
            if (tested.IsEmpty)
            {
                throw new InputException($"The Hamiltonian has seen all {leftOut} configurations, so none is left to test it. Give other files.");
            }

            run.Progress.Finish();
            Report(run, run.Get(file), model, tested, new JsonObject { ["left_out_as_seen"] = leftOut }, $"{leftOut} configurations left out because it has seen them");
            return Task.FromResult(0);
        });
    }

    private static Command Predict()
    {
        var file = new Argument<string>("file") { Description = "File of 'phonograph hamiltonian learn'." };
        var structures = new Argument<string[]>("structures") { Description = PredictVerb.StructuresDescription, Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output", "-o") { Description = "CSV file to write: structure, vbm_eV, band_gap_eV, outside (true or false), reasons.", Required = true };
        var command = new Command(
            "predict",
            "Predict valence band maximum and band gap (eV) of structures, at the centre of the zone of the cell as it stands.\n"
            + "Example: phonograph hamiltonian predict bands.safetensors POSCAR frames.xyz.gz --output edges.csv")
        {
            file, structures, output,
        };
        return CliRun.Verb(command, run =>
        {
            HamiltonianModel model = HamiltonianFile.Read(run.Get(file));
            int count = 0, outside = 0, without = 0;
            AtomicFile.WriteText(run.Get(output), writer =>
            {
                writer.WriteLine("structure,vbm_eV,band_gap_eV,outside,reasons");
                foreach ((string name, Crystal crystal) in run.Get(structures).SelectMany(PredictVerb.Read))
                {
                    (EdgeLabels edges, OutsideReasons reasons) = model.Predict([CrystalGraphBuilder.Build(crystal, model.GraphOptions)], run.Cancellation)[0];
                    writer.WriteLine($"{PredictVerb.Quoted(name)},{PredictVerb.Number(edges.ValenceElectronvolt)},{PredictVerb.Number(edges.GapElectronvolt)},{(reasons == OutsideReasons.None ? "false" : "true")},{reasons.Describe()}");
                    count++;
                    outside += reasons == OutsideReasons.None ? 0 : 1;
                    without += double.IsNaN(edges.GapElectronvolt) ? 1 : 0;
                    run.Progress.Report(new WorkProgress("predict", count, count));
                }
            });
            run.Progress.Finish();
            Console.Out.WriteLine(run.IsJson
                ? new JsonObject { ["structures"] = count, ["outside_training_range"] = outside, ["without_prediction"] = without, ["output"] = run.Get(output) }.ToJsonString(Indented)
                : $"{count} structures, {outside} outside the training range, {without} without prediction: {run.Get(output)}");
            return Task.FromResult(0);
        });
    }

    private static Command Bonds()
    {
        var file = new Argument<string>("file") { Description = "File of 'phonograph hamiltonian learn'." };
        var output = new Option<string>("--output", "-o") { Description = "CSV file to write: kind, element, shell, neighbour, neighbour_shell, bond, distance_A, value_eV.", Required = true };
        var command = new Command(
            "bonds",
            "Write what was learnt: levels of the free atoms, shifts and splittings by neighbours, two-centre integrals (eV) against distance (Å).\n"
            + "Example: phonograph hamiltonian bonds bands.safetensors --output bonds.csv")
        {
            file, output,
        };
        return CliRun.Verb(command, run =>
        {
            HamiltonianModel model = HamiltonianFile.Read(run.Get(file));
            int steps = (int)Math.Floor((model.Form.CutoffAngstrom - model.Form.StartAngstrom) / BondStep);
            double[] lengths = [.. Enumerable.Range(0, steps + 1).Select(step => model.Form.StartAngstrom + (step * BondStep))];
            AtomicFile.WriteText(run.Get(output), writer =>
            {
                writer.WriteLine("kind,element,shell,neighbour,neighbour_shell,bond,distance_A,value_eV");
                foreach (ParameterBlock block in model.Blocks)
                {
                    string name = $"{block.Kind.ToString().ToLowerInvariant()},{model.Form.Elements[block.Element].Symbol},{"spd"[block.Shell]},";
                    string neighbour = block.Kind == ParameterKind.Level ? ",," : $"{model.Form.Elements[block.Neighbour].Symbol},{(block.Kind == ParameterKind.Hopping ? $"{"spd"[block.NeighbourShell]},{"σπδ"[block.Bond]}" : ",")}";
                    IEnumerable<(string Length, double Value)> values = block.Kind == ParameterKind.Level
                        ? [("", model.Parameters[block.First])]
                        : lengths.Zip(model.Along(block, lengths), (length, value) => (length.ToString("0.000", CultureInfo.InvariantCulture), value));
                    foreach ((string length, double value) in values)
                    {
                        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}{neighbour},{length},{value:0.00000}"));
                    }
                }
            });
            Console.Out.WriteLine(run.IsJson
                ? new JsonObject { ["output"] = run.Get(output), ["blocks"] = model.Blocks.Length }.ToJsonString(Indented)
                : $"{run.Get(output)}: {model.Blocks.Length} levels, shifts, splittings and two-centre integrals");
            return Task.FromResult(0);
        });
    }

    private static void Report(CliRun run, string file, HamiltonianModel model, ImmutableArray<LabelledGraph> tested, JsonObject facts, string sentence)
    {
        ImmutableArray<ImmutableArray<Prediction>> predictions = model.Beside(tested, "test", run.Cancellation);
        int without = predictions[0].Count(prediction => !double.IsFinite(prediction.Predicted)), outside = predictions[0].Count(prediction => prediction.IsOutsideTrainingRange);
        if (without == tested.Length)
        {
            throw new InputException("No configuration can be predicted: all hold other elements, or have no closed shells. Give other files.");
        }

        ImmutableArray<MetricRecord> metrics =
        [
            .. HamiltonianModel.Properties.Zip(predictions).SelectMany(each => SchemeMetrics.Of(each.First, HamiltonianModel.Name, model.Provenance.TrainedOn, model.Provenance.TrainingConfigurations.Length, each.Second)),
        ];
        if (run.IsJson)
        {
            facts.Insert(0, "file", file);
            facts["outside_training_range"] = outside;
            facts["without_prediction"] = without;
            facts["metrics"] = MetricTable.Json(metrics);
            Console.Out.WriteLine(facts.ToJsonString(Indented));
            return;
        }

        Console.Out.WriteLine($"{file}: {sentence}\n{MetricTable.Text(metrics)}\n{outside} of {tested.Length} outside the training range, {without} without prediction");
    }
}
