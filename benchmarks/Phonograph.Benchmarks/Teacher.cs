using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Labelling.TightBinding;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Training;
using ElementPair = Phonograph.Explaining.Networks.ElementPair;

namespace Phonograph.Benchmarks;

/// <summary>
/// Do explanations find what makes the gap? Models are trained on the gaps of two teachers whose bonds are known, explained, and scored against the truth of their own teacher and of the other; beside them stand models trained for too short a
/// time and networks never trained. Times nothing; prints a table in Markdown.
/// </summary>
internal static class Teacher
{
    /// <summary>Width of the ranges of lengths, Å.</summary>
    private const double Range = 0.1;

    private static readonly (string Name, bool IsPoor, bool IsUntrained)[] Kinds = [("trained", false, false), ("poor", true, false), ("untrained", true, true)];

    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (TeacherArguments.Read(arguments) is not { } settings)
        {
            Console.Error.WriteLine(TeacherArguments.Usage);
            return 2;
        }

        Crystal[] cells = TeacherCells.Draw(settings.Cells);
        CrystalGraph[] graphs = [.. cells.Select(cell => CrystalGraphBuilder.Build(cell))];
        int training = settings.Cells * 8 / 10, validation = settings.Cells / 10;
        int[] explained = [.. Enumerable.Range(training + validation, settings.Cells - training - validation).Take(settings.Explained)];
        Console.WriteLine(FormattableString.Invariant(
            $"{settings.Model}; {training} training, {validation} validation, {settings.Cells - training - validation} test cells, {explained.Length} of them explained; {settings.Epochs} epochs (poor: {settings.PoorEpochs}); seeds 1 to {settings.Seeds}; ranges of {Range} Å; integrated gradients. Mean [least, largest] over seeds."));
        Console.WriteLine();
        Console.WriteLine($"| Learned from | Model | Against | {string.Join(" | ", TeacherRow.Names)} |");
        Console.WriteLine($"| --- | --- | --- |{string.Concat(TeacherRow.Names.Select(_ => " --- |"))}");
        var rows = new List<TeacherRow>();
        ImmutableArray<TightBindingTeacher> teachers = TightBindingTeacher.All;
        TrueCell[][] truths = [.. teachers.Select(teacher => explained.Select(cell => TrueCell.Of(teacher.Parameters, cells[cell], graphs[cell], Range)).ToArray())];
        foreach (TightBindingTeacher teacher in teachers)
        {
            LabelledGraph[] labelled = [.. graphs.Select((graph, cell) => new LabelledGraph($"cell-{cell}", "random", graph, GapParts.Of(teacher.Parameters, cells[cell]).GapElectronvolt))];
            var data = new TrainingData(
                Property.BandGap, [.. labelled[..training]], [.. labelled[training..(training + validation)]], new GraphOptions(), TightBindingEngine.EngineName, teacher.Parameters.Name);
            foreach ((string kind, bool isPoor, bool isUntrained) in Kinds)
            {
                TeacherRow[] ofKind = [.. Enumerable.Range(1, settings.Seeds).SelectMany(seed => Of(data, settings.Options(seed, isPoor), isUntrained, labelled[(training + validation)..], explained.Length, truths)
                    .Select((scores, against) => new TeacherRow(teacher.Level, kind, teachers[against].Level, seed, scores)))];
                rows.AddRange(ofKind);
                foreach (TightBindingTeacher against in teachers)
                {
                    double[][] scores = [.. ofKind.Where(row => row.Against == against.Level).Select(row => row.Scores)];
                    Console.WriteLine($"| {teacher.Level} | {kind} | {against.Level} | {string.Join(" | ", TeacherRow.Names.Select((_, column) => Text(scores.Select(each => each[column]))))} |");
                }
            }
        }

        if (settings.Output is { } path)
        {
            File.WriteAllLines(path, [TeacherRow.Header, .. rows.Select(row => row.Line)]);
        }

        return 0;
    }

    /// <summary>Scores of one model against each teacher.</summary>
    private static IEnumerable<double[]> Of(TrainingData data, TrainingOptions options, bool isUntrained, LabelledGraph[] test, int count, TrueCell[][] truths)
    {
        TrainedModel model = Trainer.Train(data, options);
        var explained = new ExplainedModel<float>(model);
        var explainer = new NetworkExplainer(
            [isUntrained ? explained.Untrained(options.Seed) : explained],
            new ExplanationOptions { Method = ImportanceMethod.IntegratedGradients, ShellWidthAngstrom = Range });
        ImmutableArray<CellExplanation> explanations = explainer.Explain([.. test.Take(count).Select(each => each.Graph)]);
        double quality = isUntrained ? double.NaN : ErrorMetrics.Of(new Predictor(model).Predict(test, "test")).RSquared;
        return truths.Select(truth => TeacherRow.Of(quality, TruthAgreement.Of(truth, explanations, Range), Share(explanations, "S"), Share(explanations, "Br")));
    }

    /// <summary>Mean share of the size of all importance that the bonds of silver and an element have.</summary>
    private static double Share(ImmutableArray<CellExplanation> explanations, string element)
    {
        var pair = new ElementPair(Element.Of("Ag"), Element.Of(element));
        return explanations.Average(each => each.Bonds.Select((bond, place) => bond.Pair == pair ? Math.Abs(each.Importance[place]) : 0).Sum() / each.Importance.Sum(Math.Abs));
    }

    private static string Text(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return double.IsNaN(all[0]) ? "" : string.Create(CultureInfo.InvariantCulture, $"{all.Average():0.000} [{all.Min():0.000}, {all.Max():0.000}]");
    }
}
