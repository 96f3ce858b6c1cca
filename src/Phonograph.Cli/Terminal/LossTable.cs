using System.Globalization;
using Phonograph.Learning.Training;

namespace Phonograph.Cli.Terminal;

/// <summary>
/// Losses as a table that grows on a terminal while a training runs, above the line with rate and time left: the first passes, then every so many that some
/// twenty rows stand at the end. The best pass so far has a star.
/// </summary>
/// <param name="line">Where the rows go; silent where it is.</param>
/// <param name="epochs">Largest number of passes.</param>
/// <param name="unit">Unit of the mean absolute error.</param>
internal sealed class LossTable(ProgressLine line, int epochs, string unit) : IProgress<EpochRecord>
{
    private const int FirstRows = 3, RowsWanted = 20;
    private readonly int _every = Every(epochs);
    private double _best = double.PositiveInfinity, _bestShown = double.PositiveInfinity;
    private bool _hasHeader;

    /// <inheritdoc/>
    public void Report(EpochRecord value)
    {
        _best = Math.Min(_best, value.ValidationLoss);
        if (value.Epoch > FirstRows && value.Epoch % _every != 0 && value.Epoch != epochs)
        {
            return;
        }

        if (!_hasHeader)
        {
            line.Row(Header(unit));
            _hasHeader = true;
        }

        // A star says: the lowest loss of all passes until here came with or since the last row.
        line.Row(Row(value, isBetter: _best < _bestShown));
        _bestShown = _best;
    }

    internal static string Header(string unit) => $" epoch  training loss  validation loss  {"MAE / " + unit,14}  learning rate";

    internal static string Row(EpochRecord epoch, bool isBetter) => string.Create(
        CultureInfo.InvariantCulture,
        $"{epoch.Epoch,6}  {epoch.TrainingLoss,13:0.000000}  {epoch.ValidationLoss,15:0.000000}  {epoch.ValidationMeanAbsoluteError,14:0.00000}  {epoch.LearningRate,13:0.00E+0}{(isBetter ? " *" : "")}");

    /// <summary>1, 2 or 5 times a power of ten, so that about <see cref="RowsWanted"/> rows result.</summary>
    internal static int Every(int epochs)
    {
        int step = 1;
        for (int factor = 0; epochs / step > RowsWanted; factor++)
        {
            step = factor % 3 == 1 ? step / 2 * 5 : step * 2;
        }

        return step;
    }
}
