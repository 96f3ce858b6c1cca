using Phonograph.Numerics.Random;

namespace Phonograph.Dynamics;

/// <summary>
/// Canonical sampling through velocity rescaling (G. Bussi, D. Donadio, M. Parrinello, J. Chem. Phys. 126, 014101 (2007)): all velocities are multiplied by
/// one random factor, so that the kinetic energy walks through its canonical distribution and the centre of mass stays at rest.
/// </summary>
public static class CanonicalRescaling
{
    /// <summary>The factor for the velocities of one step: the square is that of equation (A7), the sign that of equation (A8).</summary>
    /// <param name="kineticEnergy">Kinetic energy now, in the unit of <paramref name="thermalEnergy"/>, positive.</param>
    /// <param name="thermalEnergy">Boltzmann constant times temperature.</param>
    /// <param name="degreesOfFreedom">Number of velocity components that are free.</param>
    /// <param name="stepsPerTime">Time step divided by the relaxation time.</param>
    /// <param name="random">Gives one normal number for each degree of freedom.</param>
    public static double Factor(double kineticEnergy, double thermalEnergy, int degreesOfFreedom, double stepsPerTime, Philox random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        double first = random.NextNormal();
        double squares = first * first;
        for (int other = 1; other < degreesOfFreedom; other++)
        {
            double normal = random.NextNormal();
            squares += normal * normal;
        }

        if (!(kineticEnergy > 0))
        {
            return 1;
        }

        double kept = Math.Exp(-stepsPerTime);
        double exchange = (1 - kept) * thermalEnergy / (2 * kineticEnergy);
        double square = kept + (exchange * squares) + (2 * first * Math.Sqrt(kept * exchange));
        double sign = Math.Sign(first + Math.Sqrt(kept / exchange));
        return sign * Math.Sqrt(Math.Max(0, square));
    }
}
