using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Labelling.Campaigns;
using Phonograph.Learning.Evaluation;
using Phonograph.Phonons;

namespace Phonograph.Reporting;

/// <summary>
/// The card that lies beside a set of labelled cells: engine, level, seeds, counts, failures, amplitudes, noise of the labels. Everything in it but the times of a campaign is read from the files of
/// the set, so the same files give the same text.
/// </summary>
/// <param name="Data">Labelled cells and failures.</param>
/// <param name="Drawn">The cells as they were drawn.</param>
/// <param name="Files">Files of the set, listed with size and hash.</param>
public sealed record DataCard(Dataset Data, DrawnCells Drawn, ImmutableArray<string> Files)
{
    /// <summary>Labels of the crystal at rest; null leaves them out.</summary>
    public LabelledConfiguration? Ideal { get; init; }

    /// <summary>Vibrations that the thermal cells were drawn from; null leaves them out.</summary>
    public PhononModes? Vibrations { get; init; }

    /// <summary>What an examination of the labels found; null leaves it out.</summary>
    public LabelQuality? Quality { get; init; }

    /// <summary>Some of the cells with labels of tighter settings, a denser mesh or a larger basis, each beside the labels of the set; empty leaves the noise out.</summary>
    public ImmutableArray<LabelAgreement> Noise { get; init; } = [];

    /// <summary>The campaign that computed the labels, for its times; null leaves them out.</summary>
    public CampaignStatus? Campaign { get; init; }

    /// <summary>The card as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        LabelledConfiguration first = Data.Configurations[0];
        ImmutableArray<(string Formula, int Count)> compositions = Compositions();
        text.Append($"# Data card: {(compositions.Length == 1 ? ChemicalFormula.Reduced(first.Crystal) : $"{compositions.Length} compositions")}, {Data.Engine} {Data.Level}\n\nWritten by `phonograph dataset --card` from the files of the set.\n\n");
        CensusRow total = Data.Census().Total;
        (string, string)[] facts =
        [
            compositions.Length == 1
                ? ("cell", Invariant($"{ChemicalFormula.OfCell(first.Crystal)}, {first.Crystal.AtomCount} atoms, volume {first.Crystal.Lattice.Volume:F3} Å³, lattice fixed"))
                : ("cells", Invariant($"{Range(cell => cell.AtomCount, "0")} atoms, volume {Range(cell => cell.Lattice.Volume, "F3")} Å³, lattice fixed; labelled: {string.Join(", ", compositions.Select(row => $"{row.Formula} {row.Count}"))}")),
            ("engine", $"{Data.Engine} {Values("engine_version")}"),
            ("level", Data.Level),
            ("zero of the valence band maximum", Values("vbm_reference")),
            ("labelled", Invariant($"{total.Labelled} of {total.Drawn} drawn cells, {total.Failed} failed, {total.Metallic} flagged metallic")),
            .. Ideal is { } ideal
                ? [("crystal at rest", string.Join(", ", Property.All.Select(property => Invariant($"{property.Title.ToLowerInvariant()} {ideal[property]:F4} {property.Unit}"))))]
                : Array.Empty<(string, string)>(),
            .. Vibrations is { } modes
                ? [("vibrations", Invariant($"{modes.Count} modes from {modes.FrequenciesTerahertz[0]:F3} to {modes.FrequenciesTerahertz[^1]:F3} THz; {modes.ImaginaryCount} of them ({100.0 * modes.ImaginaryCount / modes.Count:F1} %) imaginary, written as negative"))]
                : Array.Empty<(string, string)>(),
        ];
        Table(text, ["", ""], facts.Select(fact => new[] { fact.Item1, fact.Item2 }));
        Cells(text);
        ThermalDraws(text);
        Labels(text);
        Failures(text);
        Examination(text);
        NoiseOfLabels(text);
        Times(text);
        text.Append("\n## Files\n\n");
        Table(text, ["file", "bytes", "SHA-256"], Files.Select(file => new[]
        {
            Path.GetFileName(file), Invariant($"{new FileInfo(file).Length}"), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
        }));
        return text.ToString();
    }

    /// <summary>Compositions of the labelled cells, elements by the alphabet, with the number of cells; those with most of the first element that differs come first.</summary>
    private ImmutableArray<(string Formula, int Count)> Compositions()
    {
        Element[] elements = [.. Data.Configurations.SelectMany(cell => cell.Crystal.Elements).Distinct().OrderBy(element => element.Symbol, StringComparer.Ordinal)];
        return
        [
            .. Data.Configurations
                .GroupBy(cell => string.Concat(elements.Select(element => Invariant($"{cell.Crystal.Elements.Count(other => other == element):D9}"))))
                .OrderByDescending(group => group.Key, StringComparer.Ordinal)
                .Select(group => (string.Concat(elements.Select(element => Part(element, group.First().Crystal))), group.Count())),
        ];

        static string Part(Element element, Crystal crystal) => crystal.Elements.Count(other => other == element) switch
        {
            0 => "",
            1 => element.Symbol,
            int count => Invariant($"{element.Symbol}{count}"),
        };
    }

    private string Range(Func<Crystal, double> value, string format)
    {
        string low = Data.Configurations.Min(cell => value(cell.Crystal)).ToString(format, CultureInfo.InvariantCulture), high = Data.Configurations.Max(cell => value(cell.Crystal)).ToString(format, CultureInfo.InvariantCulture);
        return low == high ? low : $"{low} to {high}";
    }

    private void Cells(StringBuilder text)
    {
        text.Append("\n## Cells\n\nThe r.m.s. displacement is over atoms and cells, of all drawn cells and of those with a label. Rungs: labels found on each rung of the recovery ladder, the plain way first.\n\n");
        Table(
            text,
            ["drawn by", "seed", "drawn", "labelled", "%", "failed", "metallic", "r.m.s. drawn (Å)", "r.m.s. labelled (Å)", "rungs"],
            Data.Census().Rows.Select(row =>
            {
                LabelledConfiguration[] labelled = [.. In(row.Stratum)];
                IEnumerable<string> failed = Data.Failures.Where(failure => failure.Stratum == row.Stratum).Select(failure => failure.Id);
                int[] rungs = [.. labelled.Select(cell => int.Parse(cell.Frame.Info.GetValueOrDefault("rung", "0"), CultureInfo.InvariantCulture))];
                return new[]
                {
                    row.Stratum.Label,
                    Values("seed", labelled),
                    Invariant($"{row.Drawn}"),
                    Invariant($"{row.Labelled}"),
                    Invariant($"{100.0 * row.Labelled / row.Drawn:F1}"),
                    Invariant($"{row.Failed}"),
                    Invariant($"{row.Metallic}"),
                    Invariant($"{Drawn.RootMeanSquareAngstrom(labelled.Select(cell => cell.Id).Concat(failed)):F4}"),
                    Invariant($"{Drawn.RootMeanSquareAngstrom(labelled.Select(cell => cell.Id)):F4}"),
                    string.Join(' ', Enumerable.Range(0, rungs.DefaultIfEmpty(0).Max() + 1).Select(rung => rungs.Count(each => each == rung))),
                };
            }));
    }

    private void ThermalDraws(StringBuilder text)
    {
        CensusRow[] thermal = [.. Data.Census().Rows.Where(row => row.Stratum.TemperatureKelvin is not null && In(row.Stratum).Any())];
        if (thermal.Length == 0)
        {
            return;
        }

        text.Append("\n## Thermal draws\n\n");
        Table(text, ["drawn by", "statistics", "rule for soft modes", "modes it changed"], thermal.Select(row =>
        {
            LabelledConfiguration[] cells = [.. In(row.Stratum)];
            return new[] { row.Stratum.Label, Values("statistics", cells), Values("soft_mode_policy", cells), Values("soft_modes_touched", cells) };
        }));
    }

    private void Labels(StringBuilder text)
    {
        text.Append("\n## Labels\n");
        foreach (IGrouping<Property, LabelStatistics> property in LabelStatistics.Of(Data.Configurations).GroupBy(row => row.Property))
        {
            text.Append($"\n{property.Key.Title} ({property.Key.Unit})\n\n");
            Table(text, ["drawn by", "mean", "standard deviation", "smallest", "largest"], property.Select(row => new[]
            {
                row.Stratum.Label, Invariant($"{row.Mean:F4}"), Invariant($"{row.StandardDeviation:F4}"), Invariant($"{row.Minimum:F4}"), Invariant($"{row.Maximum:F4}"),
            }));
        }
    }

    private void Failures(StringBuilder text)
    {
        text.Append("\n## Cells without a label\n\n");
        if (Data.Failures.IsEmpty)
        {
            text.Append("None.\n");
            return;
        }

        Table(text, ["cell", "reason", "detail"], Data.Failures.Select(failure => new[] { failure.Id, failure.Reason, failure.Detail.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal) }));
    }

    private void Examination(StringBuilder text)
    {
        if (Quality is not { } quality)
        {
            return;
        }

        const int MostNamed = 20;
        text.Append("\n## Label quality\n\nCells to look at; all of them are in the set.\n\n");
        Table(text, ["check", "looks for", "examined", "found"], quality.Checks.Select(check => new[] { check.Key, check.Question, Invariant($"{check.Examined}"), Invariant($"{check.Findings.Length}") }));
        foreach (QualityCheck check in quality.Checks.Where(check => check.Findings.Length > 0))
        {
            string more = check.Findings.Length > MostNamed ? Invariant($" (the first {MostNamed} of {check.Findings.Length})") : "";
            text.Append($"\n{check.Key}{more}\n\n");
            Table(text, ["cell", "found"], check.Findings.Take(MostNamed).Select(finding => new[] { finding.Id, finding.Detail.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal) }));
        }
    }

    private void NoiseOfLabels(StringBuilder text)
    {
        if (Noise.IsEmpty)
        {
            return;
        }

        text.Append("\n## Noise of the labels\n\nSome of the cells labelled again, minus their labels here: shift, and scatter about it (standard deviation), with 95 % intervals over cells. A shift is the same for every cell; differences below the scatter mean nothing.\n\n");
        Table(text, ["labelled again at", "property", "cells", "shift", "scatter", "scatter over spread"], Noise.SelectMany(again => again.Rows.Where(row => row.Stratum is null).Select(row => new[]
        {
            again.Second,
            $"{row.Property.Title} ({row.Property.Unit})",
            Invariant($"{row.Cells}"),
            Invariant($"{row.Shift.Value:G2} [{row.Shift.Low:G2}, {row.Shift.High:G2}]"),
            Invariant($"{row.Scatter.Value:G2} [{row.Scatter.Low:G2}, {row.Scatter.High:G2}]"),
            Invariant($"{row.Share:G2}"),
        })));
    }

    private void Times(StringBuilder text)
    {
        if (Campaign is not { Rungs.IsEmpty: false } campaign)
        {
            return;
        }

        text.Append("\n## Time\n\nWall time of the attempts that the campaign still has, without pauses, whatever else the machine did. Labels that were known before it began are not among them.\n\n");
        Table(text, ["rung", "labels", "failures", "mean (s)", "longest (s)"], campaign.Rungs.Select(rung => new[]
        {
            Invariant($"{rung.Rung}"), Invariant($"{rung.Labels}"), Invariant($"{rung.Failures}"), Invariant($"{rung.MeanSeconds:F1}"), Invariant($"{rung.LongestSeconds:F1}"),
        }));
    }

    private IEnumerable<LabelledConfiguration> In(Stratum stratum) => Data.Configurations.Where(cell => cell.Stratum == stratum);

    /// <summary>The values that a key has, all of them when cells differ.</summary>
    private string Values(string key, IEnumerable<LabelledConfiguration>? cells = null)
    {
        string[] values = [.. (cells ?? Data.Configurations).Select(cell => cell.Frame.Info.GetValueOrDefault(key, "not recorded")).Distinct(StringComparer.Ordinal)];
        return values.Length == 0 ? "none" : string.Join(", ", values);
    }

    private static void Table(StringBuilder text, string[] header, IEnumerable<string[]> rows)
    {
        foreach (string[] row in new[] { header, [.. header.Select(_ => "---")] }.Concat(rows))
        {
            text.Append($"| {string.Join(" | ", row)} |\n");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
