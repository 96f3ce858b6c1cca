using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Datasets;

/// <summary>
/// Labelled cells examined one by one and against each other: nothing is dropped, everything found is counted and named. Statistics are within a group: cells of one stratum and one cell formula, so compositions of an alloy are not compared with each other.
/// </summary>
/// <param name="Checks">The questions, in the order of tables.</param>
public sealed record LabelQuality(ImmutableArray<QualityCheck> Checks)
{
    /// <summary>Robust scores beyond this in size count as outliers; a normal distribution has two in 10⁹ there.</summary>
    public const double OutlierScore = 6;

    /// <summary>Mean force per atom (the sum over the cell divided by the number of atoms) beyond which a net force is reported, eV/Å.</summary>
    public const double NetForceElectronvoltPerAngstrom = 1e-3;

    private const double EdgeToleranceElectronvolt = 1e-4;
    private const int LeastForStatistics = 10;

    /// <summary>Keys that should have the same value in all frames.</summary>
    private static readonly string[] SettingKeys = ["engine_version", "vbm_reference"];

    /// <summary>Number of findings over all checks.</summary>
    public int FindingCount => Checks.Sum(check => check.Findings.Length);

    /// <summary>Examines a dataset.</summary>
    /// <param name="dataset">Labelled cells and failures.</param>
    /// <param name="toleranceAngstrom">Cells nearer to each other than this are duplicates, Å r.m.s. per atom (<see cref="LeakageCheck.DistanceAngstrom"/>).</param>
    /// <param name="cancellation">Stops the work.</param>
    public static LabelQuality Examine(Dataset dataset, double toleranceAngstrom = LeakageCheck.DefaultToleranceAngstrom, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ImmutableArray<LabelledConfiguration> cells = dataset.Configurations;
        LabelledConfiguration[] withForces = [.. cells.Where(cell => cell.Frame.VectorColumns.ContainsKey("REF_forces"))];
        LabelledConfiguration[][] groups = [.. cells.GroupBy(cell => (cell.Stratum, Crystals.ChemicalFormula.OfCell(cell.Crystal))).Where(group => group.Count() >= LeastForStatistics).Select(group => group.ToArray())];
        LabelledConfiguration[][] displaced = [.. groups.Where(group => group.All(cell => cell.DisplacementsCartesian is not null))];
        return new LabelQuality(
        [
            new("convergence", "no converged label: a cell without a label for that reason, or a frame that says converged=F", cells.Length + dataset.Failures.Length, [.. Unconverged(dataset)]),
            new("recovery", "label found on a later rung of the recovery ladder", cells.Length, [.. Recovered(cells)]),
            new("metallic", "no gap, or fractional occupations", cells.Length, [.. cells.Where(cell => cell.IsMetallic).Select(cell => Finding(cell, $"band gap {cell.BandGapElectronvolt:F4} eV"))]),
            new("band_edges", "gap and band edges contradict each other or the metallic flag", cells.Length, [.. cells.Select(Contradiction).OfType<QualityFinding>()]),
            new("settings", "another engine version or zero of the eigenvalues than most cells", cells.Length, [.. SettingKeys.SelectMany(key => Drift(cells, key))]),
            new("net_force", Invariant($"forces whose mean over atoms is beyond {NetForceElectronvoltPerAngstrom} eV/Å"), withForces.Length, [.. withForces.Select(NetForce).OfType<QualityFinding>()]),
            new("duplicates", Invariant($"cells nearer to an earlier one than {toleranceAngstrom} Å r.m.s."), cells.Length, [.. Duplicates(cells, toleranceAngstrom, cancellation)]),
            new("outliers", Invariant($"labels beyond {OutlierScore} robust standard deviations of their group"), groups.Sum(group => group.Length), [.. groups.SelectMany(group => Property.All.SelectMany(property => Outliers(group, property)))]),
            new("energy_of_displacement", Invariant($"energy beyond {OutlierScore} robust standard deviations of its line over the mean square displacement"), displaced.Sum(group => group.Length), [.. displaced.SelectMany(EnergyOfDisplacement)]),
        ]);
    }

    private static IEnumerable<QualityFinding> Unconverged(Dataset dataset) =>
        dataset.Failures.Where(failure => failure.Reason == "not-converged").Select(failure => new QualityFinding(failure.Id, failure.Detail))
            .Concat(dataset.Configurations.Where(cell => cell.Frame.Info.GetValueOrDefault("converged", "T") is "F" or "False" or "false" or "FALSE" or "0").Select(cell => new QualityFinding(cell.Id, "converged=F")));

    private static IEnumerable<QualityFinding> Recovered(IEnumerable<LabelledConfiguration> cells) => cells
        .Where(cell => cell.Frame.Info.GetValueOrDefault("rung", "0") != "0").Select(cell => new QualityFinding(cell.Id, "rung " + cell.Frame.Info["rung"]));

    /// <summary>An insulator without a gap, or a gap that is not what lies between the edges.</summary>
    private static QualityFinding? Contradiction(LabelledConfiguration cell)
    {
        if (!cell.IsMetallic && !(cell.BandGapElectronvolt > 0))
        {
            return Finding(cell, $"band gap {cell.BandGapElectronvolt:F4} eV, but not flagged metallic");
        }

        return cell.Frame.Info.TryGetValue("cbm_eV", out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double edge)
            && !(Math.Abs(Math.Max(0, edge - cell.ValenceBandMaximumElectronvolt) - cell.BandGapElectronvolt) <= EdgeToleranceElectronvolt)
            ? Finding(cell, $"band gap {cell.BandGapElectronvolt:F4} eV, but {edge - cell.ValenceBandMaximumElectronvolt:F4} eV between the edges")
            : null;
    }

    private static IEnumerable<QualityFinding> Drift(ImmutableArray<LabelledConfiguration> cells, string key)
    {
        string Value(LabelledConfiguration cell) => cell.Frame.Info.GetValueOrDefault(key, "not recorded");
        string usual = cells.GroupBy(Value, StringComparer.Ordinal).OrderByDescending(same => same.Count()).First().Key;
        return cells.Where(cell => Value(cell) != usual).Select(cell => new QualityFinding(cell.Id, $"{key} {Value(cell)}, most have {usual}"));
    }

    private static QualityFinding? NetForce(LabelledConfiguration cell)
    {
        Vector3D sum = cell.Frame.VectorColumns["REF_forces"].Aggregate(Vector3D.Zero, (total, force) => total + force);
        double mean = sum.Length / cell.Crystal.AtomCount;
        return mean > NetForceElectronvoltPerAngstrom ? Finding(cell, $"{mean:F4} eV/Å per atom") : null;
    }

    /// <summary>Each cell that is nearly an earlier one, the nearest of them named with the difference of the energies.</summary>
    private static IEnumerable<QualityFinding> Duplicates(ImmutableArray<LabelledConfiguration> cells, double tolerance, CancellationToken cancellation)
    {
        for (int second = 1; second < cells.Length; second++)
        {
            cancellation.ThrowIfCancellationRequested();
            (double nearest, LabelledConfiguration? earlier) = (tolerance, null);
            for (int first = 0; first < second; first++)
            {
                if (LeakageCheck.DistanceAngstrom(cells[first], cells[second]) is var distance && distance < nearest)
                {
                    (nearest, earlier) = (distance, cells[first]);
                }
            }

            if (earlier is not null)
            {
                yield return Finding(cells[second], $"{nearest:F5} Å from {earlier.Id}, energies {Math.Abs(cells[second].EnergyPerAtomElectronvolt - earlier.EnergyPerAtomElectronvolt):F6} eV per atom apart");
            }
        }
    }

    private static IEnumerable<QualityFinding> Outliers(LabelledConfiguration[] group, Property property)
    {
        double[] scores = RobustScatter.Scores([.. group.Select(cell => cell[property])]);
        return Enumerable.Range(0, group.Length).Where(index => Math.Abs(scores[index]) > OutlierScore)
            .Select(index => Finding(group[index], $"{property.Title.ToLowerInvariant()} {group[index][property]:F4} {property.Unit}, {scores[index]:F1} standard deviations in {group[index].Stratum.Label}"));
    }

    private static IEnumerable<QualityFinding> EnergyOfDisplacement(LabelledConfiguration[] group)
    {
        double[] squares = [.. group.Select(cell => cell.DisplacementsCartesian!.Value.Average(displacement => displacement.LengthSquared))];
        double[] scores = RobustScatter.Scores(RobustScatter.LineResiduals(squares, [.. group.Select(cell => cell.EnergyPerAtomElectronvolt)]));
        return Enumerable.Range(0, group.Length).Where(index => Math.Abs(scores[index]) > OutlierScore)
            .Select(index => Finding(group[index], $"{group[index].EnergyPerAtomElectronvolt:F4} eV per atom at {squares[index]:F4} Å², {scores[index]:F1} standard deviations in {group[index].Stratum.Label}"));
    }

    private static QualityFinding Finding(LabelledConfiguration cell, FormattableString detail) => new(cell.Id, Invariant(detail));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
