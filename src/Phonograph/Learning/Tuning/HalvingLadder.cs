namespace Phonograph.Learning.Tuning;

/// <summary>
/// The decisions of asynchronous successive halving (L. Li et al., arXiv 1810.05934, algorithm 2): whenever a worker is free, the best trial that is among the best 1/η of
/// its rung and has not gone on goes on, from the highest such rung; without one a new trial begins. With a single rung it is a plain list of trials.
/// </summary>
/// <param name="rungs">Number of rungs, at least 1.</param>
/// <param name="reduction">η, at least 2.</param>
/// <param name="trials">Number of trials; they begin in the order of their numbers, from 0.</param>
public sealed class HalvingLadder(int rungs, int reduction, int trials)
{
    private readonly SortedSet<(double Error, int Trial)>[] _judged = [.. Enumerable.Range(0, rungs).Select(_ => new SortedSet<(double, int)>())];
    private readonly HashSet<int>[] _promoted = [.. Enumerable.Range(0, rungs).Select(_ => new HashSet<int>())];
    private int _begun;

    /// <summary>What a free worker does next; null when nothing can be done before another trial is judged.</summary>
    /// <returns>The trial, and the rung it is to reach, from 0.</returns>
    public (int Trial, int Rung)? Next()
    {
        for (int rung = rungs - 2; rung >= 0; rung--)
        {
            foreach ((double error, int trial) in _judged[rung].Take(_judged[rung].Count / reduction))
            {
                if (double.IsFinite(error) && !_promoted[rung].Contains(trial))
                {
                    return (trial, rung + 1);
                }
            }
        }

        return _begun < trials ? (_begun, 0) : null;
    }

    /// <summary>A worker begins what <see cref="Next"/> named.</summary>
    public void Begin(int trial, int rung)
    {
        if ((rung == 0 && trial != _begun++) || (rung > 0 && !_promoted[rung - 1].Add(trial)))
        {
            throw new ArgumentException($"Trial {trial} cannot begin rung {rung} now.", nameof(trial));
        }
    }

    /// <summary>A trial has reached a rung.</summary>
    /// <param name="trial">Number of the trial.</param>
    /// <param name="rung">The rung.</param>
    /// <param name="error">What is to be small; not finite for a trial that failed, which counts and never goes on. Equal errors are ordered by number.</param>
    public void Judge(int trial, int rung, double error) => _judged[rung].Add((double.IsFinite(error) ? error : double.PositiveInfinity, trial));

    /// <summary>Whether a trial has gone on from a rung.</summary>
    public bool IsPromoted(int trial, int rung) => _promoted[rung].Contains(trial);
}
