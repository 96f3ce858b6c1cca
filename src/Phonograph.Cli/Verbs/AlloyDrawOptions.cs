using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Alloys;
using Phonograph.Files;
using Phonograph.Sampling;

namespace Phonograph.Cli.Verbs;

/// <summary>The options of <c>phonograph sample</c> that say how decorations of an alloy are drawn.</summary>
internal sealed class AlloyDrawOptions
{
    private readonly AlloyOptions _alloy = new();

    private readonly Option<string?> _composition = new("--composition")
    {
        Description = "With --decorate: uniform (every composition equally probable), the mean fraction of the second element or of named ones with ideal mixing (0.25, I=0.25), or one composition of the sites (Br6I2).",
        HelpName = "uniform|X|FORMULA",
    };

    private readonly Option<ulong?> _seed = new("--alloy-seed") { Description = "With --decorate: seed of the decorations; --seed when not given.", HelpName = "SEED" };

    private readonly Option<string?> _energies = new("--alloy-energies")
    {
        Description = "With --decorate: labelled decorations (extended XYZ with decoration and REF_energy); within a composition they are then drawn by degeneracy times Boltzmann factor.",
        HelpName = "FILE",
    };

    private readonly Option<double?> _temperature = new("--alloy-temperature") { Description = "With --alloy-energies: temperature at which the decorations were in equilibrium, K.", HelpName = "K" };

    internal void AddTo(Command command)
    {
        _alloy.AddTo(command);
        command.Add(_composition);
        command.Add(_seed);
        command.Add(_energies);
        command.Add(_temperature);
    }

    /// <summary>Draws decorations as the options say; null where no alloy was asked for.</summary>
    /// <exception cref="InputException">A value is missing, wrong or without meaning.</exception>
    internal DecorationSampler? Sampler(CliRun run, Supercell cell)
    {
        if (!_alloy.IsAsked(run))
        {
            _alloy.RefuseWithoutAlloy(run, _composition, _seed, _energies, _temperature);
            return null;
        }

        string composition = run.Get(_composition) ?? throw new InputException("--composition: found nothing; expected with --decorate how compositions are drawn. Write for example --composition uniform, or --composition 0.25.");
        DecorationSet set = _alloy.Decorations(run, cell);
        DecorationEnergies? energies = Energies(run, set);
        if (composition == "uniform")
        {
            return DecorationSampler.UniformComposition(set, energies);
        }

        return set.Compositions.FirstOrDefault(each => each.Name == composition) is { } one
            ? DecorationSampler.FixedComposition(set, one, energies)
            : DecorationSampler.IdealMixing(set, Fractions(composition, set), energies);
    }

    /// <summary>Seed of the decorations.</summary>
    internal ulong Seed(CliRun run, ulong seed) => run.Get(_seed) ?? seed;

    private DecorationEnergies? Energies(CliRun run, DecorationSet set)
    {
        if ((run.Get(_energies) is null) != (run.Get(_temperature) is null))
        {
            throw new InputException("--alloy-energies, --alloy-temperature: found one of them; expected both or none. Give the labelled decorations and the temperature in K.");
        }

        if (run.Get(_energies) is not { } path)
        {
            return null;
        }

        double kelvin = run.Get(_temperature)!.Value;
        return kelvin > 0 && double.IsFinite(kelvin)
            ? DecorationEnergies.Read(path, set, kelvin)
            : throw new InputException($"--alloy-temperature: found {kelvin.ToString(CultureInfo.InvariantCulture)}; expected a positive temperature in K.");
    }

    private static ImmutableArray<double> Fractions(string text, DecorationSet set)
    {
        ImmutableArray<Element> species = set.Alloy.Substitution.Species;
        string example = $"--composition uniform, --composition {species[1]}=0.25 or --composition {set.Compositions[^1].Name}";
        bool isPlain = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double second);
        if (isPlain ? species.Length != 2 : !text.Contains('=', StringComparison.Ordinal))
        {
            throw new InputException($"--composition: found '{text}'; expected uniform, fractions of elements, or a composition of the {set.Alloy.Sites.Length} sites. Write for example {example}.");
        }

        Dictionary<Element, double> given = isPlain ? new() { [species[1]] = second } : ElementValues.Parse("--composition", text, species, "a fraction from 0 to 1", example);
        double sum = given.Values.Sum();
        Element[] open = [.. species.Where(element => !given.ContainsKey(element))];
        bool isWhole = open.Length switch { 0 => Math.Abs(sum - 1) < 1e-9, 1 => sum <= 1, _ => false };
        if (!isWhole || given.Values.Any(fraction => !(fraction >= 0)))
        {
            throw new InputException($"--composition: found '{text}'; expected fractions of {string.Join(", ", species)}, none negative, that sum to 1 (one may be left out and takes the rest). Write for example {example}.");
        }

        foreach (Element element in open)
        {
            given.Add(element, 1 - sum);
        }

        return [.. species.Select(element => given[element])];
    }
}
