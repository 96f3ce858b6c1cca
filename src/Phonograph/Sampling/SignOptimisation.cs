namespace Phonograph.Sampling;

/// <summary>
/// Turns signs of special displacements one by one, as long as the cells' mean of u uᵀ comes nearer to the ensemble's for each atom. The error is the sum over atoms of the squared deviations of the nine elements,
/// each in units of that atom's mean square displacement. Modes are visited by falling share in the displacements, so the walk is the same in every run.
/// </summary>
internal sealed class SignOptimisation
{
    private const int MostSweeps = 60;

    /// <summary>Smaller gains, relative to the error, are rounding's.</summary>
    private const double LeastGain = 1e-9;
    private readonly HarmonicEnsemble _ensemble;
    private readonly int _cells, _modes, _order;
    private readonly double[] _displacements, _deviations, _weights;

    /// <summary>Prepares the walk.</summary>
    /// <param name="ensemble">The ensemble.</param>
    /// <param name="displacements">Cells × 3N, Å; changed with the signs.</param>
    /// <param name="cells">Number of cells.</param>
    /// <param name="modes">Number of modes that move.</param>
    internal SignOptimisation(HarmonicEnsemble ensemble, double[] displacements, int cells, int modes)
    {
        (_ensemble, _displacements, _cells, _modes, _order) = (ensemble, displacements, cells, modes, 3 * ensemble.Crystal.AtomCount);
        var covariances = ensemble.AtomCovariances();
        _weights = [.. covariances.Select(covariance => covariance.Trace > 0 ? 1 / (covariance.Trace * covariance.Trace) : 0)];
        _deviations = new double[9 * covariances.Length];
        for (int place = 0; place < _deviations.Length; place++)
        {
            (int atom, int row, int column) = (place / 9, place % 9 / 3, place % 3);
            for (int cell = 0; cell < cells; cell++)
            {
                _deviations[place] += displacements[(cell * _order) + (3 * atom) + row] * displacements[(cell * _order) + (3 * atom) + column] / cells;
            }

            _deviations[place] -= covariances[atom][row, column];
        }
    }

    /// <summary>Walks until no single sign helps.</summary>
    /// <param name="signs">Cells × modes, changed in place.</param>
    /// <param name="modesByShare">For each visit the column of the signs.</param>
    /// <param name="write">Writes the displacement of a mode with the sign plus, 3N numbers, Å.</param>
    internal void Run(double[] signs, IReadOnlyList<int> modesByShare, Action<int, double[]> write)
    {
        double[] move = new double[_order], change = new double[9];
        double error = Error();
        bool isBetter = true;
        for (int sweep = 0; sweep < MostSweeps && isBetter; sweep++)
        {
            isBetter = false;
            foreach (int mode in modesByShare)
            {
                write(mode, move);
                for (int cell = 0; cell < _cells; cell++)
                {
                    double turn = -2 * signs[(cell * _modes) + mode];
                    double gain = -Change(cell, turn, move, change, isKept: false);
                    if (gain > LeastGain * error)
                    {
                        Change(cell, turn, move, change, isKept: true);
                        signs[(cell * _modes) + mode] = -signs[(cell * _modes) + mode];
                        error = Error();
                        isBetter = true;
                    }
                }
            }
        }
    }

    private double Error()
    {
        double error = 0;
        for (int place = 0; place < _deviations.Length; place++)
        {
            error += _weights[place / 9] * _deviations[place] * _deviations[place];
        }

        return error;
    }

    /// <summary>What adding a multiple of a move to a cell does to the error.</summary>
    private double Change(int cell, double turn, double[] move, double[] change, bool isKept)
    {
        double total = 0;
        Span<double> u = _displacements.AsSpan(cell * _order, _order);
        for (int atom = 0; atom < _weights.Length; atom++)
        {
            Span<double> deviation = _deviations.AsSpan(9 * atom, 9);
            for (int place = 0; place < 9; place++)
            {
                int a = (3 * atom) + (place / 3), b = (3 * atom) + (place % 3);
                double da = turn * move[a], db = turn * move[b];
                change[place] = ((da * u[b]) + (u[a] * db) + (da * db)) / _cells;
                total += _weights[atom] * change[place] * ((2 * deviation[place]) + change[place]);
            }

            for (int place = 0; isKept && place < 9; place++)
            {
                deviation[place] += change[place];
            }
        }

        for (int index = 0; isKept && index < u.Length; index++)
        {
            u[index] += turn * move[index];
        }

        return total;
    }
}
