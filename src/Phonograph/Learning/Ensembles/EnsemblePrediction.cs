namespace Phonograph.Learning.Ensembles;

/// <summary>What an ensemble predicts for one structure.</summary>
/// <param name="Value">Mean over the members, in the unit of the property; NaN where a member has no number.</param>
/// <param name="Spread">Standard deviation over the members (divided by their number less one); not calibrated.</param>
/// <param name="Reasons">Every reason that a member has not to trust the number.</param>
public readonly record struct EnsemblePrediction(double Value, double Spread, OutsideReasons Reasons)
{
    /// <summary>Brings the predictions of the members together; their order does not change a bit.</summary>
    /// <param name="members">Prediction of each member for one structure, two or more.</param>
    public static EnsemblePrediction Of(IReadOnlyCollection<GraphPrediction> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count < 2)
        {
            throw new ArgumentException($"{members.Count} members have no spread.", nameof(members));
        }

        // Sorted, so that the sums do not depend on the order of the members.
        double[] values = [.. members.Select(member => member.Value).Order()];
        double mean = values.Average(), squares = values.Sum(value => (value - mean) * (value - mean));
        return new EnsemblePrediction(mean, Math.Sqrt(squares / (values.Length - 1)), members.Aggregate(OutsideReasons.None, (reasons, member) => reasons | member.Reasons));
    }
}
