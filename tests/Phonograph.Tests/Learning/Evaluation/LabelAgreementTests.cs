using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Evaluation;

public sealed class LabelAgreementTests
{
    [Fact]
    public void A_known_shift_slope_and_scatter_are_found_within_their_intervals()
    {
        using var folder = new TemporaryFolder();
        var random = new Philox(5, 5);
        double[] gaps = [.. Enumerable.Range(0, 200).Select(_ => 2 + (0.3 * random.NextNormal()))];
        double[] others = [.. gaps.Select(gap => 0.5 + (0.8 * gap) + (0.02 * random.NextNormal()))];
        LabelAgreement agreement = LabelAgreement.Of(Write(folder, "first.xyz", "gfn1-xtb", gaps), Write(folder, "second.xyz", "pbesol", others));
        AgreementRow row = agreement.Rows.First(each => each.Property == Property.BandGap && each.Stratum is null);
        Assert.Equal(200, row.Cells);
        Assert.Equal(0.1, row.Shift.Value, 0.02);
        Contains(row.Slope, 0.8, 0.02);
        Assert.True(row.Correlation.Value > 0.99);

        // second - first = 0.5 - 0.2 gap + noise: its spread is √((0.2·0.3)² + 0.02²).
        Contains(row.Scatter, Math.Sqrt((0.06 * 0.06) + (0.02 * 0.02)), 0.015);
        Assert.Equal("cp2k pbesol", agreement.Second);
    }

    [Fact]
    public void Strata_are_compared_one_by_one_and_what_is_missing_is_counted()
    {
        using var folder = new TemporaryFolder();
        double[] gaps = [.. Enumerable.Range(0, 40).Select(number => 1 + (0.01 * number))];
        LabelAgreement agreement = LabelAgreement.Of(Write(folder, "first.xyz", "pbesol", gaps), Write(folder, "second.xyz", "pbesol-tight", [.. gaps.Take(31)]));
        Assert.Equal((9, 0), (agreement.FirstOnly, agreement.SecondOnly));
        AgreementRow[] rows = [.. agreement.Rows.Where(row => row.Property == Property.BandGap)];
        Assert.Equal([31, 16, 15], rows.Select(row => row.Cells));
        Assert.All(rows, row => Assert.Equal(0, row.Scatter.Value, 1e-12));
    }

    [Fact]
    public void Another_crystal_under_the_same_identifier_is_refused()
    {
        using var folder = new TemporaryFolder();
        Dataset first = Write(folder, "first.xyz", "pbesol", [1, 1.1, 1.2]), second = Write(folder, "second.xyz", "gfn1-xtb", [1, 1.1, 1.2], shift: 0.01);
        InputException error = Assert.Throws<InputException>(() => LabelAgreement.Of(first, second));
        Assert.Contains("second.xyz", error.Message, StringComparison.Ordinal);
        Assert.Contains("cell-0000", error.Message, StringComparison.Ordinal);
    }

    private static void Contains(Interval interval, double truth, double width)
    {
        Assert.InRange(truth, interval.Low, interval.High);
        Assert.InRange(interval.High - interval.Low, 0, width);
    }

    private static Dataset Write(TemporaryFolder folder, string name, string level, double[] gaps, double shift = 0)
    {
        string file = folder.File(name);
        ExtendedXyz.Write(file, gaps.Select((gap, number) =>
        {
            Phonograph.Crystals.Crystal crystal = TestCrystals.RockSaltPrimitive;
            ImmutableArray<Vector3D> moves = [.. Enumerable.Range(0, crystal.AtomCount).Select(atom => new Vector3D((0.01 * number) + (atom == 0 ? shift : 0), 0, 0))];
            string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
            return new ExtendedXyzFrame(
                crystal.Displaced(moves.AsSpan()),
                ImmutableDictionary<string, string>.Empty.AddRange(
                [
                    KeyValuePair.Create("id", $"cell-{number:D4}"),
                    KeyValuePair.Create("scheme", number % 2 == 0 ? "phonon" : "uniform"),
                    KeyValuePair.Create("engine", "cp2k"),
                    KeyValuePair.Create("level", level),
                    KeyValuePair.Create("REF_energy", Text(-100 - gap)),
                    KeyValuePair.Create("band_gap_eV", Text(gap)),
                    KeyValuePair.Create("vbm_eV", Text(-gap)),
                    KeyValuePair.Create("hydrostatic_stress_GPa", Text(10 * gap)),
                ]),
                ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty.Add("displacement", moves));
        }));
        return Dataset.Read([file]);
    }
}
