using System.Collections.Immutable;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Learning.Baselines;

/// <summary>One network against one baseline on the same test cells.</summary>
/// <param name="Baseline">The baseline.</param>
/// <param name="ValidationMeanAbsoluteError">Its error on the validation cells, in the unit of the property; NaN without any.</param>
/// <param name="TestMeanAbsoluteError">Its error on the test cells.</param>
/// <param name="Difference">Mean absolute error of the network minus that of the baseline, with its interval over test cells; negative when the network is better.</param>
public sealed record BaselineComparison(BaselineFit Baseline, double ValidationMeanAbsoluteError, double TestMeanAbsoluteError, PairedDifference Difference)
{
    /// <summary><c>network better</c> or <c>baseline better</c> where the 95 % interval leaves zero out, else <c>undecided</c>.</summary>
    public string Verdict => Difference.Difference.High < 0 ? "network better" : Difference.Difference.Low > 0 ? "baseline better" : "undecided";

    /// <summary>Compares a network with baselines that were fitted to the same training and validation cells.</summary>
    /// <param name="network">Predictions of the network on the test cells; those without a finite number are left out.</param>
    /// <param name="baselines">Baselines with predictions on at least these cells.</param>
    /// <param name="options">How intervals are computed; the defaults when null.</param>
    public static ImmutableArray<BaselineComparison> Of(IReadOnlyCollection<Prediction> network, IEnumerable<BaselineFit> baselines, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(baselines);
        ImmutableArray<Prediction> finite = [.. network.Where(prediction => double.IsFinite(prediction.Predicted))];
        HashSet<string> tested = [.. finite.Select(prediction => prediction.Configuration)];
        return
        [
            .. baselines.Select(baseline =>
            {
                ImmutableArray<Prediction> validation = baseline.Of("validation"), test = [.. baseline.Of("test").Where(prediction => tested.Contains(prediction.Configuration))];
                return new BaselineComparison(
                    baseline, validation.IsEmpty ? double.NaN : ErrorMetrics.Of(validation).MeanAbsoluteError, ErrorMetrics.Of(test).MeanAbsoluteError, PairedBootstrap.Of([finite], [test], options));
            }),
        ];
    }
}
