using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// A self-consistent run on disk: <c>settings.json</c>; <c>start.json</c> and <c>iteration-000.json</c> and so on with the coefficients that the cells of an iteration were drawn with;
/// <c>iteration-000.xyz.gz</c> with those cells; <c>campaign/</c> with all labels. What is there is never computed again, so the run goes on after any interruption.
/// </summary>
internal sealed class EffectiveRunFolder
{
    private const string Format = "phonograph-effective-1";
    private readonly string _root;
    private readonly ForceConstantsBasis _basis;
    private readonly CampaignOptions _engine;
    private readonly IProgress<Execution.WorkProgress>? _progress;

    internal EffectiveRunFolder(string root, ForceConstantsBasis basis, EffectiveOptions options, CampaignOptions engine, IProgress<Execution.WorkProgress>? progress)
    {
        (_root, _basis, _engine, _progress) = (root, basis, engine, progress);
        OutputPlace.Prepare(root);
        string settings = JsonSerializer.Serialize(
            new EffectiveSettings(
                Format, engine.Engine.Name, engine.Level, JobKey.Of(basis.Symmetry.Supercell.Crystal, engine.Engine.Name, engine.Level), basis.Count, options.TemperatureKelvin,
                options.Statistics.ToString(), options.Policy.ToString(), options.CellsPerIteration, options.Seed, options.Mixing, options.SmallestEffectiveShare),
            EffectiveJson.Default.EffectiveSettings) + "\n";
        string file = Path.Combine(root, "settings.json");
        if (!File.Exists(file))
        {
            AtomicFile.WriteText(file, settings);
        }
        else if (File.ReadAllText(file) != settings)
        {
            throw new InputException($"{file}: found a run with other settings; expected those of this command. Give the same crystal, engine, level, temperature, statistics, soft-mode rule, cells, seed and mixing, or another --work folder.");
        }
    }

    internal string LockFile => Path.Combine(_root, "lock");

    /// <summary>Coefficients kept under a name, or made and kept.</summary>
    internal async Task<double[]> CoefficientsAsync(string name, Func<Task<double[]>> make)
    {
        string file = Path.Combine(_root, name + ".json");
        if (File.Exists(file))
        {
            try
            {
                KeptCoefficients? kept = JsonSerializer.Deserialize(File.ReadAllText(file), EffectiveJson.Default.KeptCoefficients);
                return kept is { Coefficients: { } values } && values.Length == _basis.Count ? values : throw new JsonException($"It holds no {_basis.Count} coefficients.");
            }
            catch (JsonException error)
            {
                throw new InputException($"{file}: damaged ({error.Message}). Delete it and all later iterations; their labels stay in the campaign.", error);
            }
        }

        double[] made = await make();
        AtomicFile.WriteText(file, JsonSerializer.Serialize(new KeptCoefficients(made), EffectiveJson.Default.KeptCoefficients) + "\n");
        return made;
    }

    /// <summary>File of the cells of an iteration; drawn when it is missing.</summary>
    internal string Cells(int iteration, Func<IEnumerable<Configuration>> draw)
    {
        string file = Path.Combine(_root, Name(iteration) + ".xyz.gz");
        if (!File.Exists(file))
        {
            ExtendedXyz.Write(file, draw().Select(ConfigurationFrame.Of));
        }

        return file;
    }

    internal static string Name(int iteration) => "iteration-" + iteration.ToString("D3", CultureInfo.InvariantCulture);

    /// <summary>Labels a file and returns what came of each frame; null for a frame without a label.</summary>
    internal async Task<ImmutableArray<(ExtendedXyzFrame Frame, Label? Label)>> LabelAsync(string file, CancellationToken cancellation)
    {
        string campaign = Path.Combine(_root, "campaign");
        await LabelCampaign.RunAsync(campaign, [file], _engine, _progress, cancellation);
        var labels = CampaignLabels.Of(CampaignFolder.Open(campaign), _engine.Engine);
        return [.. ExtendedXyz.Read(file).Select(frame => (frame, labels.Read(JobKey.Of(frame.Crystal, _engine.Engine.Name, _engine.Level))?.Outcome as Label))];
    }

    /// <summary>Writes frames beside the run and labels them.</summary>
    internal Task<ImmutableArray<(ExtendedXyzFrame Frame, Label? Label)>> LabelAsync(string name, IEnumerable<ExtendedXyzFrame> frames, CancellationToken cancellation)
    {
        string file = Path.Combine(_root, name + ".xyz.gz");
        if (!File.Exists(file))
        {
            ExtendedXyz.Write(file, frames);
        }

        return LabelAsync(file, cancellation);
    }

    internal static LabelledDraw? Draw(ExtendedXyzFrame frame, Label? label, double energyAtRest) => label is null
        ? null
        : new LabelledDraw(frame.Info["id"], new DisplacedSnapshot(frame.VectorColumns["displacement"], label.Forces), label.EnergyElectronvolt - energyAtRest);

    internal static ExtendedXyzFrame AtRest(Crystal crystal) => new(
        crystal,
        ImmutableDictionary.CreateRange([KeyValuePair.Create("id", "at-rest"), KeyValuePair.Create("scheme", "at-rest")]),
        ImmutableDictionary.CreateRange([KeyValuePair.Create("displacement", ImmutableArray.CreateRange(new Vector3D[crystal.AtomCount]))]));
}

/// <summary>Layout of <c>settings.json</c>.</summary>
internal sealed record EffectiveSettings(
    string Format, string Engine, string Level, string CrystalSha256, int Parameters, double TemperatureK, string Statistics, string SoftModePolicy, int CellsPerIteration, ulong Seed, double Mixing, double SmallestEffectiveShare);

/// <summary>Layout of kept coefficients, eV/Å².</summary>
internal sealed record KeptCoefficients(double[] Coefficients);

/// <summary>Serialization compiled in, so that the library also works where reflection is switched off.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EffectiveSettings))]
[JsonSerializable(typeof(KeptCoefficients))]
internal sealed partial class EffectiveJson : JsonSerializerContext;
