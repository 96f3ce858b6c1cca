using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Numerics.Random;

namespace Phonograph.Datasets.Divisions;

/// <summary>
/// Repeated draws of training and validation cells of one scheme from the pool of a division. In one draw the pool is put in an order in which strata are mixed in their shares; going along it, groups go to validation as often as its share
/// asks for, else to training. Sets of a size are the first cells of either, so smaller sets are part of larger ones, and no group stands in both. Draws overlap, because they come from one pool.
/// </summary>
public sealed class SchemePool
{
    private readonly Division _division;
    private readonly ImmutableArray<LabelledConfiguration> _cells;
    private readonly double _validationShare;
    private readonly string _name;

    internal SchemePool(Division division, string? scheme, double validationShare)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(validationShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validationShare, 1);
        _division = division;
        _validationShare = validationShare;
        _name = scheme ?? "all schemes";
        _cells = [.. division.Pool.Where(cell => scheme is null || cell.Scheme == scheme)];
    }

    /// <summary>Number of cells in the pool.</summary>
    public int Count => _cells.Length;

    /// <summary>Seed of a draw: of its order and of the weights trained on it.</summary>
    /// <param name="draw">Number of the draw, from 0.</param>
    public ulong Seed(int draw) => _division.Options.Seed + 1 + (ulong)draw;

    /// <summary>Training cells, validation cells, and the test cells of the division.</summary>
    /// <param name="draw">Number of the draw, from 0.</param>
    /// <param name="training">Number of training cells.</param>
    /// <param name="validation">Number of validation cells.</param>
    /// <exception cref="InputException">The pool has fewer.</exception>
    public Split Draw(int draw, int training, int validation)
    {
        (List<LabelledConfiguration> train, List<LabelledConfiguration> validate) = Order(draw);
        return training <= train.Count && validation <= validate.Count
            ? new Split([.. train.Take(training)], [.. validate.Take(validation)], _division.Test)
            : throw new InputException(
                $"{training} training and {validation} validation cells were asked for; '{_name}' has {train.Count} and {validate.Count} beside its test cells. Ask for fewer, or give more cells.");
    }

    private (List<LabelledConfiguration> Training, List<LabelledConfiguration> Validation) Order(int draw)
    {
        var order = new List<(double Place, LabelledConfiguration[] Group)>();
        foreach (IGrouping<(string, Stratum), LabelledConfiguration[]> stratum in _cells
            .GroupBy(_division.GroupOf, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToArray())
            .GroupBy(group => (Division.ChemicalSystem(group[0].Crystal), group[0].Stratum)))
        {
            LabelledConfiguration[][] groups = [.. stratum];
            var random = new Philox(Seed(draw), Split.StreamOf($"pool {stratum.Key.Item1} {stratum.Key.Item2.Label}"));
            random.Shuffle<LabelledConfiguration[]>(groups);
            double total = groups.Sum(group => group.Length);
            int before = 0;
            foreach (LabelledConfiguration[] group in groups)
            {
                order.Add(((before + (group.Length * random.NextDouble())) / total, group));
                before += group.Length;
            }
        }

        List<LabelledConfiguration> training = [], validation = [];
        foreach ((_, LabelledConfiguration[] group) in order.OrderBy(each => each.Place).ThenBy(each => each.Group[0].Id, StringComparer.Ordinal))
        {
            bool isValidation = validation.Count + group.Length <= (_validationShare * (training.Count + validation.Count + group.Length)) + 1e-9;
            (isValidation ? validation : training).AddRange(group);
        }

        return (training, validation);
    }
}
