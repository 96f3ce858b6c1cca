using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph dataset</c>: what labelled configurations hold, and whether their division leaks.</summary>
internal static class DatasetVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Labelled extended XYZ files of one engine and level (.gz may follow); a failures.csv beside them is counted.", Arity = ArgumentArity.OneOrMore };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the division into training, validation and test (70/15/15).", HelpName = "N" };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "Cells of different parts that are closer than this count as the same, Å r.m.s. per atom.",
            HelpName = "Å",
            DefaultValueFactory = _ => LeakageCheck.DefaultToleranceAngstrom,
        };
        var examine = new Option<bool>("--quality") { Description = "Examine the labels too: convergence, band edges, settings, net forces, duplicates within --tolerance, outliers. Counted here and in the card; nothing is dropped." };
        var command = new Command(
            "dataset",
            "Count labelled configurations, describe their labels, divide them and look for leaks between the parts. Exit code 1 when something leaks.\n"
            + "Example: phonograph dataset data/ag3sbr-xtb/cells.xyz.gz --seed 1\n"
            + "         phonograph dataset cells.xyz.gz --against tight.xyz.gz --comparison noise")
        {
            files, seed, tolerance, examine,
        };
        var card = new CardOptions();
        var amplitudes = new AmplitudeOption();
        var agreements = new AgreementOutput();
        foreach (Option option in card.All.Append(amplitudes.Output).Concat(agreements.All))
        {
            command.Add(option);
        }

        return CliRun.Verb(command, run =>
        {
            double limit = run.Get(tolerance);
            if (!(limit >= 0) || !double.IsFinite(limit))
            {
                throw new InputException($"--tolerance: found {limit.ToString(CultureInfo.InvariantCulture)}; expected zero or a positive length in Å.");
            }

            Dataset dataset = Dataset.Read(run.Get(files));
            if (agreements.Compare(run, dataset) is { } agreement)
            {
                Console.Out.WriteLine(run.IsJson ? JsonSerializer.Serialize(AgreementOutput.Json(agreement), Indented) : AgreementOutput.Text(agreement));
                return Task.FromResult(0);
            }

            Split split = Split.Create(dataset.Configurations, new SplitOptions { Seed = run.Get(seed) });
            LeakageReport leakage = LeakageCheck.Examine(split, limit, run.Cancellation);
            LabelQuality? quality = run.Get(examine) ? LabelQuality.Examine(dataset, limit, run.Cancellation) : null;
            card.Write(run, dataset, run.Get(files), quality);
            amplitudes.Write(run, dataset, card.Vibrations(run), card.ForceConstants(run));
            Console.Out.WriteLine(run.IsJson ? Json(dataset, split, leakage, quality, run.Get(seed)) : Text(dataset, split, leakage, quality, run.Get(seed)));
            return Task.FromResult(leakage.IsClean ? 0 : 1);
        });
    }

    private static string Text(Dataset dataset, Split split, LeakageReport leakage, LabelQuality? quality, ulong seed)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"labels: {dataset.Engine} {dataset.Level}").AppendLine();
        text.AppendLine($"{"",-22} {"drawn",8} {"labelled",9} {"failed",8} {"metallic",9}");
        Census census = dataset.Census();
        foreach (CensusRow row in census.Rows.Append(census.Total))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.Stratum.Label,-22} {row.Drawn,8} {row.Labelled,9} {row.Failed,8} {row.Metallic,9}");
        }

        foreach (IGrouping<Property, LabelStatistics> property in LabelStatistics.Of(dataset.Configurations).GroupBy(row => row.Property))
        {
            text.AppendLine().AppendLine($"{$"{property.Key.Title} ({property.Key.Unit})",-32} {"mean",10} {"std",10} {"min",10} {"max",10}");
            foreach (LabelStatistics row in property)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {row.Stratum.Label,-30} {row.Mean,10:F4} {row.StandardDeviation,10:F4} {row.Minimum,10:F4} {row.Maximum,10:F4}");
            }
        }

        if (quality is not null)
        {
            text.Append(QualityOutput.Text(quality));
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"division with seed {seed}: {split.Training.Length} training, {split.Validation.Length} validation, {split.Test.Length} test");
        if (leakage.NearestTestToTrainingAngstrom is { } nearest)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"test cell to the nearest training cell: {nearest:F4} Å r.m.s. at least, {leakage.MedianTestToTrainingAngstrom:F4} Å in the median");
        }

        foreach (string id in leakage.SharedIds)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"LEAK: '{id}' stands in two parts");
        }

        foreach (ClosePair pair in leakage.ClosePairs)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"LEAK: '{pair.First}' ({pair.FirstPart}) and '{pair.Second}' ({pair.SecondPart}) differ by {pair.DistanceAngstrom:F5} Å r.m.s.");
        }

        foreach (ScaledPair pair in leakage.ScaledPairs)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"LEAK: '{pair.First}' ({pair.FirstPart}) and '{pair.Second}' ({pair.SecondPart}) are displaced alike but for a factor (cosine {pair.Cosine:F6})");
        }

        foreach (string group in leakage.SharedGroups)
        {
            text.AppendLine($"LEAK: cells of the group '{group}' stand in two parts");
        }

        foreach (CopyPair pair in leakage.SymmetryCopies)
        {
            text.AppendLine($"LEAK: '{pair.First}' ({pair.FirstPart}) and '{pair.Second}' ({pair.SecondPart}) are copies by symmetry");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{(leakage.IsClean ? "no leak" : "the division leaks")} (tolerance {leakage.ToleranceAngstrom} Å)").ToString();
    }

    private static string Json(Dataset dataset, Split split, LeakageReport leakage, LabelQuality? quality, ulong seed) => JsonSerializer.Serialize(
        new
        {
            engine = dataset.Engine,
            level = dataset.Level,
            census = dataset.Census().Rows.Select(row => new
            {
                scheme = row.Stratum.Scheme,
                temperature_K = row.Stratum.TemperatureKelvin,
                width_A = row.Stratum.WidthAngstrom,
                drawn = row.Drawn,
                labelled = row.Labelled,
                failed = row.Failed,
                metallic = row.Metallic,
            }),
            failures = dataset.Failures.Select(failure => new { id = failure.Id, scheme = failure.Stratum.Scheme, reason = failure.Reason, detail = failure.Detail }),
            labels = LabelStatistics.Of(dataset.Configurations).Select(row => new
            {
                property = row.Property.Key,
                unit = row.Property.Unit,
                scheme = row.Stratum.Scheme,
                temperature_K = row.Stratum.TemperatureKelvin,
                width_A = row.Stratum.WidthAngstrom,
                n = row.Count,
                mean = row.Mean,
                std = row.StandardDeviation,
                min = row.Minimum,
                max = row.Maximum,
            }),
            quality = quality is null ? null : QualityOutput.Json(quality),
            split = new { seed, training = split.Training.Length, validation = split.Validation.Length, test = split.Test.Length },
            leakage = new
            {
                clean = leakage.IsClean,
                tolerance_A = leakage.ToleranceAngstrom,
                shared_ids = leakage.SharedIds,
                close_pairs = leakage.ClosePairs.Select(pair => new { first = pair.First, first_part = pair.FirstPart, second = pair.Second, second_part = pair.SecondPart, distance_A = pair.DistanceAngstrom }),
                scaled_pairs = leakage.ScaledPairs.Select(pair => new { first = pair.First, first_part = pair.FirstPart, second = pair.Second, second_part = pair.SecondPart, cosine = pair.Cosine }),
                shared_groups = leakage.SharedGroups,
                symmetry_copies = leakage.SymmetryCopies.Select(pair => new { first = pair.First, first_part = pair.FirstPart, second = pair.Second, second_part = pair.SecondPart }),
                nearest_test_to_training_A = leakage.NearestTestToTrainingAngstrom,
                median_test_to_training_A = leakage.MedianTestToTrainingAngstrom,
            },
        },
        Indented);
}
