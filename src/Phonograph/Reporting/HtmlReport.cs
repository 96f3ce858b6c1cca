using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Comparisons;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting;

/// <summary>The page: claim, figure, number with interval, caveat, provenance.</summary>
internal sealed class HtmlReport
{
    private readonly StudyView _view;
    private readonly StudyResult _result;
    private readonly ComparisonResult? _comparison;
    private readonly ImmutableArray<ReportFigure> _figures;
    private readonly HtmlText _page = new();

    private HtmlReport(StudyView view, ComparisonResult? comparison, ImmutableArray<ReportFigure> figures)
    {
        _view = view;
        _comparison = comparison;
        _result = view.Result;
        _figures = figures;
    }

    /// <summary>Writes the whole page.</summary>
    internal static string Write(StudyView view, ComparisonResult? comparison, ImmutableArray<ReportFigure> figures)
    {
        var report = new HtmlReport(view, comparison, figures);
        report.Head();
        report.Summary();
        report.Hypotheses();
        report.System();
        report.Accuracy();
        report.Configurations();
        report.LearningCurves();
        report.Explanation();
        report.CrossSet();
        report.Conditions();
        report.Training();
        report.Schemes();
        report.Limits();
        report.Provenance();
        report._page.Raw("</main>\n<dialog id=\"zoom\" aria-label=\"Enlarged figure\"><div id=\"stage\"></div><p><button type=\"button\" data-zoom=\"in\">+</button> <button type=\"button\" data-zoom=\"out\">−</button> "
            + "<button type=\"button\" data-zoom=\"reset\">Whole figure</button> <button type=\"button\" data-zoom=\"close\">Close</button> Drag to move; wheel, + and − to zoom.</p></dialog>\n<script>\n")
            .Raw(PageAsset.Read("report.js")).Raw("</script>\n</body></html>\n");
        return report._page.ToString();
    }

    private void Head()
    {
        MaterialDescription material = _result.Material;
        _page.Raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">")
            .Raw("<meta name=\"color-scheme\" content=\"light dark\">").Element("title", _result.Title)
            .Raw("<style>\n").Raw(PageAsset.Read("report.css")).Raw("</style></head>\n<body>\n<main>\n<header>\n")
            .Element("h1", _result.Title)
            .Element("p", $"{Numbers.Formula(material.Formula)}, {material.Structure}; {material.AtomCount} atoms; labels: {material.Engine} {material.EngineVersion}, {material.Level}. "
                + $"Phonograph {_result.Provenance.ProgramVersion}, seed {_result.Provenance.Seed}.", "lead");
        if (_result.Notice is { } notice)
        {
            _page.Element("p", notice, "notice");
        }

        if (material.IsModelEngine)
        {
            _page.Element("p", "The labels come from an analytic model, not from an electronic-structure program. They test the method; they say nothing about the material.", "notice");
        }

        (string Id, string Title)[] sections =
        [
            ("summary", "Results"), .. _result.Hypotheses.IsEmpty ? Array.Empty<(string, string)>() : [("hypotheses", "Hypotheses")], ("system", "System and data"), ("accuracy", "Accuracy"), ("configurations", "Configurations"), ("learning", "Learning curves"), ("explanation", "Importance of bonds"),
            ("cross", "Across kinds"), ("conditions", "By temperature"), ("training", "Training"), .. _comparison is null ? Array.Empty<(string, string)>() : [("schemes", "Schemes compared")], ("limits", "Limits"), ("provenance", "Provenance"),
        ];
        _page.Raw("<nav>");
        foreach ((string id, string title) in sections)
        {
            _page.Raw($"<a href=\"#{id}\">{HtmlText.Escape(title)}</a> ");
        }

        _page.Raw("</nav>\n").Element("p", "A click on a figure enlarges it; a click on a column title sorts the table.", "note").Raw("</header>\n");
    }

    private void Section(string id, string title) => _page.Raw($"<h2 id=\"{id}\">{HtmlText.Escape(title)}</h2>\n");

    private void Summary()
    {
        Section("summary", "Results");
        string[] headline = [.. _view.TrainingKinds.Select(kind => Sentence(Property.BandGap, kind, kind)).OfType<string>()];
        if (headline.Length == 0)
        {
            Missing("No model of the band gap was evaluated on a test set: there is no headline.");
        }

        _page.List(headline);
        _page.List(_view.TrainingKinds.Select(kind => BaselineClaims.Headline(_result.BaselineResults, Property.BandGap, kind)).OfType<string>());
        PairedComparison[] gap = [.. _result.Comparisons.Where(comparison => comparison.Property.Key == Property.BandGap.Key)];
        _page.Element("p", "Does the kind of training data matter for the band gap? " + Claims.Tally(gap)).List(gap.Select(Claims.Comparison).Append(Claims.OwnKind(gap)).OfType<string>());
        _page.Element("p", Terms(), "note");
        _page.Element("p", "Errors are given in the unit of the property first, as a share of the spread (standard deviation) of the test labels second, and as R² third: a pooled R² "
            + "rises with the spread of the test set and is no measure of accuracy by itself. All intervals are 95 % intervals.", "note");
    }

    private void Hypotheses()
    {
        if (_result.Hypotheses.IsEmpty)
        {
            return;
        }

        Section("hypotheses", "What was written down before");
        HypothesisAnswer[] answers = [.. HypothesisAnswer.All(_view)];
        _page.List(answers.GroupBy(answer => answer.Hypothesis).Select(HypothesisAnswer.Sentence));
        Folded("Every hypothesis for every property", () => ReportTables.Hypotheses(_page, answers));
    }

    private void Schemes()
    {
        if (_comparison is { } comparison)
        {
            Section("schemes", "The sampling schemes compared");
            ComparisonPage.Write(_page, comparison, prefix => Figure(prefix, null));
        }
    }

    private void System()
    {
        Section("system", "System and data");
        if (_result.Census.IsEmpty)
        {
            Missing("No census of the configurations was recorded.");
        }
        else
        {
            _page.Element("p", Claims.CensusSentence(_result.Census));
        }

        Figure("figure-1-", "No example crystal was recorded: Figure 1 is not drawn.");
        if (!_result.Census.IsEmpty)
        {
            ReportTables.Census(_page, _view);
        }
    }

    private void Accuracy()
    {
        Section("accuracy", "How well the models predict their own kind");
        _page.Element("p", Claims.BaselineTally(_view));
        Figure("figure-2-", "No predictions were recorded: Figure 2 is not drawn.");
        ReportTables.Accuracy(_page, _view);
        Baselines();
        ReportTables.Published(_page, _view);
        ReportTables.Sets(_page, _view);
        ReportTables.Hyperparameters(_page, _result);
    }

    private void Baselines()
    {
        BaselineResult[] results = [.. _result.BaselineResults];
        if (results.Length == 0)
        {
            Missing("The networks were not compared with simple baselines on the same test cells.");
            return;
        }

        _page.Element("p", "Against simple baselines and, where there is one, the learned Hamiltonian, trained on the same cells and tested on the same cells; lower means a corrected p-value below 5 %:").List(BaselineClaims.OwnKind(results));
        Folded("The network against simple baselines, every kind of cells", () => ReportTables.Baselines(_page, results));
    }

    private void Configurations()
    {
        Section("configurations", "Where the configurations lie");
        if (MetEnergies.Sentence(_view) is { } met)
        {
            _page.Element("p", met);
        }

        Figure("figure-3-", "No labelled configurations were recorded: Figure 3 is not drawn.");
    }

    private void LearningCurves()
    {
        Section("learning", "Accuracy against the number of training configurations");
        LearningCurve[] curves = [.. _result.LearningCurves.Where(curve => curve.Property.Key == Property.BandGap.Key && !curve.Points.IsEmpty)];
        if (curves.Length > 0)
        {
            _page.Element("p", Claims.CurveTally(curves));
        }

        var efficiency =
            from first in curves
            from second in curves
            where first.Model == second.Model && first.TestedOn == second.TestedOn && string.CompareOrdinal(first.TrainedOn, second.TrainedOn) < 0
            select $"{first.Model}, tested on {Claims.Kind(first.TestedOn)}: {Claims.Efficiency(first, second)} {Claims.Efficiency(second, first)}";
        string[] sentences = [.. efficiency];
        if (sentences.Length > 0)
        {
            _page.Element("p", "Does one kind of data need fewer configurations? Asked in both directions:").List(sentences);
        }

        Figure("figure-4-", "No learning curve of the band gap was computed: Figure 4 is not drawn.");
        ReportTables.LearningCurves(_page, curves);
        SchemeCurve[] laws = [.. curves.Where(curve => curve.Points[0].MeanAbsoluteErrors.Length > 1).Select(curve => SchemeCurve.Of(curve, _view.LabelSpread(curve.Property, curve.TestedOn)))];
        CurveTables.Laws(_page, TableNumber.CurveLaws, laws);
        CurveTables.Savings(_page, TableNumber.CurveSavings, [.. Savings(laws)]);
    }

    /// <summary>What each kind of training data saves against the kinds after it.</summary>
    private static IEnumerable<SchemeSaving> Savings(IReadOnlyCollection<SchemeCurve> laws) =>
        from first in laws
        from second in laws
        let fits = (First: first.Fit, Second: second.Fit)
        where fits is { First: not null, Second: not null } && first.Curve.Model == second.Curve.Model && first.Curve.TestedOn == second.Curve.TestedOn
            && string.CompareOrdinal(first.Curve.TrainedOn, second.Curve.TrainedOn) < 0
        select new SchemeSaving(first.Curve.Property, first.Curve.Model, first.Curve.TestedOn, first.Curve.TrainedOn, second.Curve.TrainedOn, LabelSaving.Of(fits.First!, fits.Second!));

    private void Explanation()
    {
        Section("explanation", "What the models look at");
        if (_result.Explanation is not { Trainings.IsEmpty: false } explanation)
        {
            Missing("No model was explained: Figure 5 is not drawn.");
            return;
        }

        _page.Element("p", ExplanationClaims.AgainstControls(explanation)).List(ExplanationClaims.Trainings(explanation));
        _page.Element("p", ExplanationClaims.Caveat(explanation), "note");
        Figure("figure-5-", null);
        Folded("Shares of all pairs on every kind of test cells", () => ReportTables.Importance(_page, explanation));
    }

    private void CrossSet()
    {
        Section("cross", "Across kinds of data");
        if (_result.Metrics.IsEmpty)
        {
            Missing("No errors were computed.");
            return;
        }

        Figure("figure-6-", null);
        PairedComparison[] comparisons = [.. _result.Comparisons];
        _page.Element("p", Claims.Tally(comparisons));
        ReportTables.Comparisons(_page, comparisons);
        Folded("All errors", () => ReportTables.Metrics(_page, _result.Metrics));
    }

    private void Conditions()
    {
        Section("conditions", "By temperature and width");
        Figure("figure-7-", "No test predictions with a temperature or width were recorded: nothing is shown by temperature.");
        Folded("Errors of all properties by temperature and width", () => ReportTables.Conditions(_page, _view));
    }

    private void Training()
    {
        Section("training", "Training");
        Figure("figure-8-", "No training history was recorded: Figure 8 is not drawn.");
    }

    private void Limits()
    {
        Section("limits", "Limits");
        if (_result.Caveats.IsEmpty)
        {
            Missing("The study recorded no caveats.");
        }

        _page.List(_result.Caveats);
    }

    private void Provenance()
    {
        Section("provenance", "Provenance");
        StudyProvenance provenance = _result.Provenance;
        if (_result.Split is { } split)
        {
            _page.Element("p", $"{split.Rule} Seed of the split: {split.Seed}. {split.LeakageStatement}");
            ReportTables.Split(_page, split);
        }
        else
        {
            Missing("The split was not recorded.");
        }

        _page.Element("p", $"Phonograph {provenance.ProgramVersion}; command: {provenance.Command}; seed {provenance.Seed}; {provenance.ThreadCount} threads on {provenance.Machine}; "
            + $"{Numbers.Duration(provenance.WallTimeSeconds)}. The zero of the valence band maximum is: {_result.Material.ValenceBandReference}.");
        ReportTables.Provenance(_page, provenance);
    }

    /// <summary>What the names of data and models in the sentences mean.</summary>
    private string Terms()
    {
        (string Kind, string Meaning)[] kinds =
        [
            ("phonon", "cells drawn from the thermal vibrations"), ("random", "cells whose atoms are displaced at random"), ("einstein", "cells with the same mean square displacements, each atom for itself"),
            (StudyView.Combined, "a share of each; tested on all kinds together"),
        ];
        IEnumerable<string> data = kinds.Where(kind => _view.TrainingKinds.Contains(kind.Kind)).Select(kind => $"{kind.Kind}: {kind.Meaning}");
        IEnumerable<string> models = _result.Hyperparameters
            .Select(row => (row.Model, row.Values.FirstOrDefault(value => value.Name == "architecture")?.Value)).Distinct()
            .Where(model => model.Value is not null).Select(model => $"model {model.Model}: {model.Value} (settings in {TableNumber.Settings})");
        return string.Join("; ", data.Concat(models).Append("MAE: mean absolute error").Append("R²: coefficient of determination, 1 for perfect predictions and 0 for always answering the mean of the test labels")) + ".";
    }

    private string? Sentence(Property property, string trainedOn, string testedOn) =>
        _view.Metric(property, trainedOn, testedOn) is { } metric ? Claims.Accuracy(metric, _view.Baseline(property, trainedOn, testedOn)) : null;

    /// <summary>A long table that opens on a click, and when the page is printed.</summary>
    private void Folded(string title, Action content)
    {
        _page.Raw("<details>").Element("summary", title);
        content();
        _page.Raw("</details>\n");
    }

    private void Missing(string text) => _page.Element("p", text, "missing");

    private void Figure(string prefix, string? missing)
    {
        ReportFigure[] figures = [.. _figures.Where(figure => figure.Name.StartsWith(prefix, StringComparison.Ordinal))];
        if (figures.Length == 0 && missing is not null)
        {
            Missing(missing);
        }

        foreach (ReportFigure figure in figures)
        {
            _page.Raw($"<figure id=\"{figure.Name}\"><div class=\"plot\" tabindex=\"0\" title=\"Click to enlarge\" style=\"max-width:{(int)(figure.Scene.Width * 1.25)}px\">\n")
                .Raw(SvgWriter.Write(figure.Scene, figure.Name, figure.Title, isStandalone: false))
                .Raw($"</div><figcaption><b>{HtmlText.Escape(figure.Number)}. {HtmlText.Escape(figure.Title)}.</b> {HtmlText.Escape(figure.Caption)} ")
                .Raw($"<span class=\"files\">Files: <a href=\"figures/{figure.Name}.svg\">SVG</a> <a href=\"figures/{figure.Name}.png\">PNG</a> <a href=\"figures/{figure.Name}.csv\">data</a></span></figcaption></figure>\n");
        }
    }
}
