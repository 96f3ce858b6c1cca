using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Properties;

/// <summary>One period of a phonon as moving atoms of a supercell: frames of an extended XYZ file, with displacements.</summary>
public static class ModeAnimation
{
    private const double CommensurateTolerance = 1e-6;

    /// <summary>The smallest number of cells along each axis that holds a whole number of waves, up to 48.</summary>
    /// <param name="waveVectorFractional">Wave vector in units of the reciprocal vectors.</param>
    /// <exception cref="InputException">No supercell of up to 48 cells along an axis holds the wave.</exception>
    public static IntegerMatrix3 SmallestSupercell(Vector3D waveVectorFractional)
    {
        int Repeats(double component)
        {
            for (int count = 1; count <= 48; count++)
            {
                if (Math.Abs((count * component) - Math.Round(count * component)) < CommensurateTolerance * count)
                {
                    return count;
                }
            }

            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The wave vector has a component {component:R}; expected one that at most 48 cells hold a whole number of times. Choose a fraction like 1/3, or give --supercell."));
        }

        return IntegerMatrix3.Diagonal(Repeats(waveVectorFractional.X), Repeats(waveVectorFractional.Y), Repeats(waveVectorFractional.Z));
    }

    /// <summary>Frames of one period; the last is the one before the first comes again.</summary>
    /// <param name="crystal">The primitive cell.</param>
    /// <param name="modes">Phonons at the wave vector, with eigenvectors.</param>
    /// <param name="band">Which phonon, from 0.</param>
    /// <param name="supercell">Supercell that holds the wave.</param>
    /// <param name="amplitudeAngstrom">Largest displacement of any atom, Å.</param>
    /// <param name="frameCount">Number of frames.</param>
    /// <exception cref="InputException">The supercell does not hold a whole number of waves.</exception>
    public static IEnumerable<ExtendedXyzFrame> Frames(Crystal crystal, WaveVectorModes modes, int band, IntegerMatrix3 supercell, double amplitudeAngstrom, int frameCount)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentNullException.ThrowIfNull(modes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amplitudeAngstrom);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameCount);
        Vector3D q = modes.WaveVectorFractional;
        Vector3D waves = supercell.ToMatrix3x3() * q;
        if (new[] { waves.X, waves.Y, waves.Z }.Any(count => Math.Abs(count - Math.Round(count)) > 100 * CommensurateTolerance))
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"The supercell holds {waves.X:0.####}, {waves.Y:0.####} and {waves.Z:0.####} waves along its vectors; expected whole numbers. Choose a supercell that holds the wave vector {q}."));
        }

        var cell = Supercell.Of(crystal, supercell);
        Complex[] pattern = Pattern(cell, modes.Vector(band).ToArray(), q);
        double largest = Enumerable.Range(0, cell.Crystal.AtomCount).Max(atom => LargestOfPeriod(pattern.AsSpan(3 * atom, 3)));
        double scale = amplitudeAngstrom / largest;
        return Enumerable.Range(0, frameCount).Select(frame => Frame(cell, pattern, scale, frame, frameCount, modes, band));
    }

    private static ExtendedXyzFrame Frame(Supercell cell, Complex[] pattern, double scale, int frame, int count, WaveVectorModes modes, int band)
    {
        (double s, double c) = Math.SinCos(-2 * Math.PI * frame / count);
        Vector3D[] displacements = [.. Enumerable.Range(0, cell.Crystal.AtomCount).Select(atom =>
        {
            double Moved(int axis) => scale * ((c * pattern[(3 * atom) + axis].Real) - (s * pattern[(3 * atom) + axis].Imaginary));
            return new Vector3D(Moved(0), Moved(1), Moved(2));
        })];
        Vector3D q = modes.WaveVectorFractional;
        return new ExtendedXyzFrame(
            cell.Crystal.Displaced(displacements),
            ImmutableDictionary.CreateRange(
            [
                KeyValuePair.Create("id", string.Create(CultureInfo.InvariantCulture, $"frame-{frame + 1:D3}")),
                KeyValuePair.Create("wave_vector", string.Create(CultureInfo.InvariantCulture, $"{q.X:R} {q.Y:R} {q.Z:R}")),
                KeyValuePair.Create("band", (band + 1).ToString(CultureInfo.InvariantCulture)),
                KeyValuePair.Create("frequency_THz", modes.FrequenciesTerahertz[band].ToString("R", CultureInfo.InvariantCulture)),
                KeyValuePair.Create("phase", string.Create(CultureInfo.InvariantCulture, $"{frame / (double)count:R}")),
            ]),
            ImmutableDictionary.CreateRange([KeyValuePair.Create(DisplacedColumn, displacements.ToImmutableArray())]));
    }

    private const string DisplacedColumn = "displacement";

    /// <summary>e exp(2πi q·r)/√m for every atom of the supercell.</summary>
    private static Complex[] Pattern(Supercell cell, Complex[] vector, Vector3D q)
    {
        var pattern = new Complex[3 * cell.Crystal.AtomCount];
        for (int atom = 0; atom < cell.Crystal.AtomCount; atom++)
        {
            int unitAtom = cell.UnitAtom[atom];
            Vector3D place = cell.Unit.PositionsFractional[unitAtom] + cell.UnitImage[atom].ToVector3D();
            (double s, double c) = Math.SinCos(2 * Math.PI * Vector3D.Dot(q, place));
            for (int axis = 0; axis < 3; axis++)
            {
                pattern[(3 * atom) + axis] = vector[(3 * unitAtom) + axis] * new Complex(c, s) / Math.Sqrt(cell.Unit.MassesAmu[unitAtom]);
            }
        }

        return pattern;
    }

    /// <summary>Largest length of Re(z exp(iφ)) over all φ: half the major axis of the ellipse the atom runs through.</summary>
    private static double LargestOfPeriod(ReadOnlySpan<Complex> z)
    {
        double mean = 0;
        Complex square = 0;
        foreach (Complex component in z)
        {
            mean += 0.5 * ((component.Real * component.Real) + (component.Imaginary * component.Imaginary));
            square += 0.5 * component * component;
        }

        return Math.Sqrt(mean + square.Magnitude);
    }
}
