using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Explaining.Networks;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Fitting;
using Phonograph.Numerics.Memory;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Studies;

/// <summary>
/// Explains the models of the band gap of a study on some of its test cells: those of every kind of training data and draw, and two controls, models like the best ones that were stopped after two passes and networks that were never
/// trained. Gradients are one pass through a network, so that all draws can be explained and intervals hold what changes from one training to the next.
/// </summary>
internal static class StudyExplanations
{
    /// <summary>Passes of the poor models, as many as those of the teachers' benchmark have.</summary>
    internal const int PoorEpochs = 2;

    private const string Method = "derivative of the prediction by the factor of both messages of a bond (gradients), by size";
    private const double DrawnTemperatureKelvin = 300;

    /// <summary>Longer than any bond: pairs are not divided by length.</summary>
    private static readonly ExplanationOptions Options = new() { Method = ImportanceMethod.Gradients, ShellWidthAngstrom = 20 };

    /// <summary>Explains; the poor models are trained, or read where an earlier run trained them.</summary>
    /// <returns>Null where nothing is to be explained, or no test cell can be.</returns>
    public static StudyExplanation? Make(
        TrainingDraws draws, GraphLibrary graphs, StudyFits fits, Dataset data, StudyOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        LabelledConfiguration[] chosen = [.. draws.Schemes.SelectMany(scheme => Chosen([.. draws.Test.Where(cell => cell.SchemeClass == scheme)], options.ExplainedCells))];
        LabelledGraph[] cells = [.. graphs.Of(chosen, Property.BandGap).Where(cell => NetworkExplainer.CanExplain(cell.Graph))];
        if (cells.Length == 0)
        {
            return null;
        }

        double Error(string kind, string tested) => fits.Tested(Property.BandGap, kind, draws.FullSize, tested).Average(predictions => ErrorMetrics.Of(predictions).MeanAbsoluteError);
        string best = draws.Kinds.MinBy(kind => Error(kind, draws.Kinds[^1]))!;
        ImmutableArray<FitResult> poor = FitSchedule.Run(
            [.. Enumerable.Range(0, options.Draws).Select(draw => StudyFits.Stopped(best, draw, PoorEpochs, draws, graphs, data, options))], new FitCache(options.CacheFolder), options.SideBySide, progress, cancellation);
        double PoorError(string tested) => poor.Average(fit => ErrorMetrics.Of(TrainingDraws.Of(fit.Test(), tested)).MeanAbsoluteError);
        ExplainedModel<float>[] Trained(string kind) => [.. Enumerable.Range(0, options.Draws).Select(draw => new ExplainedModel<float>(fits[Property.BandGap, kind, draws.FullSize, draw].Model))];
        ExplainedModel<float>[] bestModels = Trained(best), poorModels = [.. poor.Select(fit => new ExplainedModel<float>(fit.Model))];
        (string Name, ExplainedModel<float>[] Models, Func<string, double> Error)[] all =
        [
            .. draws.Kinds.Select(kind => (kind, kind == best ? bestModels : Trained(kind), (Func<string, double>)(tested => Error(kind, tested)))),
            (StudyExplanation.Poor, poorModels, PoorError),
            (StudyExplanation.Untrained, [.. bestModels.Select((model, draw) => model.Untrained(draws.DrawSeed(draw)))], _ => double.NaN),
        ];
        using var pool = new WorkerPool(options.SideBySide ?? Environment.ProcessorCount);
        var trainings = ImmutableArray.CreateBuilder<ExplainedTraining>();
        int done = 0, total = all.Sum(each => each.Models.Length);
        foreach ((string name, ExplainedModel<float>[] models, Func<string, double> error) in all)
        {
            var summaries = draws.Kinds.ToDictionary(kind => kind, _ => new ImportanceSummary(Options.ShellWidthAngstrom, options.Graph.CutoffAngstrom));
            for (int draw = 0; draw < models.Length; draw++)
            {
                ImmutableArray<CellExplanation> explanations = new NetworkExplainer([models[draw]], Options, pool).Explain([.. cells.Select(cell => cell.Graph)], cancellation: cancellation);
                foreach ((LabelledGraph cell, CellExplanation explanation) in cells.Zip(explanations))
                {
                    foreach (string tested in draws.Kinds.Where(kind => kind == TrainingDraws.Combined || kind == cell.Scheme))
                    {
                        summaries[tested].Add(explanation, draw);
                    }
                }

                progress?.Report(new WorkProgress("explain", ++done, total));
            }

            trainings.AddRange(draws.Kinds.Where(tested => summaries[tested].Count > 0).Select(tested => new ExplainedTraining(name, tested, error(tested), Series(name, summaries[tested], isWhole: tested == draws.Kinds[^1], options))));
        }

        // A network that answers the same whatever the bonds has no shares of importance.
        ImmutableArray<ExplainedTraining> known = [.. trainings.Where(training => training.Importance.Pairs.Any(pair => double.IsFinite(pair.Importance.Value)))];
        LabelledGraph drawn = cells.MinBy(cell => Math.Abs((chosen.First(each => each.Id == cell.Configuration).TemperatureKelvin ?? 0) - DrawnTemperatureKelvin))!;
        return new StudyExplanation(
            Property.BandGap, Method, best, PoorEpochs, known,
            [.. new[] { ("trained on " + best, bestModels), (StudyExplanation.Poor, poorModels) }.Select(each => Draw(each.Item1, each.Item2, drawn, pool, cancellation))],
            $"Test cell {drawn.Configuration} ({chosen.First(each => each.Id == drawn.Configuration).Stratum.Label})");
    }

    private static DrawnImportance Draw(string name, ExplainedModel<float>[] models, LabelledGraph cell, WorkerPool pool, CancellationToken cancellation) =>
        DrawnImportance.Of(name, cell.Graph.Crystal!, new NetworkExplainer([.. models], Options, pool).Explain([cell.Graph], cancellation: cancellation)[0]);

    private static ImportanceSeries Series(string name, ImportanceSummary summary, bool isWhole, StudyOptions options)
    {
        var series = ImportanceSeries.Of(name, summary, new BootstrapOptions(Seed: options.Seed));
        return isWhole ? series : series with { Densities = [], Features = [] };
    }

    /// <summary>Cells at equal distances in the order of the test set, which goes through temperatures and widths.</summary>
    private static IEnumerable<LabelledConfiguration> Chosen(LabelledConfiguration[] cells, int count) =>
        cells.Where((_, place) => (long)(place + 1) * Math.Min(count, cells.Length) / cells.Length > (long)place * Math.Min(count, cells.Length) / cells.Length);
}
