using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Learning.Baselines;

/// <summary>
/// The simple baselines of a set of cells: what every network must beat. Features are made once and used for every property and every division. Origin and
/// spread of the features and all weights come from the training cells, the ridge strength from the validation cells; test cells decide nothing.
/// </summary>
public sealed class BaselineLibrary
{
    /// <summary>With more training cells than this only the mean is fitted: the ridge baselines decompose a matrix of that order.</summary>
    public const int LargestTraining = 3000;

    private readonly GraphLibrary _graphs;

    private BaselineLibrary(GraphLibrary graphs, ImmutableArray<CellDescriptors> descriptors)
    {
        _graphs = graphs;
        Descriptors = descriptors;
    }

    /// <summary>Ridge strengths that are tried: two for each power of ten from 10⁻¹⁰ to 10², in units of <see cref="KernelRidge.MeanVariance"/>.</summary>
    public static ImmutableArray<double> Strengths { get; } = [.. Enumerable.Range(-20, 25).Select(half => Math.Pow(10, 0.5 * half))];

    /// <summary>Features of the ridge baselines that are possible here: those on mode amplitudes only where every cell carries amplitudes of the same modes.</summary>
    public ImmutableArray<CellDescriptors> Descriptors { get; }

    /// <summary>Names of the possible baselines, the mean first.</summary>
    public ImmutableArray<string> Names => [BaselineNames.Mean, .. Descriptors.Select(each => each.Name)];

    /// <summary>Makes the features.</summary>
    /// <param name="cells">Cells with distinct identifiers.</param>
    /// <param name="graphs">Graphs of at least these cells.</param>
    public static BaselineLibrary Of(IReadOnlyCollection<LabelledConfiguration> cells, GraphLibrary graphs)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(graphs);
        var radial = new RadialDistribution(cells.SelectMany(cell => cell.Crystal.Elements), graphs.Options.CutoffAngstrom);
        var descriptors = ImmutableArray.CreateBuilder<CellDescriptors>();
        descriptors.Add(new CellDescriptors(
            BaselineNames.Radial, IsCentred: true, IsSquared: false, graphs.Of(cells, Property.EnergyPerAtom).ToImmutableDictionary(each => each.Configuration, each => radial.Of(each.Graph), StringComparer.Ordinal)));
        if (ModeAmplitudes.Of(cells) is { } amplitudes)
        {
            descriptors.Add(new CellDescriptors(BaselineNames.Modes, IsCentred: false, IsSquared: false, amplitudes));
            descriptors.Add(new CellDescriptors(BaselineNames.ModesSquared, IsCentred: false, IsSquared: true, amplitudes));
        }

        return new BaselineLibrary(graphs, descriptors.ToImmutable());
    }

    /// <summary>Fits every baseline for every property; without validation cells, and beyond <see cref="LargestTraining"/> training cells, only the mean.</summary>
    /// <param name="split">Training, validation and test cells.</param>
    /// <param name="properties">What to predict.</param>
    /// <param name="cancellation">Stops between two baselines.</param>
    public ImmutableArray<BaselineFit> Fit(Split split, IReadOnlyList<Property> properties, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(properties);
        var fits = ImmutableArray.CreateBuilder<BaselineFit>();
        foreach (Property property in properties)
        {
            var mean = MeanBaseline.Fit(_graphs.Of(split.Training, property));
            fits.Add(new BaselineFit(
                property, BaselineNames.Mean, null,
                [.. mean.Predict(_graphs.Of(split.Training, property), "train"), .. mean.Predict(_graphs.Of(split.Validation, property), "validation"), .. mean.Predict(_graphs.Of(split.Test, property), "test")]));
        }

        bool isPossible = !split.Validation.IsEmpty && split.Training.Length <= LargestTraining;
        foreach (CellDescriptors descriptors in isPossible ? Descriptors : [])
        {
            cancellation.ThrowIfCancellationRequested();
            var ridge = new RidgeOfSplit(descriptors, split);
            fits.AddRange(properties.Select(ridge.Fit));
        }

        return fits.ToImmutable();
    }

    /// <summary>One kind of features on one division: the products are decomposed once for all properties.</summary>
    private sealed class RidgeOfSplit
    {
        private readonly CellDescriptors _descriptors;
        private readonly (LabelledConfiguration Cell, string Set)[] _cells;
        private readonly double[] _products;
        private readonly int _training;
        private readonly KernelRidge _ridge;

        internal RidgeOfSplit(CellDescriptors descriptors, Split split)
        {
            _descriptors = descriptors;
            _training = split.Training.Length;
            _cells = [.. split.Training.Select(cell => (cell, "train")), .. split.Validation.Select(cell => (cell, "validation")), .. split.Test.Select(cell => (cell, "test"))];
            double[][] rows = descriptors.Scaled([.. split.Training.Select(cell => cell.Id)], [.. _cells.Select(each => each.Cell.Id)]);
            _products = descriptors.Products(rows, rows[.._training]);
            _ridge = KernelRidge.Of(_products.AsSpan(0, _training * _training), _training);
        }

        internal BaselineFit Fit(Property property)
        {
            double[] targets = [.. _cells.Take(_training).Select(each => each.Cell[property])];

            // Equal validation errors go to the stronger ridge, which says less.
            (double strength, KernelRidgeSolution best) = Strengths.Reverse()
                .Select(strength => (strength, _ridge.Solve(targets, strength)))
                .MinBy(each => ValidationError(each.Item2, property));
            return new BaselineFit(property, _descriptors.Name, strength,
                [.. _cells.Select((each, place) => new Prediction(each.Cell.Id, each.Cell.SchemeClass, each.Set, each.Cell[property], Predict(best, place), IsOutsideTrainingRange: false))]);
        }

        private double ValidationError(KernelRidgeSolution solution, Property property)
        {
            double sum = 0;
            for (int place = _training; place < _cells.Length && _cells[place].Set == "validation"; place++)
            {
                double error = Predict(solution, place) - _cells[place].Cell[property];
                sum += error * error;
            }

            return sum;
        }

        private double Predict(KernelRidgeSolution solution, int place) => solution.Predict(_products.AsSpan(place * _training, _training));
    }
}
