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
using Phonograph.Sampling;
using ElementPair = Phonograph.Explaining.Networks.ElementPair;

namespace Phonograph.Benchmarks;

/// <summary>
/// Do explanations find what makes the gap? Models are trained on the gaps of two teachers whose bonds are known, explained, and scored against the truth of their own teacher and of the other; beside them stand models trained for too short a
/// time and networks never trained. Times nothing; prints a table in Markdown.
/// </summary>
internal static class Teacher
{
    private const double Width = 0.15;

    /// <summary>Full widths of the displacements of the cells in turn, Å.</summary>
    private static readonly double[] Displacements = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7];

    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (TeacherArguments.Read(arguments) is not { } settings)
        {
            Console.Error.WriteLine(TeacherArguments.Usage);
            return 2;
        }

        Crystal[] cells = Draw(settings.Cells);
        CrystalGraph[] graphs = [.. cells.Select(cell => CrystalGraphBuilder.Build(cell))];
        int training = settings.Cells * 7 / 10, validation = settings.Cells / 10;
        int[] test = [.. Enumerable.Range(0, settings.Cells).Skip(training + validation)];
        Console.WriteLine(FormattableString.Invariant(
            $"{settings.Model}, 40-atom cells with uniform displacements of widths {string.Join(", ", Displacements.Select(width => width.ToString(CultureInfo.InvariantCulture)))} Å: {training} training, {validation} validation, {test.Length} test; {settings.Epochs} epochs (poor: {settings.PoorEpochs}); seeds 1 to {settings.Seeds}; ranges of {Width} Å; integrated gradients. Mean [least, largest] over seeds."));
        Console.WriteLine();
        Console.WriteLine("| Learned from | Model | Against | R² | cosine | ranges | Spearman, change | Spearman, importance | Spearman, length | AUROC, importance | AUROC, length | share Ag-S | share Ag-Br |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        ImmutableArray<TightBindingTeacher> teachers = TightBindingTeacher.All;
        TrueCell[][] truths = [.. teachers.Select(teacher => test.Select(cell => TrueCell.Of(teacher.Parameters, cells[cell], graphs[cell], Width)).ToArray())];
        for (int teacher = 0; teacher < teachers.Length; teacher++)
        {
            LabelledGraph[] labelled = [.. graphs.Select((graph, cell) => new LabelledGraph(
                $"cell-{cell}", "random", graph, GapParts.Of(teachers[teacher].Parameters, cells[cell]).GapElectronvolt))];
            var data = new TrainingData(
                Property.BandGap, [.. labelled[..training]], [.. labelled[training..(training + validation)]], new GraphOptions(), TightBindingEngine.EngineName, teachers[teacher].Level);
            LabelledGraph[] tested = [.. test.Select(cell => labelled[cell])];
            foreach ((string kind, bool isPoor, bool isUntrained) in new[] { ("trained", false, false), ("poor", true, false), ("untrained", true, true) })
            {
                Score[] scores = [.. Enumerable.Range(1, settings.Seeds).Select(seed => Of(data, settings.Options(seed, isPoor), isUntrained, tested, truths))];
                for (int against = 0; against < teachers.Length; against++)
                {
                    TruthAgreement[] agreements = [.. scores.Select(score => score.Agreements[against])];
                    string[] columns =
                    [
                        teachers[teacher].Level, kind, teachers[against].Level, isUntrained ? "" : Text(scores.Select(score => score.RSquared)), Text(agreements.Select(each => each.GradientCosine)),
                        agreements[0].Shells.ToString(CultureInfo.InvariantCulture), Text(agreements.Select(each => each.ShellsByChange)), Text(agreements.Select(each => each.ShellsByImportance)),
                        Text(agreements.Select(each => each.ShellsByLength)), Text(agreements.Select(each => each.BondsByImportance)), Text(agreements.Select(each => each.BondsByLength)),
                        Text(scores.Select(score => score.SilverSulphur)), Text(scores.Select(score => score.SilverBromine)),
                    ];
                    Console.WriteLine($"| {string.Join(" | ", columns)} |");
                }
            }
        }

        return 0;
    }

    private static Crystal[] Draw(int count)
    {
        var unit = new Crystal(
            Lattice.Cubic(4.793),
            [.. "Ag Ag Ag S Br".Split(' ').Select(Element.Of)],
            [new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5), new(0.5, 0.5, 0.5), new(0, 0, 0)]);
        Crystal ideal = Supercell.Of(unit, 2, 2, 2).Crystal;
        UniformSampler[] samplers = [.. Displacements.Select(width => new UniformSampler(ideal, width))];
        return [.. Enumerable.Range(0, count).Select(index => samplers[index % samplers.Length].Draw(1, index).Displaced())];
    }

    private static Score Of(TrainingData data, TrainingOptions options, bool isUntrained, LabelledGraph[] test, TrueCell[][] truths)
    {
        TrainedModel model = Trainer.Train(data, options);
        var explained = new ExplainedModel<float>(model);
        var explainer = new NetworkExplainer(
            [isUntrained ? explained.Untrained(options.Seed) : explained],
            new ExplanationOptions { Method = ImportanceMethod.IntegratedGradients, ShellWidthAngstrom = Width });
        ImmutableArray<CellExplanation> explanations = explainer.Explain([.. test.Select(each => each.Graph)]);
        return new Score(
            ErrorMetrics.Of(new Predictor(model).Predict(test, "test")).RSquared,
            [.. truths.Select(truth => TruthAgreement.Of(truth, explanations, Width))],
            Share(explanations, "S"),
            Share(explanations, "Br"));
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
        return string.Create(CultureInfo.InvariantCulture, $"{all.Average():0.000} [{all.Min():0.000}, {all.Max():0.000}]");
    }

    private sealed record Score(double RSquared, TruthAgreement[] Agreements, double SilverSulphur, double SilverBromine);
}
