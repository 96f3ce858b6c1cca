using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Testing;

namespace Phonograph.Tests.Datasets;

public class DatasetTests
{
    [Fact]
    public void Labels_and_draw_are_taken_from_the_frame_in_the_units_of_the_properties()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyzFrame frame = LabelledFrames.Frame("a", "gaussian", null, 0.05, 1, ("REF_energy", "-50"), ("band_gap_eV", "1.5"), ("vbm_eV", "4"), ("hydrostatic_stress_GPa", null), ("REF_stress", "0.01 0 0 0 0.02 0 0 0 0.03"));
        LabelledConfiguration read = Assert.Single(Read(folder, frame).Configurations);
        Assert.Equal("a", read.Id);
        Assert.Equal(("gaussian", "random", 0.05), (read.Scheme, read.SchemeClass, read.WidthAngstrom));
        Assert.Null(read.TemperatureKelvin);
        Assert.Equal(-10, read[Property.EnergyPerAtom]);
        Assert.Equal(1.5, read[Property.BandGap]);
        Assert.Equal(4, read[Property.ValenceBandMaximum]);
        Assert.Equal(0.02 * 160.2176634, read[Property.HydrostaticStress], 1e-12);
        Assert.Equal(5, read.DisplacementsCartesian!.Value.Length);
        Assert.Equal(("tight-binding", "model-1"), (read.Engine, read.Level));
    }

    [Fact]
    public void Six_stress_components_are_in_voigt_order()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyzFrame frame = LabelledFrames.Frame("a", "phonon", 300, null, 1, ("hydrostatic_stress_GPa", null), ("REF_stress", "0.01 0.02 0.03 9 9 9"));
        Assert.Equal(0.02 * 160.2176634, Read(folder, frame).Configurations[0].HydrostaticStressGigapascal, 1e-12);
    }

    [Fact]
    public void Metallic_cells_are_kept_and_flagged()
    {
        using var folder = new TemporaryFolder();
        Dataset dataset = Read(folder, LabelledFrames.Frame("a", "phonon", 300, null, 1, ("metallic", "T"), ("band_gap_eV", "0")), LabelledFrames.Frame("b", "phonon", 300, null, 2));
        Assert.Equal([true, false], dataset.Configurations.Select(configuration => configuration.IsMetallic));
        CensusRow row = Assert.Single(dataset.Census().Rows);
        Assert.Equal(new CensusRow(new Stratum("phonon", 300, null), 2, 2, 0, 1), row);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("scheme")]
    [InlineData("REF_energy")]
    [InlineData("band_gap_eV")]
    [InlineData("vbm_eV")]
    [InlineData("engine")]
    [InlineData("level")]
    public void A_missing_key_is_refused_with_file_frame_and_key(string key)
    {
        using var folder = new TemporaryFolder();
        string message = Refused(folder, LabelledFrames.Frame("first", "phonon", 300, null, 1), LabelledFrames.Frame("second", "phonon", 300, null, 2, (key, null)));
        Assert.Contains("cells.xyz, frame 2", message, StringComparison.Ordinal);
        Assert.Contains($"no key {key}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_stress_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no key hydrostatic_stress_GPa", Refused(folder, LabelledFrames.Frame("a", "phonon", 300, null, 1, ("hydrostatic_stress_GPa", null), ("REF_stress", null))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("REF_energy", "nan")]
    [InlineData("band_gap_eV", "*****")]
    [InlineData("vbm_eV", "inf")]
    [InlineData("temperature_K", "warm")]
    [InlineData("REF_stress", "1 2 3")]
    [InlineData("REF_stress", "1 2 3 nan 1 1")]
    [InlineData("metallic", "maybe")]
    public void A_label_that_is_no_number_is_refused(string key, string value)
    {
        using var folder = new TemporaryFolder();
        string message = Refused(folder, LabelledFrames.Frame("a", "phonon", 300, null, 1, (key, value)));
        Assert.Contains("frame 1 ('a'): found", message, StringComparison.Ordinal);
        Assert.Contains(key, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stress_of_the_opposite_sign_in_one_of_its_two_places_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("under tension", Refused(folder, LabelledFrames.Frame("a", "phonon", 300, null, 1, ("hydrostatic_stress_GPa", "-1"), ("REF_stress", "0.00624 0 0 0 0.00624 0 0 0 0.00624"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_another_level_are_refused_and_both_files_and_levels_named()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("one.xyz"), [LabelledFrames.Frame("a", "phonon", 300, null, 1)]);
        ExtendedXyz.Write(folder.File("two.xyz"), [LabelledFrames.Frame("b", "phonon", 300, null, 2, ("level", "pbesol"))]);
        string message = Assert.Throws<InputException>(() => Dataset.Read([folder.File("one.xyz"), folder.File("two.xyz")])).Message;
        Assert.All(["one.xyz", "two.xyz", "model-1", "pbesol"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_identifier_may_occur_once_only()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("'a' occurs twice", Refused(folder, LabelledFrames.Frame("a", "phonon", 300, null, 1), LabelledFrames.Frame("a", "phonon", 300, null, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_files_are_refused() => Assert.Throws<InputException>(() => Dataset.Read([]));

    [Fact]
    public void Failures_beside_the_file_are_counted_when_their_scheme_is_read_and_no_label_came_later()
    {
        using var folder = new TemporaryFolder();
        folder.Write("failures.csv", FailureFile.Header + """

            f1,phonon,300,,not-converged,"no convergence in 100 steps, ""mixing"" 0.2"
            f2,phonon,600,,timeout,"two
            lines"
            f3,uniform,,0.2,engine-error,
            a,phonon,300,,timeout,first attempt

            """);
        Dataset dataset = Read(folder, LabelledFrames.Frame("a", "phonon", 300, null, 1));
        Assert.Equal(["f1", "f2"], dataset.Failures.Select(failure => failure.Id));
        Assert.Equal("no convergence in 100 steps, \"mixing\" 0.2", dataset.Failures[0].Detail);
        Assert.Equal("two\nlines", dataset.Failures[1].Detail);
        Assert.Equal(
            [new CensusRow(new Stratum("phonon", 300, null), 2, 1, 1, 0), new CensusRow(new Stratum("phonon", 600, null), 1, 0, 1, 0)],
            dataset.Census().Rows);
        Assert.Equal(3, dataset.Census().Total.Drawn);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("id,scheme\n", "line 1")]
    [InlineData("id,scheme,temperature_K,width_A,reason,detail\na,phonon,300\n", "line 2")]
    [InlineData("id,scheme,temperature_K,width_A,reason,detail\na,phonon,x,,timeout,\n", "line 2")]
    [InlineData("id,scheme,temperature_K,width_A,reason,detail\na,phonon,300,,timeout,\"open\n\n", "line 2")]
    public void A_wrong_failure_file_is_refused_with_its_line(string text, string place)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("failures.csv", text);
        Assert.Contains($"failures.csv, {place}", Assert.Throws<InputException>(() => FailureFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_is_a_part_of_the_dataset()
    {
        using var folder = new TemporaryFolder();
        Dataset dataset = Read(folder, [.. LabelledFrames.Study(3)]);
        Assert.Equal(12, dataset.Configurations.Length);
        Assert.Equal(6, dataset.OfClass("phonon").Configurations.Length);
        Assert.All(dataset.OfClass("random").Configurations, configuration => Assert.Equal("uniform", configuration.Scheme));
    }

    [Fact]
    public void Statistics_are_those_of_the_labels()
    {
        using var folder = new TemporaryFolder();
        Dataset dataset = Read(
            folder,
            LabelledFrames.Frame("a", "phonon", 300, null, 1, ("band_gap_eV", "1")),
            LabelledFrames.Frame("b", "phonon", 300, null, 2, ("band_gap_eV", "2")),
            LabelledFrames.Frame("c", "phonon", 300, null, 3, ("band_gap_eV", "6")));
        LabelStatistics gap = LabelStatistics.Of(dataset.Configurations).Single(row => row.Property == Property.BandGap);
        Assert.Equal((3, 3.0, 1.0, 6.0), (gap.Count, gap.Mean, gap.Minimum, gap.Maximum));
        Assert.Equal(Math.Sqrt(7), gap.StandardDeviation, 1e-12);
    }

    private static Dataset Read(TemporaryFolder folder, params ExtendedXyzFrame[] frames)
    {
        ExtendedXyz.Write(folder.File("cells.xyz"), frames);
        return Dataset.Read([folder.File("cells.xyz")]);
    }

    private static string Refused(TemporaryFolder folder, params ExtendedXyzFrame[] frames) => Assert.Throws<InputException>(() => Read(folder, frames)).Message;
}
