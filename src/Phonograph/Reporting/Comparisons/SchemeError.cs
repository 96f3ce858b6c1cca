using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting.Comparisons;

/// <summary>Error of one model trained on one scheme, on one test set. Intervals are over training draws and test cells or blocks.</summary>
/// <param name="Metric">Property, model, scheme, test set, sizes, label spread, mean absolute error, R² and their intervals.</param>
/// <param name="OverSpread">Mean absolute error over label spread, both of the same resample.</param>
/// <param name="Blocks">Number of blocks of the test set.</param>
public sealed record SchemeError(MetricRecord Metric, Interval OverSpread, int Blocks);

/// <summary>A model trained on a scheme.</summary>
/// <param name="Model">Name of the compared model.</param>
/// <param name="Scheme">Scheme of the training cells.</param>
public sealed record TrainedWay(string Model, string Scheme);

/// <summary>Why two ways are compared.</summary>
public enum DifferenceFamily
{
    /// <summary>A pair of schemes that was to be compared from the beginning; corrected for their number and that of the properties.</summary>
    Pair,

    /// <summary>Another pair of schemes; not corrected, for reading beside the others.</summary>
    Further,

    /// <summary>Fine-tuning against training from scratch; corrected for schemes and properties.</summary>
    FineTuning,
}

/// <summary>Error of one way to train against that of another on the same test cells.</summary>
/// <param name="Family">Why they are compared.</param>
/// <param name="Meaning">What the difference shows, for example <c>amplitude</c>.</param>
/// <param name="Property">What is predicted; numbers are in its unit.</param>
/// <param name="TestedOn">Test set.</param>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="TrainingSize">Training cells of both.</param>
/// <param name="Numbers">Errors, difference, ratio, effect and intervals; the difference is negative when the first is better.</param>
/// <param name="AdjustedPValue">Bootstrap p-value corrected by Holm over the family with the same model and test set; NaN outside a family.</param>
/// <param name="AdjustedCorrectedPValue">The same for the p-value of Nadeau and Bengio.</param>
/// <param name="FamilySize">Number of tests in the family; 0 outside one.</param>
public sealed record SchemeDifference(
    DifferenceFamily Family,
    string Meaning,
    Property Property,
    string TestedOn,
    TrainedWay First,
    TrainedWay Second,
    int TrainingSize,
    ErrorDifference Numbers,
    double AdjustedPValue,
    double AdjustedCorrectedPValue,
    int FamilySize)
{
    /// <summary>True when the corrected p-value is below 5 %.</summary>
    public bool IsDecided => AdjustedPValue < 0.05;

    /// <summary>In words: which way is better, <c>undecided</c>, or that the difference is small.</summary>
    public string Verdict
    {
        get
        {
            string better = Numbers.Difference.Value < 0 ? Name(First) : Name(Second);
            return !double.IsFinite(AdjustedPValue) ? "not tested" : !IsDecided ? "undecided" : Numbers.IsSmall ? $"{better} better, small" : $"{better} better";
        }
    }

    private string Name(TrainedWay way) => First.Scheme == Second.Scheme ? way.Model : way.Scheme;
}

/// <summary>A weighted sum of the errors of a model trained on several schemes, on the same test cells.</summary>
/// <param name="Meaning">What it asks.</param>
/// <param name="Formula">The sum, for example <c>uniform - 2 gaussian + phonon</c>.</param>
/// <param name="Property">What is predicted.</param>
/// <param name="Model">Name of the compared model.</param>
/// <param name="TestedOn">Test set.</param>
/// <param name="Value">The sum with its interval over training draws and test cells or blocks, in the unit of the property.</param>
/// <param name="PValue">Two-sided bootstrap p-value of zero, not corrected.</param>
public sealed record SchemeContrast(string Meaning, string Formula, Property Property, string Model, string TestedOn, Interval Value, double PValue);

/// <summary>The mean band gap of molecular dynamics as labelled, and as a model predicts it.</summary>
/// <param name="Way">Model and scheme.</param>
/// <param name="TestedOn">Frames.</param>
/// <param name="TrainingSize">Training cells.</param>
/// <param name="Mean">Means and their difference, eV.</param>
public sealed record ThermalMean(TrainedWay Way, string TestedOn, int TrainingSize, EnsembleMean Mean);
