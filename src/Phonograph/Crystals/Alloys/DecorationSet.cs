using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;

namespace Phonograph.Crystals.Alloys;

/// <summary>
/// All symmetry-distinct decorations of an alloy, found by walking through every pattern and striking out those that the space group of the parent carries it into. The group is
/// that of the cell as it stands: with the translations inside a supercell, and without rotations that the supercell's shape does not have.
/// </summary>
public sealed class DecorationSet
{
    /// <summary>Most patterns that are walked through.</summary>
    public const int MostPatterns = 1 << 20;

    private DecorationSet(Alloy alloy, int operationCount, ImmutableArray<ImmutableArray<int>> permutations, ImmutableArray<AlloyComposition> compositions)
    {
        Alloy = alloy;
        OperationCount = operationCount;
        Permutations = permutations;
        Compositions = compositions;
        Decorations = [.. compositions.SelectMany(composition => composition.Decorations)];
    }

    /// <summary>The alloy.</summary>
    public Alloy Alloy { get; }

    /// <summary>Number of operations of the parent's space group in its cell.</summary>
    public int OperationCount { get; }

    /// <summary>The different permutations of the sites under the operations: site i goes to site permutation[i]. The identity is the first.</summary>
    public ImmutableArray<ImmutableArray<int>> Permutations { get; }

    /// <summary>Compositions, those with most of the first species first.</summary>
    public ImmutableArray<AlloyComposition> Compositions { get; }

    /// <summary>All distinct decorations, composition by composition.</summary>
    public ImmutableArray<Decoration> Decorations { get; }

    /// <summary>The decorated cell.</summary>
    public Crystal Cell(Decoration decoration)
    {
        ArgumentNullException.ThrowIfNull(decoration);
        return Alloy.Decorated(decoration.Species);
    }

    /// <summary>Finds the decorations.</summary>
    /// <param name="alloy">The alloy.</param>
    /// <param name="toleranceAngstrom">How far an atom may lie from where an operation puts it, Å.</param>
    /// <exception cref="InputException">There are more than <see cref="MostPatterns"/> patterns.</exception>
    public static DecorationSet Of(Alloy alloy, double toleranceAngstrom = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(alloy);
        int species = alloy.Substitution.Species.Length, sites = alloy.Sites.Length;
        if (Math.Pow(species, sites) > MostPatterns)
        {
            throw new InputException($"Decoration {alloy.Substitution}: found {sites} sites, which {species} elements fill in {Math.Pow(species, sites).ToString("G3", CultureInfo.InvariantCulture)} ways; expected at most {MostPatterns}. Choose a smaller supercell.");
        }

        var group = SpaceGroup.Of(alloy.Parent, toleranceAngstrom);
        ImmutableArray<ImmutableArray<int>> permutations = SitePermutations(group, alloy.Sites);
        List<(int[] Species, int Degeneracy)> found = Walk(permutations, species, sites);
        int[] CountsOf(int[] pattern) => [.. Enumerable.Range(0, species).Select(each => pattern.Count(number => number == each))];
        var byComposition = found.GroupBy(pattern => alloy.CompositionName(CountsOf(pattern.Species)))
            .OrderByDescending(same => CountsOf(same.First().Species), Comparer<int[]>.Create((first, second) => first.AsSpan().SequenceCompareTo(second)));
        var compositions = ImmutableArray.CreateBuilder<AlloyComposition>();
        int number = 0;
        foreach (IGrouping<string, (int[] Species, int Degeneracy)> same in byComposition)
        {
            ImmutableArray<int> counts = [.. CountsOf(same.First().Species)];
            compositions.Add(new AlloyComposition(same.Key, counts, [.. same.Select((pattern, place) =>
                new Decoration(number++, string.Create(CultureInfo.InvariantCulture, $"{same.Key}-{place + 1}"), same.Key, counts, [.. pattern.Species], pattern.Degeneracy))]));
        }

        return new DecorationSet(alloy, group.Order, permutations, compositions.ToImmutable());
    }

    private static ImmutableArray<ImmutableArray<int>> SitePermutations(SpaceGroup group, ImmutableArray<int> sites)
    {
        int[] siteOf = new int[group.Crystal.AtomCount];
        for (int site = 0; site < sites.Length; site++)
        {
            siteOf[sites[site]] = site;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var permutations = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        foreach (SymmetryOperation operation in group.Representatives)
        {
            foreach (SymmetryOperation translation in group.InnerTranslations)
            {
                ImmutableArray<int> permutation = [.. sites.Select(atom => siteOf[translation.Images[operation.Images[atom]]])];
                if (seen.Add(string.Join(' ', permutation)))
                {
                    permutations.Add(permutation);
                }
            }
        }

        return permutations.ToImmutable();
    }

    /// <summary>
    /// Patterns as numbers whose digits, the first site the highest, are the species. The first pattern of an orbit that rising numbers meet is the orbit's smallest; the rest of the orbit is struck out.
    /// </summary>
    private static List<(int[] Species, int Degeneracy)> Walk(ImmutableArray<ImmutableArray<int>> permutations, int species, int sites)
    {
        int[] power = new int[sites];
        int patterns = 1;
        for (int site = sites - 1; site >= 0; site--)
        {
            power[site] = patterns;
            patterns *= species;
        }

        int[][] carried = [.. permutations.Select(permutation => permutation.Select(image => power[image]).ToArray())];
        var struck = new BitArray(patterns);
        var found = new List<(int[], int)>();
        for (int pattern = 0; pattern < patterns; pattern++)
        {
            if (struck[pattern])
            {
                continue;
            }

            int[] digits = [.. power.Select(place => pattern / place % species)];
            int degeneracy = 0;
            foreach (int[] weights in carried)
            {
                int image = 0;
                for (int site = 0; site < sites; site++)
                {
                    image += digits[site] * weights[site];
                }

                if (!struck[image])
                {
                    struck[image] = true;
                    degeneracy++;
                }
            }

            found.Add((digits, degeneracy));
        }

        return found;
    }
}
