using System.Collections.Immutable;

namespace Phonograph.Learning.Tuning;

/// <summary>Follows which trial is the best: the one whose latest error is the lowest.</summary>
internal sealed class TuningCourse(int trials, ImmutableArray<int> rungs)
{
    private readonly double[] _errors = [.. Enumerable.Repeat(double.PositiveInfinity, trials)];
    private readonly int[] _rungs = new int[trials];
    private readonly List<TuningPoint> _points = [];

    internal ImmutableArray<TuningPoint> Points => [.. _points];

    /// <summary>Takes a step.</summary>
    /// <returns>The best trial, when it or its error is another than before.</returns>
    internal TuningPoint? Take(TrialStep step)
    {
        _errors[step.Job.Trial] = double.IsFinite(step.Answer.Error) ? step.Answer.Error : double.PositiveInfinity;
        _rungs[step.Job.Trial] = step.Job.Rung;
        int best = Array.IndexOf(_errors, _errors.Min());
        if (double.IsInfinity(_errors[best]) || (_points.Count > 0 && _points[^1].Trial == best + 1 && _points[^1].ValidationMeanAbsoluteError == _errors[best]))
        {
            return null;
        }

        _points.Add(new TuningPoint(step.GraphSteps, best + 1, rungs[_rungs[best]], _errors[best]));
        return _points[^1];
    }
}
