using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Datasets.Divisions;

/// <summary>
/// Cells divided once, before any training: test cells, a pool that training and validation cells are drawn from, and what belongs to neither. It follows from the seed and the cells; the order of cells and files plays no part.
/// </summary>
public sealed class Division
{
    private readonly ImmutableDictionary<string, string> _groups;
    private readonly ImmutableDictionary<string, string> _blocks;

    private Division(DivisionOptions options, double block, ImmutableDictionary<string, string> groups, IEnumerable<(LabelledConfiguration Cell, DivisionPart Part)> parts)
    {
        Options = options;
        BlockFemtosecond = block;
        _groups = groups;
        Parts = [.. parts.OrderBy(each => each.Cell.Id, StringComparer.Ordinal)];
        Pool = Of(DivisionPart.Pool);
        Test = Of(DivisionPart.Test);
        _blocks = Test.ToImmutableDictionary(cell => cell.Id, cell => TrajectoryPlace.Of(cell) is { } place && block > 0 ? place.Block(block) : groups[cell.Id], StringComparer.Ordinal);
        Schemes = [.. Pool.Select(cell => cell.Stratum).OrderBy(stratum => stratum, Stratum.TableOrder).Select(stratum => stratum.Scheme).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>How it was divided.</summary>
    public DivisionOptions Options { get; }

    /// <summary>Length of a block of frames, fs; 0 where there are no frames.</summary>
    public double BlockFemtosecond { get; }

    /// <summary>Every cell with its part, by identifier.</summary>
    public ImmutableArray<(LabelledConfiguration Cell, DivisionPart Part)> Parts { get; }

    /// <summary>Cells that training and validation cells are drawn from, by identifier.</summary>
    public ImmutableArray<LabelledConfiguration> Pool { get; }

    /// <summary>Test cells, by identifier.</summary>
    public ImmutableArray<LabelledConfiguration> Test { get; }

    /// <summary>Schemes of the pool, in the order of tables.</summary>
    public ImmutableArray<string> Schemes { get; }

    /// <summary>Divides cells.</summary>
    /// <param name="cells">Cells with distinct identifiers.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InputException">The options cannot be used, or a part stays empty.</exception>
    public static Division Create(IReadOnlyCollection<LabelledConfiguration> cells, DivisionOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        double block = options.BlockFemtosecond ?? FrameMemory.BlockFemtosecond(cells);
        ImmutableDictionary<string, string> groups = CellGroups.Of(cells, block, options.ToleranceAngstrom, cancellation);
        LabelledConfiguration[] ordered = [.. cells.OrderBy(cell => cell.Id, StringComparer.Ordinal)];
        HashSet<string> test = options.Kind == DivisionKind.Configuration ? Share(ordered, groups, options) : HeldOut(ordered, options);
        test.UnionWith(ordered.Where(cell => options.TestOnly.Contains(cell.Scheme)).Select(cell => cell.Id));
        HashSet<string> tested = [.. test.Select(id => groups[id])];
        var division = new Division(options, block, groups, ordered.Select(cell => (cell,
            cell.BandGapElectronvolt <= (options.GapAboveElectronvolt ?? double.NegativeInfinity) ? DivisionPart.Filtered
            : test.Contains(cell.Id) ? DivisionPart.Test
            : tested.Contains(groups[cell.Id]) ? DivisionPart.KinOfTest
            : DivisionPart.Pool)));
        return division.Pool.IsEmpty || division.Test.IsEmpty
            ? throw new InputException($"{cells.Count} cells divided by {options.Kind.ToString().ToLowerInvariant()} leave {division.Pool.Length} to train on and {division.Test.Length} to test on; both are needed. Give more cells, or hold out others.")
            : division;
    }

    /// <summary>Name of the group of a cell: cells of one group are in one part, or beside it in none.</summary>
    public string GroupOf(LabelledConfiguration cell) => _groups[cell.Id];

    /// <summary>For each test cell the block that intervals resample as one: a block of a trajectory, else the group.</summary>
    public ImmutableDictionary<string, string> Blocks => _blocks;

    /// <summary>The same division of the same cells with other labels, for example <see cref="ShiftedLabels"/>.</summary>
    /// <param name="cells">Cells of the same identifiers.</param>
    public Division With(IEnumerable<LabelledConfiguration> cells)
    {
        Dictionary<string, LabelledConfiguration> others = cells.ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        return new Division(Options, BlockFemtosecond, _groups, Parts.Select(each => (others[each.Cell.Id], each.Part)));
    }

    /// <summary>Draws of training and validation cells of one scheme, or of all of them (null).</summary>
    /// <param name="scheme">A scheme of <see cref="Schemes"/>, or null.</param>
    /// <param name="validationShare">Share of validation cells among training and validation cells.</param>
    public SchemePool PoolOf(string? scheme, double validationShare) => new(this, scheme, validationShare);

    /// <summary>Elements of a cell: <c>Ag-Br-S</c>.</summary>
    public static string ChemicalSystem(Crystal crystal) => string.Join('-', ChemicalFormula.Counts(crystal).Select(each => each.Element.Symbol).Order(StringComparer.Ordinal));

    /// <summary>What a division of a kind holds out or keeps as a whole.</summary>
    public static string Unit(LabelledConfiguration cell, DivisionKind kind)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return kind switch
        {
            DivisionKind.Condition => cell.Stratum.Label,
            DivisionKind.Compound => ChemicalSystem(cell.Crystal),
            DivisionKind.Composition => ChemicalFormula.OfCell(cell.Crystal),
            _ => cell.Id,
        };
    }

    private ImmutableArray<LabelledConfiguration> Of(DivisionPart part) => [.. Parts.Where(each => each.Part == part).Select(each => each.Cell)];

    private static HashSet<string> Share(LabelledConfiguration[] cells, ImmutableDictionary<string, string> groups, DivisionOptions options) =>
    [
        .. from system in cells.Where(cell => !options.TestOnly.Contains(cell.Scheme)).GroupBy(cell => ChemicalSystem(cell.Crystal), StringComparer.Ordinal)
           from cell in Split.Create(system.Select(cell => cell with { Group = groups[cell.Id] }), new SplitOptions { Seed = options.Seed, ValidationShare = 0, TestShare = options.TestShare }).Test
           select cell.Id,
    ];

    private static HashSet<string> HeldOut(LabelledConfiguration[] cells, DivisionOptions options)
    {
        string[] known = [.. cells.Select(cell => Unit(cell, options.Kind)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return options.HeldOut.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw new InputException($"To hold out: found '{unknown}'; expected some of {string.Join(", ", known)}, which the cells have.")
            : [.. cells.Where(cell => options.HeldOut.Contains(Unit(cell, options.Kind))).Select(cell => cell.Id)];
    }
}

/// <summary>Where a cell stands.</summary>
public enum DivisionPart
{
    /// <summary>Training and validation cells are drawn from here.</summary>
    Pool,

    /// <summary>Errors are reported on these.</summary>
    Test,

    /// <summary>Not held out itself, but of one group with a cell that is: in no part.</summary>
    KinOfTest,

    /// <summary>Taken out by the range filter.</summary>
    Filtered,
}
