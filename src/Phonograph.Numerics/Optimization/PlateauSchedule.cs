namespace Phonograph.Numerics.Optimization;

/// <summary>
/// Reduces a learning rate when a loss has stopped to improve. PyTorch's <c>ReduceLROnPlateau</c> with threshold 0 and a patience that is smaller by
/// one: theirs counts the epochs that are forgiven, ours the epochs until the reduction.
/// </summary>
/// <param name="factor">Factor of a reduction, between 0 and 1.</param>
/// <param name="patience">Epochs without improvement until a reduction, at least 1.</param>
public sealed class PlateauSchedule(double factor, int patience)
{
    /// <summary>Lowest loss so far; infinite before the first.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>Epochs since the last improvement or reduction.</summary>
    public int Waited { get; private set; }

    /// <summary>Takes the loss of an epoch.</summary>
    /// <param name="loss">The loss; not-a-number neither improves nor reduces.</param>
    /// <param name="rate">Learning rate of the epoch.</param>
    /// <returns>Learning rate of the next epoch.</returns>
    public double Observe(double loss, double rate)
    {
        Waited++;
        if (loss < Best)
        {
            Best = loss;
            Waited = 0;
        }
        else if (double.IsFinite(loss) && Waited >= patience)
        {
            Waited = 0;
            return rate * factor;
        }

        return rate;
    }

    /// <summary>Continues an earlier run.</summary>
    public void Resume(double best, int waited) => (Best, Waited) = (best, waited);
}
