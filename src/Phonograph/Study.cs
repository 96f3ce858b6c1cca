using System.Diagnostics;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Reporting;
using Phonograph.Reporting.Explanations;
using Phonograph.Studies;

namespace Phonograph;

/// <summary>
/// The whole study in the order of a methods section: does a graph network trained on cells drawn from phonons predict better than one
/// trained on the same number of randomly displaced cells? (After arXiv 2511.15222, with matched sizes, fixed test sets and intervals.)
/// </summary>
public static class Study
{
    /// <summary>Runs the study; what an earlier run of the same study trained is not trained again.</summary>
    /// <param name="options">Data, seeds, settings.</param>
    /// <param name="progress">Told about graphs and fits.</param>
    /// <param name="cancellation">Stops the study; the same call continues.</param>
    /// <exception cref="InputException">Data or options cannot be used.</exception>
    public static StudyResult Run(StudyOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        long started = Stopwatch.GetTimestamp();
        options.Validated();

        // Data: labelled cells of one crystal, one engine, one level; what has no label is counted, not forgotten.
        Dataset data = StudyCells.Read(options);

        // Division: the test set is fixed before any training; training and validation cells are drawn from the rest, several times. Frames of molecular dynamics are tests only.
        var draws = TrainingDraws.Create(data, options.Seed);
        var description = new StudyDescription(data, draws, options);
        StudyCells.CheckHypotheses(options.Hypotheses, draws);

        // Amplitudes: where force constants are given, every cell carries its amplitudes of the same modes, however it was drawn.
        Dataset withAmplitudes = StudyBaselines.WithAmplitudes(data, options.ForceConstantsFile, options.UnitCellFile);

        // Graphs: an edge for every pair of atoms within the cutoff, periodic images included.
        var graphs = GraphLibrary.Build(data.Configurations, options.Graph, progress, cancellation);

        // Models: the same network for every property, kind of training data, size and draw.
        var fits = StudyFits.Train(draws, graphs, data, options, progress, cancellation);

        // Hamiltonians: a tight-binding model of the bands, learnt from the band edges of the same cells.
        var hamiltonians = StudyHamiltonians.Train(draws, data, options, progress, cancellation);

        // Baselines: the mean and ridge regressions on the same cells, which every network must beat.
        var baselines = StudyBaselines.Fit(draws, graphs, hamiltonians, withAmplitudes, options, progress, cancellation);

        // Explanations: which bonds make the predictions of the band gap, beside those of poor and of untrained networks.
        StudyExplanation? explanation = StudyExplanations.Make(draws, graphs, fits, data, options, progress, cancellation);

        // Findings: errors with intervals, paired comparisons corrected for their number, learning curves.
        var findings = new StudyFindings(fits, baselines, hamiltonians, draws, options);
        return new StudyResult
        {
            Title = $"Phonon-informed against random training data: {Numbers.Formula(description.Material().Formula)}, {data.Level}",
            Notice = options.Notice,
            Material = description.Material(),
            Example = description.Example(),
            Census = description.Census(),
            Configurations = description.Configurations(),
            Map = ConfigurationMapping.Of(data, graphs),
            Metrics = findings.Metrics(),
            Predictions = findings.Predictions(),
            Comparisons = findings.Comparisons(),
            BaselineResults = findings.BaselineResults(),
            LearningCurves = findings.LearningCurves(),
            TrainingCurves = findings.TrainingCurves(),
            Hyperparameters = findings.Hyperparameters(),
            Explanation = explanation,
            Hypotheses = options.Hypotheses,
            Published = options.Published,
            Split = description.Division(),
            Provenance = description.Provenance(Stopwatch.GetElapsedTime(started), fits.Count + hamiltonians.Count),
            Caveats = StudyCaveats.Of(data, baselines.Names, options.Hamiltonian is null ? null : hamiltonians.Reason),
        };
    }
}
