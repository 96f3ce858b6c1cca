using System.Text.Json.Nodes;
using CsCheck;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Tests.Learning.Training;

namespace Phonograph.Tests.Learning.Storage;

public sealed class ModelFileTests : IDisposable
{
    private static readonly TrainedModel Model = Trainer.Train(
        SyntheticCells.Data(training: 20, validation: 6), new TrainingOptions { Model = "m1", Hidden = 8, Epochs = 3, Dropout = 0.25 });

    private readonly string _folder = Directory.CreateTempSubdirectory("phonograph-model-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_survives_the_file_to_the_last_bit()
    {
        string path = Write();
        TrainedModel read = ModelFile.Read(path);
        TrainerTests.AssertSameBits(Model, read);
        Assert.Equal(Model.Description.Features, read.Description.Features);
        Assert.Equal(Model.Description.Target, read.Description.Target);
        Assert.Equal(Model.Description.Training.TrainingConfigurations, read.Description.Training.TrainingConfigurations);
        Assert.Equal(Model.Description.Training.ValidationConfigurations, read.Description.Training.ValidationConfigurations);
        Assert.Equal(
            Model.Description.Training with { TrainingConfigurations = [], ValidationConfigurations = [] },
            read.Description.Training with { TrainingConfigurations = [], ValidationConfigurations = [] });
        Assert.Equal(Model.Description.Property, read.Description.Property);
        Assert.Equal(Model.Description.Range.Elements, read.Description.Range.Elements);
        Assert.Equal(Model.Description.Range with { Elements = [] }, read.Description.Range with { Elements = [] });
        LabelledGraph[] cells = [.. SyntheticCells.Many(50, 20)];
        Assert.Equal(new Predictor(Model).Predict(cells, "test"), new Predictor(read).Predict(cells, "test"));
        string again = Path.Combine(_folder, "again.safetensors");
        ModelFile.Write(again, read);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
    }

    [Theory]
    [InlineData("m3", null)]
    [InlineData("cgcnn", 1)]
    [InlineData("schnet", 2)]
    [InlineData("painn", 2)]
    public void Each_architecture_survives_the_file_to_the_last_bit(string name, int? layers)
    {
        var options = new TrainingOptions { Model = name, Layers = layers, ReadOut = Pooling.Attention, Hidden = 7, Epochs = 2, AverageDecay = 0.5 };
        TrainedModel model = Trainer.Train(SyntheticCells.Data(training: 12, validation: 4), options);
        string path = Path.Combine(_folder, name + ".safetensors");
        ModelFile.Write(path, model);
        TrainedModel read = ModelFile.Read(path);
        TrainerTests.AssertSameBits(model, read);
        Assert.Equal(options, read.Description.Training.Options);
        LabelledGraph[] cells = [.. SyntheticCells.Many(50, 20)];
        Assert.Equal(new Predictor(model).Predict(cells, "test"), new Predictor(read).Predict(cells, "test"));
    }

    [Fact]
    public void A_file_from_before_the_newer_options_is_read_with_their_defaults()
    {
        SafetensorsFile file = SafetensorsFile.Read(Write());
        JsonObject description = JsonNode.Parse(file.Metadata["description"])!.AsObject();
        JsonObject options = description["training"]!["options"]!.AsObject();
        foreach (string key in new[] { "layers", "read_out", "warmup_epochs", "weight_decay", "gradient_norm_limit", "average_decay" })
        {
            Assert.True(options.Remove(key), key);
        }

        string path = Path.Combine(_folder, "old.safetensors");
        new SafetensorsFile(file.Tensors, file.Metadata.SetItem("description", description.ToJsonString())).Write(path);
        TrainerTests.AssertSameBits(Model, ModelFile.Read(path));
    }

    [Fact]
    public void The_metadata_carry_everything_a_prediction_needs()
    {
        SafetensorsFile file = SafetensorsFile.Read(Write());
        Assert.Equal("phonograph-model", file.Metadata["format"]);
        Assert.Equal("1", file.Metadata["format_version"]);
        JsonObject description = JsonNode.Parse(file.Metadata["description"])!.AsObject();
        string[] keys = ["property", "model", "hidden", "dropout", "cutoff_angstrom", "legacy_graph", "features", "target", "range", "engine", "level", "training"];
        Assert.Equal(keys, description.Select(pair => pair.Key));
        Assert.Equal("band_gap", (string)description["property"]!["key"]!);
        Assert.Equal("eV", (string)description["property"]!["unit"]!);
        Assert.Equal(5.5, (double)description["cutoff_angstrom"]!);
        Assert.Equal(["S", "Br", "Ag"], description["range"]!["elements"]!.AsArray().Select(value => (string)value!));
        Assert.Equal(20, description["training"]!["training_configurations"]!.AsArray().Count);
        Assert.Equal("phonon", (string)description["training"]!["trained_on"]!);
        Assert.Equal(1, (int)description["training"]!["options"]!["seed"]!);
        Assert.Equal([8, 4], file.Tensors["conv1.lin_rel.weight"].Shape);
        Assert.Equal([8], file.Tensors["bn3.running_var"].Shape);
        Assert.Equal([1, 16], file.Tensors["lin2.weight"].Shape);
    }

    [Fact]
    public void A_model_with_anything_missing_is_refused()
    {
        SafetensorsFile whole = SafetensorsFile.Read(Write());
        foreach (string tensor in whole.Tensors.Keys.Where(name => name != "training.cells"))
        {
            Refuse(whole with { Tensors = whole.Tensors.Remove(tensor) }, tensor);
        }

        foreach (string key in whole.Metadata.Keys)
        {
            Refuse(whole with { Metadata = whole.Metadata.Remove(key) }, key);
        }

        JsonObject description = JsonNode.Parse(whole.Metadata["description"])!.AsObject();
        foreach (string key in description.Select(pair => pair.Key).ToArray())
        {
            JsonObject less = description.DeepClone().AsObject();
            less.Remove(key);
            Refuse(whole with { Metadata = whole.Metadata.SetItem("description", less.ToJsonString()) }, key);
        }
    }

    [Fact]
    public void A_model_that_contradicts_itself_is_refused()
    {
        SafetensorsFile whole = SafetensorsFile.Read(Write());
        Refuse(whole with { Metadata = whole.Metadata.SetItem("format_version", "2") }, "version 2");
        Refuse(Changed(whole, description => description["hidden"] = 9), "shape");
        Refuse(Changed(whole, description => description["model"] = "m7"), "m7");
        Refuse(Changed(whole, description => description["target"]!["maximum"] = -1e9), "range");
        Refuse(Changed(whole, description => description["features"]!["node_minimum"] = new JsonArray(1)), "range");
        Refuse(Changed(whole, description => description["features"]!["node_minimum"] = null), "description");
        Refuse(Changed(whole, description => description["training"] = null), "description");
        Refuse(Changed(whole, description => description["cutoff_angstrom"] = "five"), "description");
        Refuse(whole with { Tensors = whole.Tensors.SetItem("lin2.bias", SafetensorsTensor.Of([float.NaN], 1)) }, "finite");
    }

    [Fact]
    public void Any_byte_of_the_description_may_be_damaged_without_a_crash()
    {
        SafetensorsFile whole = SafetensorsFile.Read(Write());
        string text = whole.Metadata["description"], path = Path.Combine(_folder, "damaged.safetensors");
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char['!', '~']).Sample((place, letter) =>
        {
            string damaged = text[..place] + letter + text[(place + 1)..];
            (whole with { Metadata = whole.Metadata.SetItem("description", damaged) }).Write(path);
            try
            {
                ModelFile.Read(path);
            }
            catch (InputException error)
            {
                Assert.Contains("damaged.safetensors", error.Message, StringComparison.Ordinal);
            }
        }, iter: 300, threads: 1);
    }

    private static SafetensorsFile Changed(SafetensorsFile file, Action<JsonObject> change)
    {
        JsonObject description = JsonNode.Parse(file.Metadata["description"])!.AsObject();
        change(description);
        return file with { Metadata = file.Metadata.SetItem("description", description.ToJsonString()) };
    }

    private void Refuse(SafetensorsFile file, string reason)
    {
        string path = Path.Combine(_folder, "bad.safetensors");
        file.Write(path);
        Assert.Contains(reason, Assert.Throws<InputException>(() => ModelFile.Read(path)).Message, StringComparison.OrdinalIgnoreCase);
    }

    private string Write()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        ModelFile.Write(path, Model);
        return path;
    }
}
