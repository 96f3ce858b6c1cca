namespace Phonograph.Labelling.TightBinding;

/// <summary>
/// Occupation of the bands by a fixed number of electrons at zero temperature, two to an orbital, from the lowest eigenvalue of the whole mesh upwards. Levels
/// closer than <see cref="DegeneracyElectronvolt"/> are filled equally.
/// </summary>
/// <param name="Occupations">For each k-point the electrons in each band, 0 to 2.</param>
/// <param name="HighestOccupied">Highest level that holds electrons, eV.</param>
/// <param name="LowestEmpty">Lowest level with room, eV.</param>
/// <param name="IsMetallic">True when a level is partly filled or when the number of filled bands differs between k-points.</param>
internal sealed record Filling(double[][] Occupations, double HighestOccupied, double LowestEmpty, bool IsMetallic)
{
    internal const double DegeneracyElectronvolt = 1e-7;

    /// <summary>Fills the bands; null when there is no room left for a lowest empty level.</summary>
    internal static Filling? Of(IReadOnlyList<Bands> mesh, int electrons)
    {
        (double Value, int Point, int Band)[] states =
        [
            .. mesh.SelectMany((bands, point) => bands.Values.Select((value, band) => (value, point, band)))
                .OrderBy(state => state.value).ThenBy(state => state.point).ThenBy(state => state.band),
        ];
        double[][] occupations = [.. mesh.Select(bands => new double[bands.Values.Length])];
        double remaining = (double)electrons * mesh.Sum(bands => bands.Point.Multiplicity);
        double highest = double.NegativeInfinity, lowest = double.PositiveInfinity;
        bool isPartial = false;
        for (int start = 0; start < states.Length;)
        {
            int end = start + 1;
            while (end < states.Length && states[end].Value - states[end - 1].Value <= DegeneracyElectronvolt)
            {
                end++;
            }

            double room = 2.0 * states[start..end].Sum(state => mesh[state.Point].Point.Multiplicity);
            double share = Math.Min(1, remaining / room);
            foreach ((_, int point, int band) in states[start..end])
            {
                occupations[point][band] = 2 * share;
            }

            if (share > 0)
            {
                highest = states[end - 1].Value;
            }

            if (share < 1)
            {
                lowest = Math.Min(lowest, states[start].Value);
                isPartial |= share > 0;
            }

            remaining = Math.Max(0, remaining - room);
            start = end;
        }

        if (double.IsInfinity(highest) || double.IsInfinity(lowest))
        {
            return null;
        }

        int[] filled = [.. occupations.Select(point => point.Count(electronsInBand => electronsInBand == 2))];
        return new Filling(occupations, highest, lowest, isPartial || filled.Distinct().Count() > 1);
    }
}
