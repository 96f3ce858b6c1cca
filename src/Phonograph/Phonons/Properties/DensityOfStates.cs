using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.Memory;

namespace Phonograph.Phonons.Properties;

/// <summary>Phonon density of states of a primitive cell, in all and for each element; its integral is the number of bands, 3N.</summary>
/// <param name="FrequenciesTerahertz">Equally spaced frequencies, THz; imaginary ones negative.</param>
/// <param name="Total">States per THz and primitive cell. With tetrahedra the mean over the interval around each frequency, so that no band is ever missed.</param>
/// <param name="Integrated">States up to the upper end of the interval around each frequency, per primitive cell.</param>
/// <param name="Elements">Elements in the order they first appear in the cell; empty when the mesh holds no shares.</param>
/// <param name="PerElement">For each element the part of <paramref name="Total"/> that belongs to its atoms.</param>
/// <param name="Options">How it was made, with the range and width that were used.</param>
public sealed record DensityOfStates(
    ImmutableArray<double> FrequenciesTerahertz, ImmutableArray<double> Total, ImmutableArray<double> Integrated,
    ImmutableArray<Element> Elements, ImmutableArray<ImmutableArray<double>> PerElement, DensityOfStatesOptions Options)
{
    private const double GaussianReach = 6;

    /// <summary>Makes the density of states from the phonons of a mesh.</summary>
    /// <param name="phonons">Phonons, with element shares for the parts of the elements.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <param name="pool">Threads; null for those of the process. The result does not depend on them.</param>
    public static DensityOfStates Of(MeshPhonons phonons, DensityOfStatesOptions? options = null, WorkerPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(phonons);
        DensityOfStatesOptions chosen = WithRange(phonons, options ?? new DensityOfStatesOptions());
        (double low, double high, int count) = (chosen.LowestTerahertz!.Value, chosen.HighestTerahertz!.Value, chosen.PointCount);
        double step = (high - low) / (count - 1);
        int columns = 1 + phonons.Elements.Length;

        // Column 0 is the total, the others belong to the elements.
        double[] densities, below;
        if (chosen.Method == DensityOfStatesMethod.Tetrahedra)
        {
            (densities, below) = TetrahedronSum.Of(phonons, low - (step / 2), step, count, pool);
        }
        else
        {
            (densities, below) = (Gaussians(phonons, low, step, count, chosen.WidthTerahertz!.Value), [0]);
        }

        var integrated = new double[count];
        double sum = below[0];
        for (int point = 0; point < count; point++)
        {
            integrated[point] = sum += densities[point * columns] * step;
        }

        return new DensityOfStates(
            [.. Enumerable.Range(0, count).Select(point => low + (point * step))],
            [.. Enumerable.Range(0, count).Select(point => densities[point * columns])],
            [.. integrated],
            phonons.Elements,
            [.. phonons.Elements.Select((_, element) => Enumerable.Range(0, count).Select(point => densities[(point * columns) + 1 + element]).ToImmutableArray())],
            chosen);
    }

    private static DensityOfStatesOptions WithRange(MeshPhonons phonons, DensityOfStatesOptions options)
    {
        options.Check();
        (double lowest, double highest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int point = 0; point < phonons.Mesh.PointsFractional.Length; point++)
        {
            ReadOnlySpan<double> frequencies = phonons.FrequenciesTerahertz(point);
            (lowest, highest) = (Math.Min(lowest, frequencies[0]), Math.Max(highest, frequencies[^1]));
        }

        double range = Math.Max(highest - lowest, 1e-3);
        double width = options.WidthTerahertz ?? range / 100;
        double margin = options.Method == DensityOfStatesMethod.Gaussian ? GaussianReach * width : 0.02 * range;

        // Rounding at Γ must not open a range of imaginary frequencies.
        double low = options.LowestTerahertz ?? (lowest < -1e-3 || options.Method == DensityOfStatesMethod.Gaussian ? lowest - margin : Math.Min(0, lowest));
        double high = options.HighestTerahertz ?? (highest + margin);
        return low < high
            ? options with { LowestTerahertz = low, HighestTerahertz = high, WidthTerahertz = width }
            : throw new ArgumentOutOfRangeException(nameof(options), "The range of frequencies is empty.");
    }

    private static double[] Gaussians(MeshPhonons phonons, double low, double step, int count, double width)
    {
        int columns = 1 + phonons.Elements.Length;
        var densities = new double[count * columns];
        for (int point = 0; point < phonons.Mesh.PointsFractional.Length; point++)
        {
            double height = phonons.Mesh.Weights[point] / (phonons.Mesh.TotalCount * width * Math.Sqrt(2 * Math.PI));
            ReadOnlySpan<double> frequencies = phonons.FrequenciesTerahertz(point);
            for (int band = 0; band < frequencies.Length; band++)
            {
                // Nine standard deviations leave 1e-18 of the peak.
                int first = Math.Max(0, (int)Math.Ceiling((frequencies[band] - (9 * width) - low) / step));
                int last = Math.Min(count - 1, (int)Math.Floor((frequencies[band] + (9 * width) - low) / step));
                for (int at = first; at <= last; at++)
                {
                    double distance = (low + (at * step) - frequencies[band]) / width;
                    double value = height * Math.Exp(-0.5 * distance * distance);
                    densities[at * columns] += value;
                    for (int element = 0; element < columns - 1; element++)
                    {
                        densities[(at * columns) + 1 + element] += value * phonons.ElementShares(point, band)[element];
                    }
                }
            }
        }

        return densities;
    }
}
