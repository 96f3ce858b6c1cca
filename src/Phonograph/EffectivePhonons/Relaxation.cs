namespace Phonograph.EffectivePhonons;

/// <summary>
/// How far to go along each step of a fixed-point iteration, from how the last step changed the next (B. Irons, R. Tuck, Int. J. Numer. Meth. Eng. 1, 275 (1969)). Self-consistent
/// phonons need it: softer constants make wider draws, which make stiffer constants, so plain iteration of a strongly anharmonic crystal swings from one to the other without end.
/// </summary>
internal sealed class Relaxation
{
    private const double Least = 0.05;
    private readonly double _first;
    private double _factor;
    private double[]? _last;

    /// <summary>Begins with a share of its own.</summary>
    internal Relaxation(double first) => _first = _factor = first;

    /// <summary>Share of the next step to take.</summary>
    /// <param name="step">The full step.</param>
    internal double Next(double[] step)
    {
        if (_last is { } last)
        {
            (double along, double square) = (0, 0);
            for (int index = 0; index < step.Length; index++)
            {
                double change = step[index] - last[index];
                along += last[index] * change;
                square += change * change;
            }

            _factor = square > 0 ? Math.Clamp(-_factor * along / square, Least, 1) : _factor;
        }

        _last = step;
        return _factor;
    }

    /// <summary>One that goes on from here on its own.</summary>
    internal Relaxation Copy() => new(_first) { _factor = _factor, _last = _last };

    /// <summary>Forgets the steps so far, as when the noise of new draws has replaced what they were about.</summary>
    internal void Restart() => (_factor, _last) = (_first, null);
}
