using Phonograph.Crystals;
using Phonograph.Numerics.Random;
using Phonograph.Sampling;

namespace Phonograph.Benchmarks;

/// <summary>
/// Cells from which the effect of every kind of bond can be learnt: the 40 sites of cubic Ag₃SBr, on which sulphur and bromine have changed places at random, from which atoms are missing at random, each element in its own share up to
/// a half, and whose atoms are displaced. In cells of one composition, numbers of bonds hardly differ, and a constant can move from the bonds of one pair to those of another without any change of a gap.
/// </summary>
internal static class TeacherCells
{
    /// <summary>Full width of displacements, Å.</summary>
    internal const double Width = 0.6;

    private const double LargestExchange = 0.6, LargestVacancy = 0.5;
    private const ulong Seed = 2026;

    private static readonly Element[] Elements = [Element.Of("Ag"), Element.Of("S"), Element.Of("Br")];

    /// <summary>The first cells of the sequence.</summary>
    internal static Crystal[] Draw(int count)
    {
        var unit = new Crystal(
            Lattice.Cubic(4.793),
            [.. "Ag Ag Ag S Br".Split(' ').Select(Element.Of)],
            [new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5), new(0.5, 0.5, 0.5), new(0, 0, 0)]);
        Crystal ideal = Supercell.Of(unit, 2, 2, 2).Crystal;
        return [.. Enumerable.Range(0, count).Select(index => new UniformSampler(Sites(ideal, new Philox(Seed, (ulong)index)), Width).Draw(Seed, index).Displaced())];
    }

    /// <summary>Draws which atom stands where until each element is left at least once.</summary>
    private static Crystal Sites(Crystal ideal, Philox random)
    {
        while (true)
        {
            Element[] elements = [.. ideal.Elements];
            int[][] sites = [.. Elements.Select(element => Enumerable.Range(0, elements.Length).Where(atom => ideal.Elements[atom] == element).ToArray())];
            random.Shuffle<int>(sites[1]);
            random.Shuffle<int>(sites[2]);
            int exchanged = (int)Math.Round(LargestExchange * random.NextDouble() * sites[1].Length);
            for (int pair = 0; pair < exchanged; pair++)
            {
                (elements[sites[1][pair]], elements[sites[2][pair]]) = (Elements[2], Elements[1]);
            }

            double[] vacancy = [.. Elements.Select(_ => LargestVacancy * random.NextDouble())];
            int[] kept = [.. Enumerable.Range(0, elements.Length).Where(atom => random.NextDouble() >= vacancy[Array.IndexOf(Elements, elements[atom])])];
            if (Elements.All(element => kept.Any(atom => elements[atom] == element)))
            {
                return new Crystal(ideal.Lattice, [.. kept.Select(atom => elements[atom])], [.. kept.Select(atom => ideal.PositionsFractional[atom])]);
            }
        }
    }
}
