using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Training;

/// <summary>
/// Models of one property are those of the program before there were several: the same weights, running statistics, history and description to the last
/// bit, and the same fingerprint. The hashes were computed by that program, those of networks that read lengths again when edges came to share them (tests/reference/earlier-models).
/// </summary>
public sealed partial class EarlierModelTests
{
    private static readonly TrainingData Data = SyntheticCells.Data(training: 23, validation: 7);

    [Theory]
    [InlineData("m5")]
    [InlineData("schnet")]
    [InlineData("painn")]
    [InlineData("cgcnn")]
    public void A_model_of_one_property_has_the_bits_it_had_before(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Avx2.IsSupported && Fma.IsSupported, "compares bits that depend on the processor: needs Linux on x86-64 with AVX2 and FMA");
        string path = Repository.PathOf("tests", "reference", "earlier-models", "hashes.txt"), found = $"{name} {ContentHash(Trainer.Train(Data, Options(name)))}";
        string[] lines = File.ReadAllLines(path);
        int place = Array.FindIndex(lines, line => line.StartsWith(name + " ", StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("PHONOGRAPH_ACCEPT") == "1")
        {
            lines[place] = found;
            File.WriteAllLines(path, lines);
        }

        Assert.Equal(lines[place], found);
    }

    /// <summary>The hash written down again: what it takes in, in which order, as the program before did. Only so is a cache of trained models still good.</summary>
    [Fact]
    public void The_fingerprint_of_a_model_of_one_property_is_computed_as_before()
    {
        const string Settings = """
            {"model":"schnet","hidden":64,"layers":null,"read_out":null,"dropout":0,"learning_rate":0.001,"schedule":"reduce_on_plateau","plateau_factor":0.5,"plateau_patience":20,"warmup_epochs":5,"weight_decay":0,"gradient_norm_limit":0,"average_decay":0,"batch_size":32,"epochs":300,"patience":50,"seed":1,"legacy_normalization":false}
            """;
        const string Learnt = """{"key":"band_gap","title":"Band gap","unit":"eV"}""", Graphs = """{"cutoff_angstrom":5.5,"legacy":false}""";
        using var content = new MemoryStream();
        Text($"revision 3, kernels {typeof(Phonograph.Numerics.Autodiff.Tape<float>).Module.ModuleVersionId}");
        Text(Settings);
        Text(Learnt);
        Text(Graphs);
        Text("tight-binding\nmodel\n23 7");
        foreach (Phonograph.Learning.LabelledGraph each in Data.Training.Concat(Data.Validation))
        {
            Text(each.Configuration);
            Text(string.Join(' ', each.Graph.Elements.Select(element => element.Symbol)));
            content.Write(MemoryMarshal.AsBytes(each.Graph.EdgeStart.AsSpan()));
            content.Write(MemoryMarshal.AsBytes(each.Graph.EdgeSource.AsSpan()));
            content.Write(MemoryMarshal.AsBytes(each.Graph.EdgeLengthAngstrom.AsSpan()));
            content.Write(BitConverter.GetBytes(each.Target));
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content.ToArray())), TrainingFingerprint.Of(Data, new TrainingOptions { Model = "schnet" }));

        void Text(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            content.Write(BitConverter.GetBytes(bytes.Length));
            content.Write(bytes);
        }
    }

    private static TrainingOptions Options(string name) => new()
    {
        Model = name,
        Hidden = 12,
        Layers = name == "m5" ? null : 2,
        ReadOut = name == "painn" ? Pooling.Attention : null,
        Dropout = 0.2,
        BatchSize = 8,
        Epochs = 6,
        LearningRate = 2e-3,
        WeightDecay = 0.01,
        GradientNormLimit = 1,
        AverageDecay = name == "cgcnn" ? 0.9 : 0,
        Seed = 11,
    };

    /// <summary>SHA-256 over everything in the file that the program before wrote, but for the fingerprint, which knows the build, and the version.</summary>
    private static string ContentHash(Phonograph.Learning.TrainedModel model)
    {
        string path = Path.GetTempFileName();
        ModelFile.Write(path, model);
        SafetensorsFile file = SafetensorsFile.Read(path);
        File.Delete(path);
        var text = new StringBuilder();
        foreach ((string name, SafetensorsTensor tensor) in file.Tensors.Where(tensor => tensor.Key != "training.cells"))
        {
            text.Append(name).Append(' ').AppendJoin(' ', tensor.Shape).AppendLine().AppendJoin(' ', tensor.ToDoubles().Select(BitConverter.DoubleToInt64Bits)).Append('\n');
        }

        foreach ((string key, string value) in file.Metadata)
        {
            text.Append(key).Append(' ').Append(Build().Replace(value, "#")).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    [GeneratedRegex("\"fingerprint\":\"[^\"]*\",\"program_version\":\"[^\"]*\"")]
    private static partial Regex Build();
}
