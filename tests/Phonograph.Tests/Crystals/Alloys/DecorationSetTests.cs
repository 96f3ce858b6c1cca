using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Alloys;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Crystals.Alloys;

public sealed class DecorationSetTests
{
    private static readonly DecorationSet Cube = Set(TestCrystals.SilverSulphideBromide40, "Br=Br,I");

    public static TheoryData<string, string> Cases => new()
    {
        { "cube", "Br=Br,I" },
        { "cube", "Br=Cl,Br,I" },
        { "cube", "S=S,Se" },
        { "plate", "Br=Br,I" },
        { "plate", "Ag=Ag,Cu" },
        { "rod", "Br=Br,Cl,I" },
        { "rock salt", "Cl=Cl,Br,I" },
        { "leaning", "Cl=Br,Cl" },
        { "no symmetry", "S=S,Se" },
        { "doubled", "Br=Br,I" },
    };

    /// <summary>The eight sites are the corners of a cube and the group acts on them as that of the cube: 22 patterns of two colours (Pólya), by number of the second colour 1 1 3 3 6 3 3 1 1.</summary>
    [Fact]
    public void Two_elements_on_the_eight_bromine_sites_give_the_twenty_two_colourings_of_the_corners_of_a_cube()
    {
        Assert.Equal((8, 384, 48, 22), (Cube.Alloy.Sites.Length, Cube.OperationCount, Cube.Permutations.Length, Cube.Decorations.Length));
        Assert.Equal([1, 1, 3, 3, 6, 3, 3, 1, 1], Cube.Compositions.Select(composition => composition.Decorations.Length));
        Assert.Equal(["Br8", "Br7I", "Br6I2", "Br5I3", "Br4I4", "Br3I5", "Br2I6", "BrI7", "I8"], Cube.Compositions.Select(composition => composition.Name));
        Assert.Equal(["Br6I2-1", "Br6I2-2", "Br6I2-3"], Cube.Compositions[2].Decorations.Select(decoration => decoration.Name));

        // Pairs of corners: 12 edges, 12 diagonals of faces, 4 of the cube.
        Assert.Equal([4, 12, 12], Cube.Compositions[2].Decorations.Select(decoration => decoration.Degeneracy).Order());
    }

    /// <summary>Cycle index of the cube's corners: (x1^8 + 6 x1^4 x2^2 + 13 x2^4 + 8 x1^2 x3^2 + 12 x4^2 + 8 x2 x6)/48.</summary>
    [Theory]
    [InlineData("Br=Br,I")]
    [InlineData("Br=Cl,Br,I")]
    [InlineData("Br=F,Cl,Br,I")]
    public void Any_number_of_elements_follows_the_cycle_index_of_the_cube(string substitution)
    {
        int n = substitution.Count(character => character == ',') + 1;
        double Power(int exponent) => Math.Pow(n, exponent);
        Assert.Equal((Power(8) + (6 * Power(6)) + (13 * Power(4)) + (8 * Power(4)) + (12 * Power(2)) + (8 * Power(2))) / 48, Set(TestCrystals.SilverSulphideBromide40, substitution).Decorations.Length);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Degeneracies_of_a_composition_sum_to_the_multinomial_coefficient(string crystal, string substitution)
    {
        DecorationSet set = Set(Parent(crystal), substitution);
        Assert.All(set.Compositions, composition => Assert.Equal(Multinomial(composition.Counts), composition.Decorations.Sum(decoration => decoration.Degeneracy)));
        Assert.Equal(Math.Pow(set.Alloy.Substitution.Species.Length, set.Alloy.Sites.Length), set.Decorations.Sum(decoration => decoration.Degeneracy));
        Assert.Equal(Enumerable.Range(0, set.Decorations.Length), set.Decorations.Select(decoration => decoration.Number));
    }

    /// <summary>Burnside and Pólya: the mean over all operations of the patterns that an operation leaves as they are, counted from the cycles of its permutation.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_number_of_distinct_decorations_of_each_composition_is_that_of_the_cycles(string crystal, string substitution)
    {
        DecorationSet set = Set(Parent(crystal), substitution);
        Dictionary<string, long> fixedPatterns = [];
        ImmutableArray<SymmetryOperation> operations = SpaceGroup.Of(set.Alloy.Parent).Operations;
        foreach (SymmetryOperation operation in operations)
        {
            foreach ((string counts, long ways) in FixedPatterns(Cycles(operation.Images, set.Alloy.Sites), set.Alloy.Substitution.Species.Length))
            {
                fixedPatterns[counts] = fixedPatterns.GetValueOrDefault(counts) + ways;
            }
        }

        Assert.Equal(set.Compositions.Length, fixedPatterns.Count);
        Assert.All(set.Compositions, composition => Assert.Equal(fixedPatterns[string.Join(' ', composition.Counts)], composition.Decorations.Length * (long)operations.Length));
    }

    /// <summary>The space group of the decorated cell is found anew; its order times the degeneracy is the order of the parent's.</summary>
    [Theory]
    [InlineData("cube", "Br=Br,I")]
    [InlineData("plate", "Ag=Ag,Cu")]
    [InlineData("rock salt", "Cl=Cl,Br,I")]
    [InlineData("no symmetry", "S=S,Se")]
    public void Orbit_and_stabiliser_the_symmetry_of_a_decorated_cell_tells_its_degeneracy(string crystal, string substitution)
    {
        DecorationSet set = Set(Parent(crystal), substitution);
        Assert.All(set.Decorations, decoration => Assert.Equal(set.OperationCount, decoration.Degeneracy * SpaceGroup.Of(set.Cell(decoration)).Order));
    }

    /// <summary>No group here: in a cube of eight sites the distances between iodine atoms tell distinct patterns apart.</summary>
    [Fact]
    public void Distances_between_like_atoms_sort_all_patterns_into_the_same_classes()
    {
        string Distances(IReadOnlyList<int> species)
        {
            int[] iodine = [.. Enumerable.Range(0, 8).Where(site => species[site] == 1).Select(site => Cube.Alloy.Sites[site])];
            IEnumerable<double> all = from first in iodine from second in iodine where first < second select Distance(Cube.Alloy.Parent, first, second);
            return iodine.Length + ": " + string.Join(' ', all.Select(distance => Math.Round(distance, 3)).Order());
        }

        var classes = Enumerable.Range(0, 256).GroupBy(pattern => Distances([.. Enumerable.Range(0, 8).Select(site => (pattern >> site) & 1)])).ToDictionary(same => same.Key, same => same.Count());
        Assert.Equal(classes.OrderBy(same => same.Key, StringComparer.Ordinal), Cube.Decorations.Select(decoration => KeyValuePair.Create(Distances(decoration.Species), decoration.Degeneracy)).OrderBy(same => same.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Order_of_atoms_and_direction_of_axes_change_no_degeneracy()
    {
        int[] order = [.. Enumerable.Range(0, 40).Select(atom => atom * 7 % 40)];
        Crystal other = TestCrystals.Turned(TestCrystals.Reordered(TestCrystals.SilverSulphideBromide40, order), TestCrystals.Rotation(new Vector3D(1, 2, 3), 0.7));
        Assert.Equal(Degeneracies(Cube), Degeneracies(Set(other, "Br=Br,I")));
        static IEnumerable<string> Degeneracies(DecorationSet set) => set.Compositions.Select(composition => composition.Name + string.Join(' ', composition.Decorations.Select(decoration => decoration.Degeneracy).Order()));
    }

    [Fact]
    public void A_decorated_cell_has_the_masses_of_its_elements_and_the_rest_of_the_parent()
    {
        Crystal parent = TestCrystals.SilverSulphideBromide40;
        var heavy = new Crystal(parent.Lattice, parent.Elements, parent.PositionsFractional, [.. parent.MassesAmu.Select((mass, atom) => mass + (0.01 * atom))]);
        DecorationSet set = Set(heavy, "Br=Br,I");
        Decoration decoration = set.Compositions[3].Decorations[1];
        Crystal cell = set.Cell(decoration);
        Assert.Equal(heavy.PositionsFractional.AsEnumerable(), cell.PositionsFractional);
        Assert.Equal(heavy.Lattice, cell.Lattice);
        Assert.Equal(3, cell.Elements.Count(element => element.Symbol == "I"));
        for (int atom = 0; atom < 40; atom++)
        {
            bool isIodine = heavy.Elements[atom].Symbol == "Br" && decoration.Species[set.Alloy.Sites.IndexOf(atom)] == 1;
            Assert.Equal(isIodine ? (Element.Of("I"), Element.Of("I").MassAmu) : (heavy.Elements[atom], heavy.MassesAmu[atom]), (cell.Elements[atom], cell.MassesAmu[atom]));
        }
    }

    [Fact]
    public void Lengths_are_linear_in_composition_between_those_of_the_pure_crystals()
    {
        var alloy = new Alloy(TestCrystals.SilverSulphideBromide40, Substitution.Parse("Br=Br,I"), [1, 4.90 / 4.793]);
        DecorationSet set = DecorationSet.Of(alloy);
        foreach (AlloyComposition composition in set.Compositions)
        {
            double expected = 2 * (4.793 + (composition.Counts[1] / 8.0 * (4.90 - 4.793)));
            Assert.All(composition.Decorations, decoration => Assert.Equal(expected, set.Cell(decoration).Lattice.B.Length, 1e-12));
            Assert.Equal(composition.Counts[1] > 0, DecorationFrame.Of(set, composition.Decorations[0]).Info.ContainsKey("length_factor"));
        }

        Assert.Equal(alloy.Parent.Lattice, set.Cell(set.Decorations[0]).Lattice);
        Assert.Throws<ArgumentException>(() => new Alloy(alloy.Parent, alloy.Substitution, [1, -1]));
    }

    [Theory]
    [InlineData("Br", "found 'Br'")]
    [InlineData("Br=I", "two or more different elements")]
    [InlineData("Br=Br,Br", "two or more different elements")]
    [InlineData("Br=Br,Xx", "Br=Br,Xx")]
    [InlineData("Cl=Cl,Br", "found no Cl in the crystal")]
    [InlineData("Ag=Ag,Cu", "24 sites, which 2 elements fill in 1.68E+07 ways")]
    public void What_cannot_be_decorated_is_refused_with_advice(string substitution, string part) =>
        Assert.Contains(part, Assert.Throws<Phonograph.Files.InputException>(() => Set(TestCrystals.SilverSulphideBromide40, substitution)).Message, StringComparison.Ordinal);

    private static DecorationSet Set(Crystal parent, string substitution) => DecorationSet.Of(new Alloy(parent, Substitution.Parse(substitution)));

    private static Crystal Parent(string name) => name switch
    {
        "cube" => TestCrystals.SilverSulphideBromide40,
        "plate" => Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 1).Crystal,
        "rod" => Supercell.Of(TestCrystals.SilverSulphideBromide, 1, 1, 5).Crystal,
        "rock salt" => Supercell.Of(TestCrystals.RockSaltPrimitive, 2, 2, 1).Crystal,
        "leaning" => Supercell.Of(TestCrystals.RockSaltPrimitive, new IntegerMatrix3(new(2, 0, 0), new(1, 3, 0), new(0, 1, 2))).Crystal,
        "no symmetry" => Supercell.Of(TestCrystals.Triclinic, 3, 2, 1).Crystal,
        "doubled" => Supercell.Of(Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 1, 1).Crystal, 1, 2, 2).Crystal,
        _ => throw new ArgumentException(name),
    };

    private static double Distance(Crystal crystal, int first, int second)
    {
        Vector3D step = crystal.PositionsFractional[first] - crystal.PositionsFractional[second];
        return crystal.Lattice.ToCartesian(new Vector3D(step.X - Math.Round(step.X), step.Y - Math.Round(step.Y), step.Z - Math.Round(step.Z))).Length;
    }

    private static long Multinomial(IEnumerable<int> counts)
    {
        long product = 1, placed = 0;
        foreach (int count in counts)
        {
            for (int each = 1; each <= count; each++)
            {
                product = product * ++placed / each;
            }
        }

        return product;
    }

    private static List<int> Cycles(ImmutableArray<int> images, ImmutableArray<int> sites)
    {
        var seen = new HashSet<int>();
        var lengths = new List<int>();
        foreach (int start in sites)
        {
            int length = 0;
            for (int atom = start; seen.Add(atom); atom = images[atom])
            {
                length++;
            }

            if (length > 0)
            {
                lengths.Add(length);
            }
        }

        return lengths;
    }

    /// <summary>Product over cycles of (x1^length + x2^length + ...): coefficient by the exponents.</summary>
    private static Dictionary<string, long> FixedPatterns(List<int> cycles, int species)
    {
        var product = new Dictionary<string, long> { [string.Join(' ', new int[species])] = 1 };
        foreach (int length in cycles)
        {
            var next = new Dictionary<string, long>();
            foreach ((string counts, long ways) in product)
            {
                for (int each = 0; each < species; each++)
                {
                    int[] raised = [.. counts.Split(' ').Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
                    raised[each] += length;
                    string key = string.Join(' ', raised);
                    next[key] = next.GetValueOrDefault(key) + ways;
                }
            }

            product = next;
        }

        return product;
    }
}
