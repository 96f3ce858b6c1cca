using System.Globalization;
using System.Text.Json;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>A learned Hamiltonian as a user makes, tests and reads it.</summary>
public sealed class HamiltonianVerbTests(SmallStudy study) : IDisposable
{
    private const string Small = "--orbitals frontier --radial-functions 4 --cutoff 5 --passes 2 --starts 1 --quiet --json";
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cells_that_were_not_learnt_from_give_the_same_errors_when_learning_and_when_evaluating()
    {
        JsonElement learnt = TrainVerbTests.Json(_folder, $"hamiltonian learn {study.Cells} {Small} --output bands.safetensors");
        JsonElement evaluated = TrainVerbTests.Json(_folder, $"hamiltonian evaluate bands.safetensors {study.Cells} --json --quiet");
        Assert.Equal(learnt.GetProperty("metrics").ToString(), evaluated.GetProperty("metrics").ToString());
        Assert.Equal(28 - learnt.GetProperty("metrics")[0].GetProperty("n").GetInt32() - learnt.GetProperty("metrics")[1].GetProperty("n").GetInt32(), evaluated.GetProperty("left_out_as_seen").GetInt32());
        Assert.Equal(["vbm", "vbm", "vbm", "band_gap", "band_gap", "band_gap"], evaluated.GetProperty("metrics").EnumerateArray().Select(row => row.GetProperty("property").GetString()));

        // Twice the same command: the same bits.
        byte[] first = File.ReadAllBytes(_folder.File("bands.safetensors"));
        TrainVerbTests.Json(_folder, $"hamiltonian learn {study.Cells} {Small} --output bands.safetensors");
        Assert.Equal(first, File.ReadAllBytes(_folder.File("bands.safetensors")));
    }

    [Fact]
    public void Predictions_have_a_row_for_each_structure_and_bonds_a_row_for_each_distance()
    {
        TrainVerbTests.Json(_folder, $"hamiltonian learn {study.Cells} {Small} --output bands.safetensors");
        JsonElement answer = TrainVerbTests.Json(_folder, $"hamiltonian predict bands.safetensors {study.Cells} {study.UnitCell} --output edges.csv --json --quiet");
        string[][] rows = [.. File.ReadAllLines(_folder.File("edges.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal((29, 29), (answer.GetProperty("structures").GetInt32(), rows.Length));
        Assert.All(rows, row => Assert.True(double.IsFinite(double.Parse(row[2], CultureInfo.InvariantCulture))));

        TrainVerbTests.Json(_folder, "hamiltonian bonds bands.safetensors --output bonds.csv --json");
        string[][] bonds = [.. File.ReadAllLines(_folder.File("bonds.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(4, bonds.Count(row => row[0] == "level"));
        Assert.Contains(bonds, row => row.AsSpan(0, 6).SequenceEqual(["hopping", "S", "p", "Ag", "s", "σ"]));
        Assert.All(bonds.Where(row => row[0] != "level"), row => Assert.InRange(double.Parse(row[6], CultureInfo.InvariantCulture), 1, 5));
    }

    [Fact]
    public void An_explanation_has_shares_that_add_up_and_a_row_for_each_pair_and_length()
    {
        TrainVerbTests.Json(_folder, $"hamiltonian learn {study.Cells} {Small} --output bands.safetensors");
        JsonElement answer = TrainVerbTests.Json(_folder, $"hamiltonian explain bands.safetensors {study.UnitCell} {study.Cells} --width 1 --output parts.csv --json --quiet");
        Assert.Equal(29, answer.GetProperty("structures").GetInt32());
        Assert.Equal(1, answer.GetProperty("orbitals").EnumerateArray().Sum(row => row.GetProperty("vbm_share").GetDouble()), 1e-9);
        string[][] rows = [.. File.ReadAllLines(_folder.File("parts.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(answer.GetProperty("pairs").GetArrayLength(), rows.Count(row => row[4] == "true"));
        Assert.Equal(6, answer.GetProperty("pairs").GetArrayLength());
        foreach (IGrouping<string, string[]> pair in rows.GroupBy(row => $"{row[0]}-{row[1]}"))
        {
            double all = Number(pair.Single(row => row[4] == "true")[12]), parts = pair.Where(row => row[4] == "false").Sum(row => Number(row[12]));
            Assert.Equal(all, parts, 1e-5);
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
