using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Explaining.Networks;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph explain</c>: which bonds of which structures make the predictions of a network, and whether that can be trusted.</summary>
internal static class ExplainVerb
{
    private const int StructuresAtATime = 64;

    private static readonly ImmutableArray<(string Name, ImportanceMethod Method)> Methods =
    [
        ("gradients", ImportanceMethod.Gradients), ("integrated-gradients", ImportanceMethod.IntegratedGradients), ("occlusion", ImportanceMethod.Occlusion), ("mask", ImportanceMethod.Mask),
    ];

    private static readonly ExplanationOptions Defaults = new();

    internal static Command Create()
    {
        var model = new Argument<string>("model") { Description = ModelInput.ArgumentDescription };
        var structures = new Argument<string[]>("structures") { Description = PredictVerb.StructuresDescription, Arity = ArgumentArity.OneOrMore };
        var method = new Option<string>("--method")
        {
            Description = "What the importance of a bond is: the exact change of the prediction without it (occlusion), the derivative by its messages (gradients), that derivative summed on the way from the atoms without bonds, whose parts add up to the change (integrated-gradients), or the mean of learned masks, 0 to 1 (mask).",
            DefaultValueFactory = _ => "occlusion",
        };
        method.AcceptOnlyFromAmong([.. Methods.Select(each => each.Name)]);
        var property = new Option<string?>("--property") { Description = "Property to explain, of a model of several; the first when left out." };
        var seeds = new Option<int>("--seeds") { Description = "Masks to learn for each structure, each from its own start.", DefaultValueFactory = _ => Defaults.Mask.Restarts };
        var epochs = new Option<int>("--epochs") { Description = "Steps of learning a mask.", DefaultValueFactory = _ => Defaults.Mask.Epochs };
        var seed = new Option<ulong>("--seed") { Description = "Seed of masks and controls.", DefaultValueFactory = _ => Defaults.Mask.Seed };
        var width = new Option<double>("--width") { Description = "Width of the ranges of bond lengths, Å.", DefaultValueFactory = _ => Defaults.ShellWidthAngstrom };
        var checkedCount = new Option<int>("--quality-structures") { Description = "Measure the quality of the explanations on so many structures, evenly taken from all; 0 for none.", DefaultValueFactory = _ => 20 };
        var control = new Option<string?>("--control") { Description = "Model file whose explanations are a further control, such as a poor model or one trained on shuffled labels: it is explained, summed up and drawn beside the model.", HelpName = "MODEL" };
        var draw = new Option<int?>("--draw") { Description = "Structure to draw with the importance of its bonds, counted from 1; 0 for none. Default: the first that can be explained.", HelpName = "NUMBER" };
        var threshold = new Option<double>("--threshold")
        {
            Description = "Bonds that surpass this share of the bonds of the structure in size of importance are drawn in colour, the others faint; in figure-structure.html it can be moved.",
            DefaultValueFactory = _ => ImportanceLevels.DefaultThreshold,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder to write: bonds.csv (each bond of each structure), atoms.csv (derivatives by position, node features), pairs.csv (pairs of elements by length, with 95 % intervals over structures), densities.csv, features.csv (node features set to their mean), quality.csv, explanation.json; of a control control-pairs.csv, control-densities.csv, control-features.csv; and figures (SVG, PNG, data as CSV): figure-structure, also as a page with a threshold to move (.html), figure-densities, figure-pairs, figure-features.",
            Required = true,
        };
        var command = new Command(
            "explain",
            "Explain predictions of a network or an ensemble: the importance of every bond of every periodic image, its sums by pair of elements and length, and how far such an explanation can be trusted (eV for gaps and edges, Å).\n"
            + "Example: phonograph explain gap.safetensors cells.xyz.gz --method mask --seeds 8 --output explained")
        {
            model, structures, method, property, seeds, epochs, seed, width, checkedCount, control, draw, threshold, output,
        };
        return CliRun.Verb(command, run =>
        {
            var options = new ExplanationOptions
            {
                Method = Methods.Single(each => each.Name == run.Get(method)).Method,
                ShellWidthAngstrom = run.Get(width),
                Mask = Defaults.Mask with { Restarts = run.Get(seeds), Epochs = run.Get(epochs), Seed = run.Get(seed) },
            };
            if (run.Get(checkedCount) < 0)
            {
                throw new InputException($"--quality-structures: found {run.Get(checkedCount)}; expected 0 or more.");
            }

            if (run.Get(draw) is < 0)
            {
                throw new InputException($"--draw: found {run.Get(draw)}; expected the number of a structure from 1 on, or 0 for none.");
            }

            if (run.Get(threshold) is not (>= 0 and <= 1))
            {
                throw new InputException(FormattableString.Invariant($"--threshold: found {run.Get(threshold)}; expected 0 to 1."));
            }

            ImmutableArray<TrainedModel> models = ModelInput.ReadModels(run.Get(model));
            int place = Place(models[0].Description.Properties, run.Get(property));
            var explainer = new NetworkExplainer([.. models.Select(each => new ExplainedModel<float>(each, place))], options);
            var quality = new QualityOptions { Seed = run.Get(seed), Control = run.Get(control) is { } path ? Control(path, models[0].Description, place) : null };
            var written = new ExplanationOutput(run.Get(output), explainer);
            ExplanationSet set = Explain(run, run.Get(structures), explainer, quality.Control is { } other ? new NetworkExplainer([other], options) : null, written, run.Get(checkedCount), run.Get(draw));
            if (set.Count == 0)
            {
                throw new InputException("No structure can be explained: none has bonds within the cutoff of the model between elements with tabulated features. Give other files.");
            }

            ExplanationQuality? found = set.Graphs.Count == 0 ? null : ExplanationQuality.Of(explainer, set.Graphs, set.Explanations, quality, run.Progress, run.Cancellation);
            run.Progress.Finish();
            IReadOnlyList<string> figures = new ExplanationFigures(run.Get(output), run.Get(method), models[0].Description.Properties[place]).Write(set.Drawn, run.Get(threshold), set.Summary, set.Control);
            JsonObject document = written.Finish(run.Get(method), set.Summary, set.Control, found, quality, set.LeftOut, figures);
            Console.Out.WriteLine(run.IsJson ? document.ToJsonString(ExplanationOutput.Indented) : written.Text(set.Summary, found, set.LeftOut));
            return Task.FromResult(0);
        });
    }

    /// <summary>Explains all structures, some at a time, and keeps some for the quality and one to draw.</summary>
    private static ExplanationSet Explain(CliRun run, string[] structures, NetworkExplainer explainer, NetworkExplainer? control, ExplanationOutput output, int kept, int? draw)
    {
        // Frames are read twice: their number, which the time left needs, costs little beside explaining them.
        (string Path, int Frames)[] files = [.. structures.Select(path => (path, PredictVerb.Read(path).Count()))];
        int total = files.Sum(file => file.Frames);
        if (draw > total)
        {
            throw new InputException($"--draw: found {draw} for {total} structures; expected 1 to {total}, or 0 for none.");
        }

        ImportanceSummary Summary() => new(explainer.Options.ShellWidthAngstrom, explainer.Description.CutoffAngstrom);
        var set = new ExplanationSet(Summary(), total, kept, control is null ? null : Summary());
        output.WriteStructures((bonds, atoms) =>
        {
            int done = 0;
            foreach ((string Name, Crystal Crystal)[] part in structures.SelectMany(PredictVerb.Read).Chunk(StructuresAtATime))
            {
                (int Number, string Name, CrystalGraph Graph)[] known =
                [
                    .. part.Select((each, index) => (done + index + 1, each.Name, CrystalGraphBuilder.Build(each.Crystal, explainer.Description.GraphOptions))).Where(each => NetworkExplainer.CanExplain(each.Item3)),
                ];
                if (draw > done && draw <= done + part.Length && known.All(each => each.Number != draw))
                {
                    throw new InputException($"--draw: structure {draw} ({part[draw.Value - done - 1].Name}) has no bonds within the cutoff of the model, or elements without tabulated features. Draw another one.");
                }

                int before = done;
                var progress = new ProgressListener(value => run.Progress.Report(new WorkProgress("explain", before + value.Done, total)));
                CrystalGraph[] graphs = [.. known.Select(each => each.Graph)];
                ImmutableArray<CellExplanation> explanations = explainer.Explain(graphs, progress, run.Cancellation);
                ImmutableArray<CellExplanation>? controls = control?.Explain(graphs, null, run.Cancellation);
                for (int index = 0; index < known.Length; index++)
                {
                    set.Add(known[index].Graph, explanations[index], controls?[index]);
                    ExplanationOutput.WriteBonds(bonds, known[index].Name, explanations[index]);
                    ExplanationOutput.WriteAtoms(atoms, known[index].Name, known[index].Graph, explanations[index]);
                    if (draw is null ? set.Drawn is null : known[index].Number == draw)
                    {
                        set.Drawn = (known[index].Name, known[index].Graph, explanations[index], controls?[index]);
                    }
                }

                set.LeftOut += part.Length - known.Length;
                done += part.Length;
            }
        });
        return set;
    }

    private static int Place(ImmutableArray<Property> properties, string? key)
    {
        if (key is null)
        {
            return 0;
        }

        int place = properties.Select(property => property.Key).ToList().IndexOf(key);
        return place >= 0 ? place : throw new InputException($"--property: found {key}; expected a property of the model: {TargetScales.Names(properties)}.");
    }

    private static ExplainedModel<float> Control(string path, ModelDescription explained, int place)
    {
        TrainedModel control = ModelInput.ReadModels(path)[0];
        return control.Description.GraphOptions == explained.GraphOptions
            ? new ExplainedModel<float>(control, Place(control.Description.Properties, explained.Properties[place].Key))
            : throw new InputException($"--control: {path} reads other graphs than the model: another cutoff or builder. Give a control that was trained with the same ones.");
    }
}
