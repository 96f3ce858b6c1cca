using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Polar;
using Phonograph.Sampling;

namespace Phonograph.Cli.Verbs;

/// <summary>The options that say how atoms are displaced, and which of them belong to which scheme.</summary>
internal sealed class SchemeOptions
{
    private readonly Option<string> _scheme = new("--scheme")
    {
        Description = "How atoms are displaced. published: first random generator of arXiv 2511.15222, a width between 0.25 and 1.25 Å drawn for each cell. uniform: every coordinate in (-width/2, width/2). gaussian: "
            + "normal, of standard deviation --width, or with the mean square displacement of the thermal ensemble. gaussian-energy: normal, with its mean potential energy. species: normal, with its mean square "
            + "displacement for each element. einstein: normal, with its covariance of each atom. phonon: the thermal ensemble itself. special: a few cells that represent it, without random numbers.",
        Required = true,
    };

    private readonly Option<string?> _constants = new("--force-constants") { Description = "FORCE_CONSTANTS file of the supercell (eV/Å²); all schemes that follow the thermal ensemble." };
    private readonly Option<string?> _constantsSupercell = new("--constants-supercell")
    {
        Description = "Supercell of the force constants where it is not --supercell; they are interpolated wave vector by wave vector, so cells of thousands of atoms can be drawn.",
        HelpName = "A,B,C",
    };

    private readonly Option<string?> _born = new("--born") { Description = "BORN file of the crystal: adds the long-range part of a polar crystal, wave vector by wave vector." };
    private readonly Option<string> _term = new("--nac") { Description = "Long-range (non-analytical) term with --born: gonze (Gonze and Lee) or wang (Wang et al.).", DefaultValueFactory = _ => "gonze" };
    private readonly Option<double?> _temperature = new("--temperature") { Description = "Temperature, K; all schemes that follow the thermal ensemble." };
    private readonly Option<string> _statistics = new("--statistics") { Description = "Statistics of the vibrations.", DefaultValueFactory = _ => "quantum" };
    private readonly Option<string?> _softModes = new("--soft-modes")
    {
        Description = "Rule for imaginary and near-zero modes. reject (when not given): refuse to draw. freeze: leave at rest. absolute: draw with |frequency| (phonopy). "
            + "floor:THZ: draw with that frequency. The first three leave modes below 0.01 THz at rest (reject: refuse them); another limit follows a colon, as in absolute:0.05.",
        HelpName = "reject|freeze|absolute|floor:THZ",
    };

    private readonly Option<double?> _width = new("--width") { Description = "Full width (uniform) or standard deviation (gaussian) of each coordinate, Å." };
    private readonly Option<double?> _meanEnergy = new("--mean-energy") { Description = "Mean harmonic potential energy to match instead of the ensemble's, eV per atom; gaussian-energy." };
    private readonly Option<string> _signs = new("--signs")
    {
        Description = "Signs of the modes; special. optimised: turned until each atom's covariance comes no nearer to the ensemble's. orthogonal: alternating signs for one cell, a Hadamard design for a power of two.",
        DefaultValueFactory = _ => "optimised",
    };

    private readonly Option<bool> _pairs = new("--pairs") { Description = "Each cell is followed by its opposite; special." };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "Seed; a draw depends on seed and number alone. Give every set a seed of its own. Required by all schemes but special." };

    internal SchemeOptions()
    {
        _scheme.AcceptOnlyFromAmong("published", "uniform", "gaussian", "gaussian-energy", "species", "einstein", "phonon", "special");
        _statistics.AcceptOnlyFromAmong("quantum", "classical");
        _term.AcceptOnlyFromAmong("gonze", "wang");
        _signs.AcceptOnlyFromAmong("optimised", "orthogonal");
    }

    private Option[] Thermal => [_constants, _constantsSupercell, _born, _term, _temperature, _statistics, _softModes];

    private Option[] All => [_width, .. Thermal, _meanEnergy, _signs, _pairs, _seed];

    internal void AddTo(Command command)
    {
        command.Add(_scheme);
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>The scheme that was asked for.</summary>
    internal string Scheme(CliRun run) => run.Get(_scheme);

    /// <summary>The seed; null for a scheme without random numbers.</summary>
    internal ulong? Seed(CliRun run) => Scheme(run) == "special" ? null : run.Get(_seed) ?? throw new InputException($"--seed: found nothing; expected a whole number for --scheme {Scheme(run)}. Write for example --seed 1.");

    /// <summary>The ensemble that the scheme follows; null where it follows none.</summary>
    /// <exception cref="InputException">An option is missing or wrong, or has no meaning here.</exception>
    internal HarmonicEnsemble? Ensemble(CliRun run, Supercell cell, string supercell) => FollowsEnsemble(run) ? Loaded(run, cell, supercell) : null;

    /// <summary>The ensembles that the scheme follows in the decorated cells of an alloy: force constants of the parent, masses of the cell. Null where it follows none.</summary>
    /// <exception cref="InputException">An option is missing or wrong, or has no meaning here or for an alloy.</exception>
    internal Func<Crystal, HarmonicEnsemble>? Ensembles(CliRun run, Supercell cell)
    {
        bool follows = FollowsEnsemble(run);
        if (Scheme(run) == "special")
        {
            throw new InputException("--scheme special: found with --decorate; expected a scheme of random draws, because special cells belong together and drawn decorations do not. Write the decorations with 'phonograph crystal --decorate', or choose --scheme phonon.");
        }

        foreach (Option option in new Option[] { _constantsSupercell, _born }.Where(option => IsGiven(run, option)))
        {
            throw new InputException($"{option.Name}: found with --decorate; expected force constants of the supercell itself, because the masses of a decorated cell do not repeat from unit cell to unit cell. Take it out.");
        }

        if (!follows)
        {
            return null;
        }

        (string file, double kelvin, string softModes) = Thermally(run);
        ForceConstants constants = ForceConstantsFile.Read(file, cell);
        return crystal => Ensemble(PhononModes.Of(constants, crystal), kelvin, run.Get(_statistics), softModes);
    }

    /// <summary>Whether the scheme follows the thermal ensemble, when every given option has a meaning.</summary>
    private bool FollowsEnsemble(CliRun run)
    {
        string scheme = Scheme(run);
        bool isThermal = scheme is not ("published" or "uniform") && !(scheme == "gaussian" && run.Get(_width) is not null);
        Option[] own = scheme switch
        {
            "uniform" or "gaussian" => [_width, _seed],
            "gaussian-energy" => [_meanEnergy, _seed],
            "special" => [_signs, _pairs],
            _ => [_seed],
        };
        foreach (Option option in All.Except(isThermal ? [.. own, .. Thermal] : own).Where(option => IsGiven(run, option)))
        {
            string place = scheme == "gaussian" && Thermal.Contains(option) ? "--scheme gaussian and --width" : $"--scheme {scheme}";
            throw new InputException($"{option.Name}: found with {place}, where it has no meaning. Take it out, or choose the scheme it belongs to.");
        }

        return isThermal;
    }

    /// <summary>The sampler of the scheme.</summary>
    /// <exception cref="InputException">A value is wrong, or nothing matches.</exception>
    internal IDisplacementSampler Sampler(CliRun run, Crystal cell, HarmonicEnsemble? ensemble, int count) => (Scheme(run), ensemble) switch
    {
        ("published", _) => new PublishedSampler(cell),
        ("uniform", _) => new UniformSampler(cell, Width(run)),
        ("gaussian", null) => new GaussianSampler(cell, Width(run)),
        ("gaussian", { } matched) => IndependentGaussianSampler.MatchedDisplacement(matched),
        ("gaussian-energy", { } matched) => IndependentGaussianSampler.MatchedEnergy(matched, MeanEnergy(run)),
        ("species", { } matched) => IndependentGaussianSampler.MatchedSpecies(matched),
        ("einstein", { } matched) => IndependentGaussianSampler.Einstein(matched),
        ("special", { } represented) => new SpecialDisplacementSampler(represented, count, run.Get(_signs) == "orthogonal" ? SpecialSigns.Orthogonal : SpecialSigns.Optimised, run.Get(_pairs)),
        (_, WaveVectorEnsemble waves) => new WaveVectorSampler(waves),
        (_, ThermalEnsemble modes) => new PhononSampler(modes),
        _ => throw new InvalidOperationException("A scheme without its ensemble."),
    };

    /// <summary>The ensemble that the options --temperature, --statistics and --soft-modes ask for.</summary>
    /// <exception cref="InputException">A value is wrong, or the rule refuses a mode.</exception>
    internal static ThermalEnsemble Ensemble(PhononModes modes, double kelvin, string statistics, string softModes) =>
        new(modes, Temperature(kelvin), Statistics(statistics), SoftModePolicy.Parse(softModes));

    /// <summary>File of the force constants, temperature in K, and rule for soft modes.</summary>
    private (string File, double Kelvin, string SoftModes) Thermally(CliRun run)
    {
        string alternative = Scheme(run) == "gaussian" ? "--width: found nothing, and no --force-constants; expected a length in Å, or force constants and a temperature to match. Write for example --width 0.1."
            : "--force-constants: found nothing; expected the FORCE_CONSTANTS file of the supercell. 'phonograph phonons constants' writes one.";
        string file = run.Get(_constants) ?? throw new InputException(alternative);
        double kelvin = Temperature(run.Get(_temperature) ?? throw new InputException("--temperature: found nothing; expected a temperature in K. Write for example --temperature 300."));
        return (file, kelvin, run.Get(_softModes) ?? "reject");
    }

    private HarmonicEnsemble Loaded(CliRun run, Supercell cell, string supercell)
    {
        (string file, double kelvin, string softModes) = Thermally(run);
        if (IsGiven(run, _term) && run.Get(_born) is null)
        {
            throw new InputException("--nac: found without --born; expected Born charges with it. Give --born, or take it out.");
        }

        if (run.Get(_constantsSupercell) is null && run.Get(_born) is null)
        {
            return Ensemble(PhononModes.Of(ForceConstantsFile.Read(file, cell)), kelvin, run.Get(_statistics), softModes);
        }

        Supercell held = run.Get(_constantsSupercell) is { } text ? SupercellOption.Build(cell.Unit, text, "--constants-supercell") : cell;
        DynamicalMatrix matrix = run.Get(_born) is null
            ? DynamicalMatrix.Of(ForceConstantsFile.Read(file, held))
            : new PhononFiles(file, null, run.Get(_born)).Load(held, PrimitiveTransformation.None).Matrix(run.Get(_term) == "wang" ? NonAnalyticalTerm.Wang : NonAnalyticalTerm.GonzeLee);
        return new WaveVectorEnsemble(matrix, SupercellOption.Build(matrix.Crystal, supercell), kelvin, Statistics(run.Get(_statistics)), SoftModePolicy.Parse(softModes));
    }

    private double Width(CliRun run)
    {
        double width = run.Get(_width) ?? throw new InputException($"--width: found nothing; expected a length in Å for --scheme {Scheme(run)}. Write for example --width 0.4.");
        return width > 0 && double.IsFinite(width) ? width : throw new InputException($"--width: found {width.ToString(CultureInfo.InvariantCulture)}; expected a positive length in Å.");
    }

    private double? MeanEnergy(CliRun run) => run.Get(_meanEnergy) is not { } energy || (energy > 0 && double.IsFinite(energy))
        ? run.Get(_meanEnergy)
        : throw new InputException($"--mean-energy: found {energy.ToString(CultureInfo.InvariantCulture)}; expected a positive energy in eV per atom.");

    private static double Temperature(double kelvin) => kelvin >= 0 && double.IsFinite(kelvin)
        ? kelvin
        : throw new InputException($"--temperature: found {kelvin.ToString(CultureInfo.InvariantCulture)}; expected zero or a positive temperature in K.");

    private static ThermalStatistics Statistics(string name) => name == "classical" ? ThermalStatistics.Classical : ThermalStatistics.Quantum;

    private static bool IsGiven(CliRun run, Option option) => run.Arguments.GetResult(option) is { Implicit: false };
}
