using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Baselines;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Tests.Learning.Baselines;

public sealed class BaselineLibraryTests
{
    private static readonly Func<ImmutableArray<double>, double> Linear = q => 1 + (0.4 * q[0]) - (0.2 * q[5]) + (0.1 * q[11]);
    private static readonly Func<ImmutableArray<double>, double> Squared = q => 1 + (0.3 * q[1] * q[1]) - (0.2 * q[3] * q[7]) + (0.1 * q[11] * q[11]);

    [Fact]
    public void A_linear_function_of_the_amplitudes_is_found_by_the_linear_ridge()
    {
        ImmutableArray<BaselineFit> fits = Fit(ModeCells.Cells(80, Linear));
        Assert.Equal(BaselineNames.All, fits.Select(fit => fit.Name));
        Assert.True(Error(fits, BaselineNames.Modes) < 1e-4 * Error(fits, BaselineNames.Mean));
        Assert.All(fits.Where(fit => fit.Name != BaselineNames.Mean), fit => Assert.Contains(fit.Strength!.Value, BaselineLibrary.Strengths));
    }

    [Fact]
    public void Squares_and_products_of_amplitudes_are_found_by_the_squared_ridge_alone()
    {
        // 12 amplitudes have 90 features with squares and products: 280 training cells determine them all.
        ImmutableArray<BaselineFit> fits = Fit(ModeCells.Cells(400, Squared));
        Assert.True(Error(fits, BaselineNames.ModesSquared) < 1e-3 * Error(fits, BaselineNames.Mean));
        Assert.True(Error(fits, BaselineNames.Modes) > 0.5 * Error(fits, BaselineNames.Mean));
    }

    [Fact]
    public void Test_labels_decide_nothing()
    {
        Split split = Divided(ModeCells.Cells(60, Squared));
        Split changed = split with { Test = [.. split.Test.Select(cell => cell with { BandGapElectronvolt = cell.BandGapElectronvolt + 100 })] };
        foreach ((BaselineFit first, BaselineFit second) in Fit(split).Zip(Fit(changed)))
        {
            Assert.Equal(first.Strength, second.Strength);
            Assert.Equal(first.Predictions.Select(prediction => prediction.Predicted), second.Predictions.Select(prediction => prediction.Predicted));
        }
    }

    [Fact]
    public void The_strength_is_that_with_the_lowest_validation_error()
    {
        Split split = Divided(ModeCells.Cells(60, q => Linear(q) + Math.Sin(1e4 * q[2])));
        BaselineFit chosen = Fit(split).Single(fit => fit.Name == BaselineNames.Radial);

        // The same fit with the test cells in place of the validation cells chooses by those.
        BaselineFit other = Fit(split with { Validation = split.Test, Test = split.Validation }).Single(fit => fit.Name == BaselineNames.Radial);
        Assert.True(Square(chosen.Of("validation")) <= Square(other.Of("test")) + 1e-12);
        Assert.True(Square(other.Of("validation")) <= Square(chosen.Of("test")) + 1e-12);

        static double Square(ImmutableArray<Prediction> predictions) => ErrorMetrics.Of(predictions).RootMeanSquareError;
    }

    [Fact]
    public void Labels_in_another_unit_give_the_same_predictions_in_that_unit()
    {
        ImmutableArray<BaselineFit> fits = Fit(Divided(ModeCells.Cells(60, Squared)), Property.BandGap, Property.EnergyPerAtom);
        foreach (string name in BaselineNames.All)
        {
            BaselineFit gap = fits.Single(fit => fit.Name == name && fit.Property == Property.BandGap), energy = fits.Single(fit => fit.Name == name && fit.Property == Property.EnergyPerAtom);
            Assert.All(gap.Predictions.Zip(energy.Predictions), pair => Assert.Equal(2 * pair.First.Predicted, pair.Second.Predicted, 1e-9));
        }
    }

    [Fact]
    public void Without_amplitudes_of_one_set_of_modes_only_the_other_baselines_are_fitted()
    {
        ImmutableArray<LabelledConfiguration> cells = ModeCells.Cells(30, Linear);
        LabelledConfiguration Changed(string key, string? value) => cells[3] with
        {
            Frame = cells[3].Frame with { Info = value is null ? cells[3].Frame.Info.Remove(key) : cells[3].Frame.Info.SetItem(key, value) },
        };
        foreach (LabelledConfiguration odd in (LabelledConfiguration[])[Changed(ModeProjection.AmplitudesKey, null), Changed(ModeProjection.ModesKey, "others")])
        {
            Assert.Equal([BaselineNames.Mean, BaselineNames.Radial], Fit(cells.SetItem(3, odd)).Select(fit => fit.Name));
        }

        Assert.Contains("1 numbers in mode_amplitudes of 'cell-0003'", Assert.Throws<InputException>(() => Fit(cells.SetItem(3, Changed(ModeProjection.AmplitudesKey, "1.0")))).Message, StringComparison.Ordinal);
        Assert.Contains("'x' in mode_amplitudes", Assert.Throws<InputException>(() => Fit(cells.SetItem(3, Changed(ModeProjection.AmplitudesKey, "x")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_validation_cells_there_is_only_the_mean()
    {
        Split split = Divided(ModeCells.Cells(30, Linear));
        Assert.Equal([BaselineNames.Mean], Fit(split with { Validation = [] }).Select(fit => fit.Name));
    }

    [Fact]
    public void A_network_is_compared_with_each_baseline_on_the_same_cells()
    {
        ImmutableArray<BaselineFit> fits = Fit(ModeCells.Cells(80, Linear));
        ImmutableArray<Prediction> test = fits[0].Of("test");
        ImmutableArray<BaselineComparison> perfect = BaselineComparison.Of([.. test.Select(cell => cell with { Predicted = cell.Label })], fits);
        Assert.Equal("network better", perfect[0].Verdict);
        Assert.All(perfect, comparison => Assert.Equal(-comparison.TestMeanAbsoluteError, comparison.Difference.Difference.Value, 1e-12));
        ImmutableArray<BaselineComparison> poor = BaselineComparison.Of([.. test.Select(cell => cell with { Predicted = cell.Label + 100 })], fits);
        Assert.All(poor, comparison => Assert.Equal("baseline better", comparison.Verdict));
        Assert.Equal("undecided", BaselineComparison.Of(test, fits)[0].Verdict);
    }

    private static double Error(ImmutableArray<BaselineFit> fits, string name) => ErrorMetrics.Of(fits.Single(fit => fit.Name == name).Of("test")).MeanAbsoluteError;

    private static Split Divided(ImmutableArray<LabelledConfiguration> cells) => Split.Create(cells, new SplitOptions { Seed = 1 });

    private static ImmutableArray<BaselineFit> Fit(ImmutableArray<LabelledConfiguration> cells) => Fit(Divided(cells));

    private static ImmutableArray<BaselineFit> Fit(Split split, params Property[] properties)
    {
        LabelledConfiguration[] cells = [.. split.Training, .. split.Validation, .. split.Test];
        return BaselineLibrary.Of(cells, GraphLibrary.Build(cells)).Fit(split, properties.Length == 0 ? [Property.BandGap] : properties, TestContext.Current.CancellationToken);
    }
}
