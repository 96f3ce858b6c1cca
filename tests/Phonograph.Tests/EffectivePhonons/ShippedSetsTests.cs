using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.EffectivePhonons;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.EffectivePhonons;

/// <summary>The sets of effective phonons that the repository ships (data/effective).</summary>
public class ShippedSetsTests
{
    public static TheoryData<string> Sets => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "data", "effective")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_card_is_the_one_that_the_files_give(string set) =>
        Assert.Equal(File.ReadAllText(Path.Combine(Folder(set), "CARD.md")).ReplaceLineEndings("\n"), EffectiveCard.Of(Folder(set)));

    [Theory]
    [MemberData(nameof(Sets))]
    public void Sampling_with_the_constants_and_the_rule_draws_the_ensemble_of_the_report(string set)
    {
        Supercell cell = Supercell.Of(Poscar.Read(Path.Combine(Folder(set), "POSCAR")), 2, 2, 2);
        var modes = PhononModes.Of(ForceConstantsFile.Read(Path.Combine(Folder(set), "FORCE_CONSTANTS"), cell));
        JsonElement report = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(set), "effective.json"))).RootElement;
        Assert.All(
            modes.FrequenciesTerahertz.Zip(report.GetProperty("frequencies_THz").EnumerateArray()),
            pair => Assert.Equal(pair.First * pair.First, Math.Pow(pair.Second.GetDouble(), 2), 1e-3));
        var ensemble = new ThermalEnsemble(modes, report.GetProperty("temperature_K").GetDouble(), ThermalStatistics.Quantum, SoftModePolicy.Parse(report.GetProperty("soft_mode_policy").GetString()!));
        double rootMeanSquare = report.GetProperty("rms_displacement_A").GetDouble();
        Assert.Equal(rootMeanSquare, Math.Sqrt(ensemble.MeanSquareDisplacement), 1e-3);
        IDisplacementSampler sampler = new PhononSampler(ensemble);
        double drawn = Math.Sqrt(sampler.Draw(1, 0, 200).Average(draw => draw.DisplacementsCartesian.Average(move => move.LengthSquared)));
        Assert.InRange(drawn / rootMeanSquare, 0.9, 1.1);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_labels_of_the_set_give_its_constants_again_when_they_are_weighted_alike(string set)
    {
        Supercell cell = Supercell.Of(Poscar.Read(Path.Combine(Folder(set), "POSCAR")), 2, 2, 2);
        JsonElement report = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(set), "effective.json"))).RootElement;
        DisplacedSnapshot[] snapshots = [.. DisplacedFrames.ReadSnapshots(Path.Combine(Folder(set), "cells.xyz.gz"), cell)];
        Assert.Equal(report.GetProperty("labels").GetInt32() + report.GetProperty("labels_of_start").GetInt32(), snapshots.Length);

        // The newest ensembles alone, unweighted: the same phonons within some errors, or the report would be about other labels.
        int newest = 2 * report.GetProperty("cells_per_iteration").GetInt32();
        FittedForceConstants fit = SnapshotFit.Fit(cell, snapshots[^newest..]);
        var modes = PhononModes.Of(fit.Constants.ToFull());
        double error = report.GetProperty("frequency_error_rms_THz").GetDouble();
        double difference = Math.Sqrt(modes.FrequenciesTerahertz.Zip(report.GetProperty("frequencies_THz").EnumerateArray(), (found, stated) => Math.Pow(found - stated.GetDouble(), 2)).Average());
        Assert.InRange(difference, 0, 6 * error);
    }

    private static string Folder(string set) => Path.Combine(Repository.Root, "data", "effective", set);
}
