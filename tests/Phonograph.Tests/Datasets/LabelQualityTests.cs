using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Reporting;
using Phonograph.Testing;

namespace Phonograph.Tests.Datasets;

public sealed class LabelQualityTests
{
    /// <summary>Forty cells: energies that rise with the mean square displacement and scatter a little, edges that agree, forces without a sum.</summary>
    private static readonly ImmutableArray<ExtendedXyzFrame> Sound = [.. Enumerable.Range(0, 40).Select(index => Frame(index))];

    [Fact]
    public void Sound_labels_have_no_findings_and_every_cell_is_examined_by_every_check()
    {
        LabelQuality quality = Examine(Sound);
        Assert.Equal(0, quality.FindingCount);
        Assert.Equal(["convergence", "recovery", "metallic", "band_edges", "settings", "net_force", "duplicates", "outliers", "energy_of_displacement"], quality.Checks.Select(check => check.Key));
        Assert.All(quality.Checks, check => Assert.Equal(40, check.Examined));
    }

    [Theory]
    [InlineData("convergence", "converged", "F", "converged=F")]
    [InlineData("recovery", "rung", "2", "rung 2")]
    [InlineData("band_edges", "band_gap_eV", "0.9", "between the edges")]
    [InlineData("settings", "engine_version", "2025.2", "engine_version 2025.2, most have 2023.1")]
    [InlineData("settings", "engine_version", null, "engine_version not recorded")]
    [InlineData("settings", "vbm_reference", "vacuum", "vbm_reference vacuum")]
    [InlineData("outliers", "hydrostatic_stress_GPa", "30", "hydrostatic stress 30.0000 GPa")]
    public void A_wrong_value_in_one_frame_is_found_there_and_nowhere_else(string check, string key, string? value, string part)
    {
        ImmutableDictionary<string, string> info = Sound[17].Info;
        LabelQuality quality = Examine(Sound.SetItem(17, Sound[17] with { Info = value is null ? info.Remove(key) : info.SetItem(key, value) }));
        QualityFinding found = Assert.Single(quality.Checks.Single(each => each.Key == check).Findings);
        Assert.Equal("cell-17", found.Id);
        Assert.Contains(part, found.Detail, StringComparison.Ordinal);
        Assert.Equal(1, quality.FindingCount);
    }

    [Fact]
    public void A_metal_is_counted_and_an_insulator_without_a_gap_contradicts_itself()
    {
        ExtendedXyzFrame closed = Sound[3] with { Info = Sound[3].Info.SetItem("band_gap_eV", "0").SetItem("cbm_eV", Sound[3].Info["vbm_eV"]) };
        Assert.Contains(Found(Examine(Sound.SetItem(3, closed)), "band_edges"), finding => finding.Detail.Contains("not flagged metallic", StringComparison.Ordinal));
        LabelQuality flagged = Examine(Sound.SetItem(3, closed with { Info = closed.Info.SetItem("metallic", "T") }));
        Assert.Equal("cell-3", Assert.Single(Found(flagged, "metallic")).Id);
        Assert.Empty(Found(flagged, "band_edges"));
    }

    [Fact]
    public void Forces_that_do_not_sum_to_zero_are_found()
    {
        ExtendedXyzFrame pushed = Sound[5] with { VectorColumns = Sound[5].VectorColumns.SetItem("REF_forces", [.. Sound[5].VectorColumns["REF_forces"].Select(force => force + new Vector3D(0, 0.003, 0.004))]) };
        Assert.Equal(new QualityFinding("cell-5", "0.0050 eV/Å per atom"), Assert.Single(Found(Examine(Sound.SetItem(5, pushed)), "net_force")));
    }

    [Fact]
    public void The_same_cell_under_another_name_is_a_duplicate_however_it_is_shifted_or_wrapped()
    {
        var shift = new Vector3D(0.3, 1.2, -0.1);
        ExtendedXyzFrame copy = Sound[8] with
        {
            Crystal = Sound[8].Crystal.Displaced([.. Enumerable.Repeat(Sound[8].Crystal.Lattice.ToCartesian(shift), Sound[8].Crystal.AtomCount)]),
            Info = Sound[8].Info.SetItem("id", "copy"),
        };
        QualityFinding found = Assert.Single(Found(Examine(Sound.Add(copy)), "duplicates"));
        Assert.Equal("copy", found.Id);
        Assert.Equal("0.00000 Å from cell-8, energies 0.000000 eV per atom apart", found.Detail);
    }

    /// <summary>The energies of two cells exchanged: each lies within the range of the others, and off the line over the displacements.</summary>
    [Fact]
    public void Exchanged_energies_are_found_by_the_displacements_alone()
    {
        int[] byDisplacement = [.. Enumerable.Range(0, 40).OrderBy(index => Sound[index].VectorColumns["displacement"].Average(displacement => displacement.LengthSquared))];
        (int low, int high) = (byDisplacement[3], byDisplacement[^4]);
        ExtendedXyzFrame With(int cell, int energyOf) => Sound[cell] with { Info = Sound[cell].Info.SetItem("REF_energy", Sound[energyOf].Info["REF_energy"]) };
        LabelQuality quality = Examine(Sound.SetItem(low, With(low, high)).SetItem(high, With(high, low)));
        Assert.Equal(new[] { $"cell-{low}", $"cell-{high}" }.Order(StringComparer.Ordinal), Found(quality, "energy_of_displacement").Select(finding => finding.Id).Order(StringComparer.Ordinal));
        Assert.Empty(Found(quality, "outliers"));
    }

    [Fact]
    public void Compositions_are_not_compared_with_each_other()
    {
        var iodine = Phonograph.Crystals.Element.Of("I");
        ImmutableArray<ExtendedXyzFrame> both =
        [
            .. Sound,
            .. Sound.Select((frame, index) => frame with
            {
                Crystal = new(frame.Crystal.Lattice, [.. frame.Crystal.Elements.Select(element => element.Symbol == "Br" ? iodine : element)], frame.Crystal.PositionsFractional),
                Info = frame.Info.SetItem("id", $"iodine-{index}").SetItem("REF_energy", Text(double.Parse(frame.Info["REF_energy"], CultureInfo.InvariantCulture) + 300)),
            }),
        ];
        Assert.Equal(0, Examine(both).FindingCount);
    }

    [Fact]
    public void The_card_counts_what_was_found()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("cells.xyz"), Sound.SetItem(2, Sound[2] with { Info = Sound[2].Info.SetItem("rung", "1") }));
        folder.Write("failures.csv", "id,scheme,temperature_K,width_A,reason,detail\nlost,phonon,300,,not-converged,rung 4: 400 steps\n");
        var data = Dataset.Read([folder.File("cells.xyz")]);
        ExtendedXyz.Write(folder.File("drawn.xyz"), [.. Sound, Sound[0] with { Info = Sound[0].Info.SetItem("id", "lost") }]);
        var card = new DataCard(data, DrawnCells.Read([folder.File("drawn.xyz")], data), [folder.File("cells.xyz")]);
        Assert.DoesNotContain("Label quality", card.ToMarkdown(), StringComparison.Ordinal);
        string text = (card with { Quality = LabelQuality.Examine(data, cancellation: TestContext.Current.CancellationToken) }).ToMarkdown();
        Assert.Contains("| 41 | 1 |", text, StringComparison.Ordinal);
        Assert.Contains("| lost | rung 4: 400 steps |", text, StringComparison.Ordinal);
        Assert.Contains("| cell-2 | rung 1 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_card_of_an_alloy_counts_compositions_whatever_the_order_of_their_atoms()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyzFrame Replaced(int cell, int atom)
        {
            Crystal crystal = Sound[cell].Crystal;
            return Sound[cell] with { Crystal = new Crystal(crystal.Lattice, crystal.Elements.SetItem(atom, Element.Of("I")), crystal.PositionsFractional) };
        }

        ExtendedXyz.Write(folder.File("cells.xyz"), [Sound[0], Replaced(1, 0), Replaced(2, 1), Replaced(3, 2)]);
        var data = Dataset.Read([folder.File("cells.xyz")]);
        string text = new DataCard(data, DrawnCells.Read([folder.File("cells.xyz")], data), [folder.File("cells.xyz")]).ToMarkdown();
        Assert.Contains("compositions", text.Split('\n')[0], StringComparison.Ordinal);
        Assert.EndsWith("labelled: Ag3BrS 1, Ag2BrIS 3 |", text.Split('\n').Single(line => line.StartsWith("| cells |", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_card_states_the_noise_of_each_way_to_label_again()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("cells.xyz"), Sound);
        double[] shifts = [.. Enumerable.Range(0, 12).Select(index => 0.1 + (0.002 * (index % 2)))];
        ExtendedXyz.Write(folder.File("tight.xyz"), shifts.Select((shift, index) => Sound[index] with
        {
            Info = Sound[index].Info.SetItem("level", "tight").SetItem("band_gap_eV", Text(double.Parse(Sound[index].Info["band_gap_eV"], CultureInfo.InvariantCulture) + shift)),
        }));
        var data = Dataset.Read([folder.File("cells.xyz")]);
        var card = new DataCard(data, DrawnCells.Read([folder.File("cells.xyz")], data), [folder.File("cells.xyz")]);
        Assert.DoesNotContain("Noise", card.ToMarkdown(), StringComparison.Ordinal);
        var noise = LabelAgreement.Of(data, Dataset.Read([folder.File("tight.xyz")]));
        string[] rows = [.. (card with { Noise = [noise] }).ToMarkdown().Split('\n').Where(line => line.StartsWith($"| {noise.Second} |", StringComparison.Ordinal))];
        Assert.Equal(4, rows.Length);

        // Twelve shifts of 0.1 and 0.102 eV in turn: mean 0.101, standard deviation 0.001·√(12/11).
        Assert.StartsWith($"| {noise.Second} | Band gap (eV) | 12 | 0.1 [", rows[1], StringComparison.Ordinal);
        Assert.Contains("| 0.001 [", rows[1], StringComparison.Ordinal);
        Assert.Contains("| 0 [0, 0] |", rows[0], StringComparison.Ordinal);
    }

    private static ImmutableArray<QualityFinding> Found(LabelQuality quality, string check) => quality.Checks.Single(each => each.Key == check).Findings;

    private static LabelQuality Examine(IEnumerable<ExtendedXyzFrame> frames)
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("cells.xyz"), frames);
        return LabelQuality.Examine(Dataset.Read([folder.File("cells.xyz")]), cancellation: TestContext.Current.CancellationToken);
    }

    private static ExtendedXyzFrame Frame(int index)
    {
        ExtendedXyzFrame frame = LabelledFrames.Frame($"cell-{index}", "phonon", 300, null, (ulong)index + 100, ("engine_version", "2023.1"), ("vbm_reference", "average electrostatic potential"), ("REF_stress", null));
        ImmutableArray<Vector3D> displacements = frame.VectorColumns["displacement"];
        double square = displacements.Average(displacement => displacement.LengthSquared), gap = 1 + (0.1 * Math.Sin(5 * index)), edge = 5 + (0.1 * Math.Cos(7 * index));
        Vector3D mean = displacements.Aggregate(Vector3D.Zero, (sum, displacement) => sum + displacement) / displacements.Length;
        return frame with
        {
            Info = frame.Info.SetItem("REF_energy", Text(5 * (-50 + (3 * square) + (0.001 * Math.Sin(11 * index))))).SetItem("vbm_eV", Text(edge)).SetItem("band_gap_eV", Text(gap)).SetItem("cbm_eV", Text(edge + gap))
                .SetItem("hydrostatic_stress_GPa", Text(-1 + (0.2 * Math.Sin(3 * index)))),
            VectorColumns = frame.VectorColumns.Add("REF_forces", [.. displacements.Select(displacement => -2 * (displacement - mean))]),
        };
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
