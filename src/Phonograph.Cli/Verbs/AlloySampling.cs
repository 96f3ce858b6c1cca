using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Sampling;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph sample --decorate</c>: draws displaced cells of drawn decorations, and says what was drawn.</summary>
internal static class AlloySampling
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static void Run(CliRun run, DecorationSampler decorations, AlloyDrawOptions alloy, SchemeOptions schemes, Supercell cell, int count, string output)
    {
        Func<Crystal, HarmonicEnsemble>? ensembles = schemes.Ensembles(run, cell);
        ulong seed = schemes.Seed(run)!.Value, alloySeed = alloy.Seed(run, seed);
        HarmonicEnsemble? last = null;
        var sampler = new AlloySampler(decorations, crystal => schemes.Sampler(run, crystal, last = ensembles?.Invoke(crystal), count));
        ImmutableArray<Configuration> drawn = sampler.Draw(alloySeed, seed, 0, count, run.Cancellation);
        ExtendedXyz.Write(output, drawn.Select(ConfigurationFrame.Of));
        run.Progress.Finish();

        double rootMeanSquare = Math.Sqrt(drawn.Average(configuration => configuration.DisplacementsCartesian.Average(displacement => displacement.LengthSquared)));
        var byComposition = drawn.GroupBy(configuration => configuration.Draw.Details["composition"]).ToDictionary(same => same.Key, same => same.Count());
        var compositions = decorations.Set.Compositions.Where(composition => byComposition.ContainsKey(composition.Name)).Select(composition => (composition.Name, Count: byComposition[composition.Name])).ToArray();
        int distinct = drawn.Select(configuration => configuration.Draw.Details["decoration"]).Distinct().Count();

        // The number of imaginary modes does not depend on masses (Sylvester's law of inertia), so one cell answers for all.
        int? imaginary = last?.FrequenciesTerahertz.Count(frequency => frequency < 0);
        Console.Out.WriteLine(run.IsJson
            ? JsonSerializer.Serialize(
                new
                {
                    configurations = count,
                    atoms_supercell = cell.Crystal.AtomCount,
                    scheme = schemes.Scheme(run),
                    temperature_K = last?.TemperatureKelvin,
                    seed,
                    soft_mode_policy = last?.Policy.ToString(),
                    modes = last?.FrequenciesTerahertz.Length,
                    imaginary_modes = imaginary,
                    rms_displacement_A = rootMeanSquare,
                    decorate = decorations.Set.Alloy.Substitution.ToString(),
                    composition_rule = decorations.Rule,
                    alloy_seed = alloySeed,
                    alloy_temperature_K = decorations.Energies?.TemperatureKelvin,
                    decorations_drawn = distinct,
                    decorations_distinct = decorations.Set.Decorations.Length,
                    compositions = compositions.Select(composition => new { composition = composition.Name, configurations = composition.Count }),
                    output,
                },
                Indented)
            : string.Create(CultureInfo.InvariantCulture, $"{count} configurations of {cell.Crystal.AtomCount} atoms, r.m.s. displacement {rootMeanSquare:F4} Å: {output}\n")
                + string.Create(CultureInfo.InvariantCulture, $"{distinct} of {decorations.Set.Decorations.Length} distinct decorations, {decorations.Rule}: ")
                + string.Join(", ", compositions.Select(composition => string.Create(CultureInfo.InvariantCulture, $"{composition.Name} {composition.Count}")))
                + (last is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\n{imaginary} of {last.FrequenciesTerahertz.Length} modes are imaginary in every decoration; rule {last.Policy}")));
    }
}
