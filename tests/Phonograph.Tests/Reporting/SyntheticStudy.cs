using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Reporting;


namespace Phonograph.Tests.Reporting;

/// <summary>
/// A study whose numbers come from a random-number generator, not from physics: it has the shape of a real one so that the report can be
/// built and looked at. Every number in it is synthetic, and its title says so.
/// </summary>
internal static class SyntheticStudy
{
    private const double LatticeAngstrom = 4.793;
    private static readonly double[] Temperatures = [150, 300, 450, 600], Widths = [0.2, 0.4, 0.6, 0.8];
    private static readonly double[] Spreads = [0.012, 0.10, 0.08, 0.9], Ideals = [-87.4312, 1.41, -2.31, -0.42];

    private static ImmutableArray<Prediction> Tested(ImmutableArray<PropertyPredictions> all, Property property, string kind, string tested) =>
        [.. all.First(table => table.Property == property && table.TrainedOn == kind).Predictions.Where(cell => cell.Set == "test" && (tested == "combined" || cell.Scheme == tested))];

    internal static StudyResult Create(int perCondition = 100, ulong seed = 7)
    {
        ImmutableArray<ConfigurationRow> configurations = Configurations(perCondition, seed);
        ImmutableArray<PropertyPredictions> predictions =
        [
            .. from property in Property.All from kind in Kinds select Predict(property, kind, configurations, seed),
        ];
        return new StudyResult
        {
            Title = "Synthetic study (made-up numbers)",
            Notice = "Every number on this page is synthetic: it was drawn from a random-number generator to test the report.",
            Material = new MaterialDescription(
                "Ag3SBr", "cubic anti-perovskite Pm-3m, 2×2×2 supercell, lattice fixed", 40, Matrix3x3.Diagonal(2 * LatticeAngstrom, 2 * LatticeAngstrom, 2 * LatticeAngstrom),
                "none", "none", "synthetic", IsModelEngine: true, "average electrostatic potential",
                [.. Property.All.Select((property, i) => new PropertyValue(property.Key, Ideals[i]))]),
            Example = Example(seed),
            Census = Census(configurations, perCondition),
            Configurations = [.. configurations, .. Frames(seed)],
            Map = Map([.. configurations, .. Frames(seed)], seed),
            Hypotheses = [new Hypothesis("H1", "trained on phonon cells is better on them", "phonon", "random", "phonon", null), new Hypothesis("H4", "half of R² is lost elsewhere", "phonon", null, "random", 0.5)],
            Published = [new PublishedResult("a paper", Property.BandGap, "a network", "other labels", 1000, 0.03, 0.1, 0.85)],
            Metrics = [.. predictions.SelectMany(table => Metrics(table)), .. predictions.SelectMany(table => Baselines(table))],
            Predictions = predictions,
            Comparisons =
            [
                .. from property in Property.All
                   from tested in Kinds
                   let phonon = Tested(predictions, property, "phonon", tested)
                   let random = Tested(predictions, property, "random", tested)
                   let paired = PairedBootstrap.Of([phonon], [random], new BootstrapOptions(Seed: seed))
                   select new PairedComparison(property, tested, "phonon", "random", 280, paired.Difference, paired.PValue, "bootstrap over test cells, one trained model each"),
            ],
            BaselineResults =
            [
                .. from table in predictions
                   from tested in Kinds
                   from baseline in new[] { ("mean", 1.0), ("ridge-radial", 0.4), ("ridge-modes", 0.9) }
                   let own = Tested(predictions, table.Property, table.TrainedOn, tested)
                   let mean = own.Average(cell => cell.Label)
                   let paired = PairedBootstrap.Of([own], [[.. own.Select(cell => cell with { Predicted = cell.Label + (baseline.Item2 * (mean - cell.Label)) })]], new BootstrapOptions(Seed: seed))
                   select new BaselineResult(table.Property, table.TrainedOn, tested, table.TrainingSize, table.Model, baseline.Item1, paired.Difference, paired.PValue, "bootstrap over test cells, one trained model each"),
            ],
            LearningCurves = [.. from kind in new[] { "phonon", "random" } from tested in Kinds select Curve(kind, tested, seed)],
            TrainingCurves = [.. from property in Property.All from kind in Kinds select Training(property, kind, seed)],
            Explanation = SyntheticExplanation.Create(Kinds, seed),
            Hyperparameters =
            [
                .. from property in Property.All
                   from kind in Kinds
                   select new HyperparameterRow(property.Key, "m4", kind, [new("layers", "3"), new("hidden", "64"), new("pooling", "mean"), new("learning rate", "0.001"), new("dropout", "0.2"), new("parameters", "27,905")]),
            ],
            Split = new SplitStatement(
                "Configurations are divided 70/15/15 within each scheme and temperature or width.", seed,
                [.. from scheme in new[] { "phonon", "random" } from set in new[] { "train", "validation", "test" } select new SplitCount(scheme, set, configurations.Count(row => row.Scheme == scheme && Set(row.Id) == set))],
                "No configuration stands in two sets; no two configurations of different sets agree within 1e-6 Å."),
            Provenance = new StudyProvenance(
                "0.1.0-test", "phonograph study --quick", seed, 2, 431.7, "synthetic machine, AVX-512",
                [new("data/ag3sbr-xtb/phonon.xyz.gz", new string('a', 64)), new("data/ag3sbr-xtb/random.xyz.gz", new string('b', 64))],
                [new("cutoff (Å)", "5.5"), new("epochs", "300"), new("batch", "128")]),
            Caveats =
            [
                "The cubic phase is a saddle of the energy at this level: 72 of 120 modes are imaginary, so the phonon draws are a recipe and not a thermal ensemble.",
                "The zero of the valence band maximum is the average electrostatic potential.",
            ],
        };
    }

    /// <summary>Frames of molecular dynamics, whose energies lie among those of the phonon cells.</summary>
    private static IEnumerable<ConfigurationRow> Frames(ulong seed) => Configurations(25, seed + 1).Where(row => row.TemperatureKelvin == 300)
        .Select((row, place) => row with { Id = $"md-{place:000}", Scheme = "dynamics", Block = $"block {place / 3}" });

    private static ConfigurationMap Map(ImmutableArray<ConfigurationRow> rows, ulong seed)
    {
        var random = new Philox(seed, 77);
        return new ConfigurationMap(
            "made-up descriptor", [new MapAxis(0.41, "Ag-S at 2.6 Å", "Ag-Ag at 3.4 Å"), new MapAxis(0.13, "Br-S at 4.2 Å", "S-S at 4.8 Å")],
            [.. rows.Select(row => new MapPoint(row.Id, (2 * row.RmsDisplacementAngstrom) + (0.1 * random.NextNormal()), row.Labels[1].Value - 1 + (0.1 * random.NextNormal())))]);
    }

    private static readonly string[] Kinds = ["phonon", "random", "combined"];

    private static string Set(string id) => (int.Parse(id[^4..], System.Globalization.CultureInfo.InvariantCulture) % 20) switch { < 14 => "train", < 17 => "validation", _ => "test" };

    private static ImmutableArray<ConfigurationRow> Configurations(int perCondition, ulong seed)
    {
        var rows = ImmutableArray.CreateBuilder<ConfigurationRow>();
        foreach (string scheme in new[] { "phonon", "random" })
        {
            int id = 0;
            for (int condition = 0; condition < 4; condition++)
            {
                var random = new Philox(seed, (ulong)(condition + (scheme == "phonon" ? 10 : 20)));
                for (int i = 0; i < perCondition; i++)
                {
                    double rms = scheme == "phonon" ? 0.22 * Math.Sqrt(Temperatures[condition] / 150) * (1 + (0.12 * random.NextNormal())) : Widths[condition] / 2 * (1 + (0.03 * random.NextNormal()));
                    double strength = scheme == "phonon" ? 1.0 : 0.6;
                    double gap = Math.Max(0.02, 1.41 - (strength * 1.5 * rms) + (0.07 * random.NextNormal()));
                    rows.Add(new ConfigurationRow(
                        $"{scheme}-{id++:0000}", scheme, scheme == "phonon" ? Temperatures[condition] : null, scheme == "phonon" ? null : Widths[condition], rms, gap < 0.05,
                        [
                            new(Property.EnergyPerAtom.Key, Ideals[0] + (0.3 * rms * rms) + (0.004 * random.NextNormal())),
                            new(Property.BandGap.Key, gap),
                            new(Property.ValenceBandMaximum.Key, Ideals[2] + (0.5 * rms) + (0.05 * random.NextNormal())),
                            new(Property.HydrostaticStress.Key, Ideals[3] - (3.5 * rms * rms) + (0.15 * random.NextNormal())),
                        ]));
                }
            }
        }

        return rows.ToImmutable();
    }

    private static PropertyPredictions Predict(Property property, string trainedOn, ImmutableArray<ConfigurationRow> rows, ulong seed)
    {
        int place = Property.All.ToList().IndexOf(property);
        var random = new Philox(seed, (ulong)(100 + place + (10 * Array.IndexOf(Kinds, trainedOn))));
        var list = ImmutableArray.CreateBuilder<Prediction>();
        foreach (ConfigurationRow row in rows)
        {
            string set = Set(row.Id);
            bool own = trainedOn == "combined" || trainedOn == row.Scheme;
            if (!own && set != "test")
            {
                continue;
            }

            double label = row.Labels[place].Value;
            double error = Spreads[place] * (set == "train" ? 0.2 : own ? 0.35 : 0.9) * random.NextNormal();
            list.Add(new Prediction(row.Id, row.Scheme, set, label, label + error + (own ? 0 : 0.4 * Spreads[place]), !own && row.RmsDisplacementAngstrom > 0.38));
        }

        return new PropertyPredictions(property, "m4", trainedOn, list.Count(p => p.Set == "train"), list.ToImmutable());
    }

    private static IEnumerable<MetricRecord> Metrics(PropertyPredictions table) =>
        Kinds.Select(tested => Record(table, tested, table.Model, [.. Tested(table, tested).Select(p => (p.Label, p.Predicted))]));

    private static IEnumerable<MetricRecord> Baselines(PropertyPredictions table)
    {
        double mean = table.Predictions.Where(p => p.Set == "train").Average(p => p.Label);
        return Kinds.Select(tested => Record(table, tested, "mean", [.. Tested(table, tested).Select(p => (p.Label, mean))]));
    }

    private static IEnumerable<Prediction> Tested(PropertyPredictions table, string tested) => table.Predictions.Where(p => p.Set == "test" && (tested == "combined" || p.Scheme == tested));

    private static MetricRecord Record(PropertyPredictions table, string tested, string model, (double Label, double Predicted)[] cells)
    {
        double mean = cells.Average(cell => cell.Label);
        double variance = cells.Average(cell => (cell.Label - mean) * (cell.Label - mean));
        double square = cells.Average(cell => (cell.Label - cell.Predicted) * (cell.Label - cell.Predicted));
        double mae = cells.Average(cell => Math.Abs(cell.Label - cell.Predicted));
        double relative = 1 / Math.Sqrt(cells.Length);
        return new MetricRecord(
            table.Property, model, table.TrainedOn, tested, table.TrainingSize, cells.Length,
            Around(Math.Sqrt(variance), relative), Around(mae, relative), Around(Math.Sqrt(square), relative),
            new Interval(1 - (square / variance), 1 - (square / variance * (1 + (2 * relative))), 1 - (square / variance * (1 - (2 * relative)))),
            Around(cells.Max(cell => Math.Abs(cell.Label - cell.Predicted)), relative));
    }

    private static Interval Around(double value, double relative) => new(value, value * (1 - (1.5 * relative)), value * (1 + (1.5 * relative)));

    private static LearningCurve Curve(string trained, string tested, ulong seed)
    {
        var random = new Philox(seed, (ulong)(500 + (3 * Array.IndexOf(Kinds, trained)) + Array.IndexOf(Kinds, tested)));
        var points = ImmutableArray.CreateBuilder<LearningCurvePoint>();
        foreach (int size in new[] { 35, 70, 140, 210, 280 })
        {
            double floor = tested == trained ? 0.024 : tested == "combined" ? 0.045 : 0.07;
            double[] errors = [.. Enumerable.Range(0, 6).Select(_ => (floor + (0.5 / size)) * (1 + (0.12 * random.NextNormal())))];
            double[] squares = [.. errors.Select(error => 1 - (error * error * 1.6 / (0.1 * 0.1)))];
            points.Add(new LearningCurvePoint(size, [.. errors], [.. squares], Spread(errors), Spread(squares)));
        }

        return new LearningCurve(Property.BandGap, "m4", trained, tested, points.ToImmutable());
    }

    private static Interval Spread(double[] values)
    {
        double mean = values.Average(), error = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return new Interval(mean, mean - (2.57 * error), mean + (2.57 * error));
    }

    private static TrainingCurve Training(Property property, string kind, ulong seed)
    {
        var random = new Philox(seed, (ulong)(900 + Array.IndexOf(Kinds, kind)));
        double spread = Spreads[Property.All.ToList().IndexOf(property)];
        return new TrainingCurve(
            property, "m4", kind,
            [.. Enumerable.Range(1, 300).Select(epoch => new TrainingEpoch(
                epoch, 0.9 * Math.Exp(-epoch / 40.0) + (0.02 * (1 + (0.2 * random.NextNormal()))), 0.8 * Math.Exp(-epoch / 45.0) + (0.08 * (1 + (0.2 * random.NextNormal()))),
                spread * ((0.8 * Math.Exp(-epoch / 45.0)) + (0.3 * (1 + (0.08 * random.NextNormal()))))))],
            236);
    }

    private static ImmutableArray<StratumSummary> Census(ImmutableArray<ConfigurationRow> rows, int perCondition) =>
    [
        .. rows.GroupBy(row => (row.Scheme, row.TemperatureKelvin, row.WidthAngstrom)).Select(group => new StratumSummary(
            group.Key.Scheme == "random" ? "uniform" : group.Key.Scheme, group.Key.TemperatureKelvin, group.Key.WidthAngstrom, perCondition + (group.Key.TemperatureKelvin > 400 ? 3 : 0), perCondition,
            group.Key.TemperatureKelvin > 400 ? [new FailureCount("not-converged", 2), new FailureCount("timeout", 1)] : [], group.Count(row => row.IsMetallic),
            group.Average(row => row.RmsDisplacementAngstrom) * 1.01, group.Average(row => row.RmsDisplacementAngstrom),
            [.. Property.All.Select((property, i) => Summary(property, [.. group.Select(row => row.Labels[i].Value)]))])),
    ];

    private static LabelSummary Summary(Property property, double[] labels)
    {
        double mean = labels.Average();
        return new LabelSummary(property.Key, mean, Math.Sqrt(labels.Average(label => (label - mean) * (label - mean))));
    }

    private static ExampleCrystal Example(ulong seed)
    {
        var unit = new Crystal(
            Lattice.Cubic(LatticeAngstrom),
            [Element.Of("Ag"), Element.Of("Ag"), Element.Of("Ag"), Element.Of("S"), Element.Of("Br")],
            [new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5), new(0.5, 0.5, 0.5), new(0, 0, 0)]);
        Crystal supercell = Supercell.Of(unit, 2, 2, 2).Crystal;
        var random = new Philox(seed, 3);
        Crystal displaced = supercell.Displaced([.. Enumerable.Range(0, supercell.AtomCount).Select(_ => new Vector3D(0.18 * random.NextNormal(), 0.18 * random.NextNormal(), 0.18 * random.NextNormal()))]);
        return new ExampleCrystal(CrystalSnapshot.Of(unit), CrystalSnapshot.Of(displaced), "synthetic, 0.18 Å per coordinate", GraphSnapshot.Of(BruteForceGraph(unit, 5.5)));
    }

    /// <summary>All periodic pairs within the cutoff by enumeration of the neighbouring cells, enough for this small cube.</summary>
    private static CrystalGraph BruteForceGraph(Crystal crystal, double cutoff)
    {
        List<int> start = [0], source = [];
        List<IntegerVector3> image = [];
        List<double> length = [];
        for (int i = 0; i < crystal.AtomCount; i++)
        {
            for (int j = 0; j < crystal.AtomCount; j++)
            {
                for (int cell = 0; cell < 125; cell++)
                {
                    var translation = new IntegerVector3((cell % 5) - 2, (cell / 5 % 5) - 2, (cell / 25) - 2);
                    double distance = crystal.Lattice.ToCartesian(crystal.PositionsFractional[j] + translation.ToVector3D() - crystal.PositionsFractional[i]).Length;
                    if (distance > 1e-9 && distance <= cutoff)
                    {
                        source.Add(j);
                        image.Add(translation);
                        length.Add(distance);
                    }
                }
            }

            start.Add(source.Count);
        }

        return new CrystalGraph(crystal.Elements, [.. start], [.. source], [.. image], [.. length], cutoff);
    }
}
