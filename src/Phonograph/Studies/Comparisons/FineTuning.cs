using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Training;

namespace Phonograph.Studies.Comparisons;

/// <summary>A model that is fine-tuned beside training from scratch, usually trained on many labels of a cheaper level.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Scratch">The compared model of the same architecture.</param>
/// <param name="Property">What it predicts.</param>
/// <param name="Start">Its weights.</param>
internal sealed record FineTuning(string Name, string Scratch, Property Property, StartModel Start)
{
    /// <summary>Reads start models and makes sure that none has seen a test cell.</summary>
    /// <exception cref="InputException">A model predicts several properties or one that is not compared, has no counterpart among the compared models, or has seen a test cell.</exception>
    internal static ImmutableArray<FineTuning> Read(ComparisonCells cells, GraphLibrary graphs, ComparisonOptions options)
    {
        ImmutableArray<LabelledGraph> test = graphs.Of(cells.Division.Test, Property.BandGap);
        var read = ImmutableArray.CreateBuilder<FineTuning>();
        foreach (string file in options.StartFiles)
        {
            var start = StartModel.Read(file);
            ModelDescription model = start.Model.Description;
            if (model.Properties.Length != 1 || !options.Properties.Contains(model.Property))
            {
                throw InputException.At(file, 0, $"a model of {string.Join(", ", model.Properties.Select(property => property.Key))}", $"one property of {string.Join(", ", options.Properties.Select(property => property.Key))}", "Train a start model for each property by itself.");
            }

            if (read.Any(other => other.Property == model.Property && other.Scratch == model.Model))
            {
                throw InputException.At(file, 0, $"a second {model.Model} of {model.Property.Key}", "one start model of each architecture and property", "Leave one of them out.");
            }

            if (!options.Models.Any(compared => compared.Name == model.Model))
            {
                throw InputException.At(file, 0, $"the architecture {model.Model}", $"one of the compared models ({string.Join(", ", options.Models.Select(compared => compared.Name))}), to be held against", $"Add {model.Model} to --models.");
            }

            var seen = new SeenCells(start.Model);
            string[] known = [.. test.Where(each => seen.HasIdentifier(each.Configuration) || (seen.HasSignatures && seen.HasCell(each.Graph))).Select(each => each.Configuration)];
            if (known.Length > 0)
            {
                throw InputException.At(
                    file, 0, $"a model that has seen {known.Length} of the {test.Length} test cells, '{known[0]}' among them", "one that has seen none, whatever the level of its labels",
                    "Train it on what 'phonograph study divide --other-level' leaves.");
            }

            read.Add(new FineTuning($"{model.Model} fine-tuned", model.Model, model.Property, start));
        }

        return read.ToImmutable();
    }

    /// <summary>Settings of the fine-tuning: those of training from scratch, in the shape of the start model.</summary>
    internal TrainingOptions Settings(TrainingOptions scratch)
    {
        TrainingOptions shape = Start.Model.Description.Training.Options;
        return scratch with { Model = shape.Model, Hidden = Start.Model.Description.Hidden, Layers = shape.Layers, ReadOut = shape.ReadOut, Head = shape.Head };
    }
}
