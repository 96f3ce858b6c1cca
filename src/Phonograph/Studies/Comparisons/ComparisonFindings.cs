using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.Memory;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Studies.Comparisons;

/// <summary>What the models of a comparison say at the full training size: errors, differences, contrasts, thermal means. Tables are in the order of properties, test sets, models, schemes.</summary>
internal sealed class ComparisonFindings(ComparisonFits fits, ComparisonCells cells, ComparisonOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
{
    private readonly BootstrapOptions _bootstrap = new(Resamples: options.Resamples, Seed: options.Division.Seed);

    /// <summary>Errors of every model trained on every scheme on every test set.</summary>
    internal ImmutableArray<SchemeError> Errors() => Each("errors", [.. from place in Places(withParts: true) from scheme in cells.Schemes select (place, scheme)], each =>
    {
        ((Property property, TestSet tested, string model), string scheme) = each;
        MetricIntervals intervals = Bootstrap.Of([.. Draws(model, property, scheme, tested).Select(draw => (IReadOnlyCollection<Prediction>)draw)], _bootstrap, tested.Blocks);
        return new SchemeError(intervals.ToRecord(property, model, scheme, tested.Name, options.TrainingSize), intervals.MeanAbsoluteErrorOverSpread, tested.Row.Blocks);
    });

    /// <summary>Differences of pairs of schemes, and of fine-tuning from training from scratch, corrected for the number of tests with one model on one test set.</summary>
    internal ImmutableArray<SchemeDifference> Differences()
    {
        ImmutableArray<SchemeDifference> pairs = [.. Each("differences", Places(), place => cells.Pairs.Select(pair => Difference(
            pair.IsInFamily ? DifferenceFamily.Pair : DifferenceFamily.Further, pair.Meaning, place.Property, place.Tested, new(place.Model, pair.First), new(place.Model, pair.Second))).ToArray()).SelectMany(rows => rows)];
        (string FineTuned, string Scratch, Property Property, TestSet Tested, string Scheme)[] tuned =
        [
            .. from each in fits.FineTuned
               from tested in cells.TestSets.Where(tested => !tested.IsPart)
               from scheme in cells.Schemes
               select (each.FineTuned, each.Scratch, each.Property, tested, scheme),
        ];
        return
        [
            .. Corrected(pairs),
            .. Corrected(Each("fine-tuning", tuned, each => Difference(DifferenceFamily.FineTuning, "pre-training", each.Property, each.Tested, new(each.FineTuned, each.Scheme), new(each.Scratch, each.Scheme)))),
        ];
    }

    /// <summary>Whether amplitude makes up most of the whole difference.</summary>
    internal ImmutableArray<SchemeContrast> Contrasts()
    {
        (string Scheme, double Weight)[] sum = [("uniform", 1), ("gaussian", -2), ("phonon", 1)];
        return !sum.All(part => cells.Schemes.Contains(part.Scheme)) ? [] : Each("contrasts", Places(), place =>
        {
            PairedDifference value = PairedErrors.Of([.. sum.Select(part => Draws(place.Model, place.Property, part.Scheme, place.Tested))], place.Tested.Blocks, _bootstrap).Contrast([.. sum.Select(part => part.Weight)]);
            return new SchemeContrast("does amplitude save more error than all that comes after it", "uniform - 2 gaussian + phonon", place.Property, place.Model, place.Tested.Name, value.Difference, value.PValue);
        });
    }

    /// <summary>The mean band gap of each set of frames.</summary>
    internal ImmutableArray<ThermalMean> ThermalMeans() => Each("thermal means", [.. from place in Places() where place.Tested.IsFrames && place.Property == Property.BandGap from scheme in cells.Schemes select (place, scheme)], each =>
        new ThermalMean(
            new(each.place.Model, each.scheme), each.place.Tested.Name, options.TrainingSize, EnsembleMean.Of(Draws(each.place.Model, Property.BandGap, each.scheme, each.place.Tested), each.place.Tested.Blocks, _bootstrap)));

    /// <summary>Errors against training size, and the labels that the first scheme of each pair saves.</summary>
    internal (ImmutableArray<SchemeCurve> Curves, ImmutableArray<SchemeSaving> Savings) Curves()
    {
        if (options.CurveSizes.IsEmpty)
        {
            return ([], []);
        }

        (Property Property, TestSet Tested, string Model)[] places = Places();
        ImmutableArray<SchemeCurve> curves = Each("learning curves", [.. from place in places from scheme in cells.Schemes select (place, scheme)], each =>
        {
            ((Property property, TestSet tested, string model), string scheme) = each;
            return ComparisonCurves.Of(property, model, scheme, tested, options.Sizes, size => fits.Of(model, property, scheme, size, tested), _bootstrap);
        });
        return (curves, ComparisonCurves.Savings(curves, cells.Pairs));
    }

    private (Property Property, TestSet Tested, string Model)[] Places(bool withParts = false) =>
    [
        .. from property in options.Properties
           from tested in cells.TestSets
           from model in fits.Models
           where model.Property == property && (withParts || !tested.IsPart)
           select (property, tested, model.Model),
    ];

    private ImmutableArray<ImmutableArray<Prediction>> Draws(string model, Property property, string scheme, TestSet tested) => fits.Of(model, property, scheme, options.TrainingSize, tested);

    private SchemeDifference Difference(DifferenceFamily family, string meaning, Property property, TestSet tested, TrainedWay first, TrainedWay second)
    {
        ErrorDifference numbers = PairedErrors.Of([Draws(first.Model, property, first.Scheme, tested), Draws(second.Model, property, second.Scheme, tested)], tested.Blocks, _bootstrap).Difference(0, 1, options.TrainingSize);
        return new SchemeDifference(family, meaning, property, tested.Name, first, second, options.TrainingSize, numbers, double.NaN, double.NaN, 0);
    }

    private static ImmutableArray<SchemeDifference> Corrected(ImmutableArray<SchemeDifference> rows)
    {
        var corrected = rows.ToBuilder();
        foreach (IGrouping<(DifferenceFamily, string, string), int> family in Enumerable.Range(0, rows.Length).Where(place => rows[place].Family != DifferenceFamily.Further)
            .GroupBy(place => (rows[place].Family, rows[place].First.Model, rows[place].TestedOn)))
        {
            int[] places = [.. family];
            ImmutableArray<double> plain = HolmCorrection.Adjust([.. places.Select(place => rows[place].Numbers.PValue)]);
            ImmutableArray<double> resampled = places.All(place => double.IsFinite(rows[place].Numbers.CorrectedPValue))
                ? HolmCorrection.Adjust([.. places.Select(place => rows[place].Numbers.CorrectedPValue)])
                : [.. places.Select(_ => double.NaN)];
            for (int test = 0; test < places.Length; test++)
            {
                corrected[places[test]] = rows[places[test]] with { AdjustedPValue = plain[test], AdjustedCorrectedPValue = resampled[test], FamilySize = places.Length };
            }
        }

        return corrected.ToImmutable();
    }

    /// <summary>Computes something for each item, side by side; the order of the results is that of the items.</summary>
    private ImmutableArray<T> Each<TItem, T>(string stage, TItem[] items, Func<TItem, T> compute)
    {
        if (items.Length == 0)
        {
            return [];
        }

        var results = new T[items.Length];
        int done = 0;
        using var pool = new WorkerPool(Math.Min(items.Length, options.SideBySide ?? Environment.ProcessorCount));
        pool.Run(items.Length, (place, _) =>
        {
            cancellation.ThrowIfCancellationRequested();
            results[place] = compute(items[place]);
            progress?.Report(new WorkProgress(stage, Interlocked.Increment(ref done), items.Length));
        });
        return [.. results];
    }
}
