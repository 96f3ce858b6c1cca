using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Alloys;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs;

/// <summary>The options that make a supercell an alloy: which sites hold what, and how large the cell is at each composition.</summary>
internal sealed class AlloyOptions
{
    private readonly Option<string?> _decorate = new("--decorate")
    {
        Description = "Alloy: the element whose sites are decorated, and the elements that may sit there. Symmetry-distinct decorations of the supercell, with degeneracies.",
        HelpName = "Br=Br,I",
    };

    private readonly Option<string?> _lattice = new("--lattice")
    {
        Description = "With --decorate: length of the unit cell's first lattice vector, Å, when an element fills all sites; all lengths are then linear in composition (Vegard). The crystal's own where it is not given.",
        HelpName = "I=4.90",
    };

    private readonly Option<double> _tolerance = ToleranceOption.Create();

    /// <summary>True when an alloy was asked for.</summary>
    internal bool IsAsked(CliRun run) => run.Get(_decorate) is not null;

    internal void AddTo(Command command)
    {
        _tolerance.Description = "With --decorate: " + char.ToLowerInvariant(_tolerance.Description![0]) + _tolerance.Description[1..];
        command.Add(_decorate);
        command.Add(_lattice);
        command.Add(_tolerance);
    }

    /// <summary>Refuses what has no meaning without --decorate.</summary>
    internal void RefuseWithoutAlloy(CliRun run, params Option[] others)
    {
        foreach (Option option in others.Prepend(_tolerance).Prepend(_lattice).Where(option => IsGiven(run, option)))
        {
            throw new InputException($"{option.Name}: found without --decorate, where it has no meaning. Take it out, or write for example --decorate Br=Br,I.");
        }
    }

    /// <summary>The decorations that the options ask for.</summary>
    /// <exception cref="InputException">A value is wrong, or there are too many patterns.</exception>
    internal DecorationSet Decorations(CliRun run, Supercell cell)
    {
        var substitution = Substitution.Parse(run.Get(_decorate)!);
        return DecorationSet.Of(new Alloy(cell.Crystal, substitution, LengthFactors(run, substitution, cell.Unit.Lattice.A.Length)), ToleranceOption.Read(run, _tolerance));
    }

    internal static bool IsGiven(CliRun run, Option option) => run.Arguments.GetResult(option) is { Implicit: false };

    private ImmutableArray<double>? LengthFactors(CliRun run, Substitution substitution, double parentAngstrom)
    {
        if (run.Get(_lattice) is not { } text)
        {
            return null;
        }

        const double Least = 0.5, Most = 2;
        Dictionary<Element, double> lengths = ElementValues.Parse("--lattice", text, substitution.Species, "a length in Å", "--lattice I=4.90");
        lengths.TryAdd(substitution.Parent, parentAngstrom);
        foreach (Element element in substitution.Species)
        {
            if (!lengths.TryGetValue(element, out double length))
            {
                throw new InputException($"--lattice: found no length for {element}; expected one for each element of --decorate that the crystal's sites do not hold now. Write for example --lattice {element}=4.90.");
            }

            if (!(length >= Least * parentAngstrom && length <= Most * parentAngstrom))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--lattice: found {length} Å for {element}; expected a length between half and twice the crystal's {parentAngstrom:0.####} Å, that of the first lattice vector of the unit cell."));
            }
        }

        return [.. substitution.Species.Select(element => lengths[element] / parentAngstrom)];
    }
}
