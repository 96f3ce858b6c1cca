using Phonograph.Explaining.Networks;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 5: what the models of a study look at.</summary>
internal static class ExplanationFigures
{
    internal static IEnumerable<ReportFigure> Draw(StudyView view)
    {
        if (view.Result.Explanation is not { } explanation || explanation.Trainings.IsEmpty)
        {
            yield break;
        }

        ImportanceSeries[] all = [.. explanation.OnAll.Select(training => training.Importance with { Name = ExplanationClaims.Name(training) })];
        ImportanceSeries[] bestAndPoor = [.. explanation.OnAll.Where(training => training.Name == explanation.Best || training.Name == StudyExplanation.Poor).Select(training => training.Importance with { Name = ExplanationClaims.Name(training) })];
        string how = $"Importance for {explanation.Property.Title.ToLowerInvariant()}: {explanation.Method}.";
        string cells = $"{how} {all[0].Structures} test cells, {all[0].Draws} training {(all[0].Draws == 1 ? "draw" : "draws")}.";
        if (!explanation.Drawn.IsEmpty)
        {
            yield return ImportanceStructureFigure.Draw("figure-5-importance-structure", "Figure 5 a-d", explanation.Drawn, ImportanceLevels.DefaultThreshold, $"{how} {explanation.DrawnCell}; mean over training draws.");
        }

        yield return ImportanceDensityFigure.Draw("figure-5-importance-densities", "Figure 5 e-f", bestAndPoor, cells, firstLetter: 'e');
        yield return ImportancePairFigure.Draw("figure-5-importance-pairs", "Figure 5 g", all, cells);
        yield return ImportanceFeatureFigure.Draw("figure-5-importance-features", "Figure 5 h-k", all, explanation.Property.Unit, $"{explanation.Property.Title}. {all[0].Structures} test cells.", firstLetter: 'h');
    }
}
