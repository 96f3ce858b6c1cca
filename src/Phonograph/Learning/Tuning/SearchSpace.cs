using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Tuning;

/// <summary>
/// The settings that a search may try: for some hyper-parameters a list or a range. A parameter that some of the models or schedules do not use
/// (layers, warm-up) is varied for the others alone.
/// </summary>
public sealed class SearchSpace
{
    /// <summary>Name of the built-in space.</summary>
    public const string PublishedName = "published";

    private const ulong Stream = 0x7475_6e65_0000_0000; // "tune"
    private const int MostGridPoints = 100_000, MostRejections = 1000;

    /// <summary>Puts dimensions together.</summary>
    /// <param name="name">Name in results.</param>
    /// <param name="dimensions">Dimensions, each parameter at most once; their order does not count.</param>
    /// <exception cref="InputException">There is none, a parameter stands twice, or one applies to no model or schedule of the space.</exception>
    public SearchSpace(string name, IEnumerable<SearchDimension> dimensions)
    {
        Name = name;
        Dimensions = [.. dimensions.OrderBy(dimension => HyperParameter.All.IndexOf(dimension.Parameter))];
        if (Dimensions.IsEmpty)
        {
            throw new InputException($"{name}: found no hyper-parameter; expected at least one of {string.Join(", ", HyperParameter.All.Select(each => each.Name))}.");
        }

        if (Dimensions.GroupBy(dimension => dimension.Parameter).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputException($"{name}: found {twice.Key.Name} twice; expected each hyper-parameter once.");
        }

        if (Dimensions.FirstOrDefault(dimension => !Conditions().Any(dimension.Parameter.AppliesTo)) is { } idle)
        {
            throw new InputException($"{name}: found {idle.Parameter.Name}, which no settings of this space use; expected it beside {idle.Parameter.Condition}. Add such a value, or take {idle.Parameter.Name} out.");
        }
    }

    /// <summary>
    /// The published grid of arXiv 2511.15222: models m1 to m6, learning rates 1e-2 to 1e-6, hidden 32 to 256, dropout 0 to 0.6; 480 settings.
    /// All else is as in <see cref="TrainingOptions"/>.
    /// </summary>
    public static SearchSpace Published { get; } = new(
        PublishedName,
        [
            SearchDimension.List(Parameter("model"), ["m1", "m2", "m3", "m4", "m5", "m6"]),
            SearchDimension.List(Parameter("hidden"), ["32", "64", "128", "256"]),
            SearchDimension.List(Parameter("learning-rate"), ["1e-2", "1e-3", "1e-4", "1e-5", "1e-6"]),
            SearchDimension.List(Parameter("dropout"), ["0", "0.2", "0.4", "0.6"]),
        ]);

    /// <summary>Name in results.</summary>
    public string Name { get; }

    /// <summary>Dimensions, in the order of <see cref="HyperParameter.All"/>.</summary>
    public ImmutableArray<SearchDimension> Dimensions { get; }

    /// <summary>True when every dimension is a list.</summary>
    public bool IsFinite => !Dimensions.Any(dimension => dimension.IsRange);

    /// <summary>Every combination of the lists once; the first dimension changes slowest.</summary>
    /// <param name="shared">What all settings share.</param>
    /// <exception cref="InputException">A dimension is a range, there are more than 100 000 combinations, or one of them cannot be used.</exception>
    public ImmutableArray<TrainingOptions> Grid(TrainingOptions shared)
    {
        if (Dimensions.FirstOrDefault(dimension => dimension.IsRange) is { } range)
        {
            throw new InputException($"{Name}: found a range for {range.Parameter.Name}; a grid needs lists. Give a list, or choose --strategy random or asha.");
        }

        IEnumerable<TrainingOptions> grid = [shared];
        foreach (SearchDimension dimension in Dimensions)
        {
            grid = [.. grid.SelectMany(options => dimension.Values.Select(value => dimension.Parameter.Write(options, value))).Distinct().Take(MostGridPoints + 1)];
        }

        ImmutableArray<TrainingOptions> all = [.. grid.Select(options => options.Validated())];
        return all.Length <= MostGridPoints ? all : throw new InputException($"{Name}: found more than {MostGridPoints} combinations; expected fewer. Shorten the lists, or give ranges and --trials.");
    }

    /// <summary>
    /// Settings in random order, none twice: a shuffle of the grid where all dimensions are lists, else draws. More settings with the same seed begin
    /// with these.
    /// </summary>
    /// <param name="shared">What all settings share.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of the order or the draws.</param>
    /// <exception cref="InputException">The space has fewer settings, or one of them cannot be used.</exception>
    public ImmutableArray<TrainingOptions> Draw(TrainingOptions shared, int count, ulong seed)
    {
        var random = new Philox(seed, Stream);
        if (IsFinite)
        {
            TrainingOptions[] grid = [.. Grid(shared)];
            random.Shuffle<TrainingOptions>(grid);
            return count <= grid.Length ? [.. grid.Take(count)] : throw TooMany(count, grid.Length);
        }

        var drawn = new List<TrainingOptions>(count);
        var known = new HashSet<TrainingOptions>();
        for (int rejected = 0; drawn.Count < count;)
        {
            TrainingOptions options = shared;
            foreach (SearchDimension dimension in Dimensions)
            {
                options = dimension.Parameter.Write(options, dimension.Draw(random));
            }

            if (known.Add(options))
            {
                drawn.Add(options.Validated());
                rejected = 0;
            }
            else if (++rejected == MostRejections)
            {
                throw TooMany(count, drawn.Count);
            }
        }

        return [.. drawn];
    }

    /// <summary>As it stands in a file, without comments.</summary>
    public override string ToString() => string.Join('\n', Dimensions);

    private static HyperParameter Parameter(string name) => HyperParameter.All.Single(each => each.Name == name);

    private InputException TooMany(int count, int known) => new($"--trials {count}: {Name} has {known} different settings. Ask for at most {known}, or widen the space.");

    /// <summary>Every combination of what other parameters depend on.</summary>
    private IEnumerable<TrainingOptions> Conditions()
    {
        IEnumerable<TrainingOptions> all = [new TrainingOptions()];
        foreach (SearchDimension dimension in Dimensions.Where(dimension => dimension.Parameter.Kind == HyperParameterKind.Name))
        {
            all = [.. all.SelectMany(options => dimension.Values.Select(value => dimension.Parameter.Write(options, value)))];
        }

        return all;
    }
}
