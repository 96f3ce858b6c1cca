using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

public sealed class AlloyVerbTests
{
    private const string Decorate = "--supercell 2,2,2 --decorate Br=Br,I";

    private static readonly ForceConstants Springs = new SpringModel().Constants(Supercell.Of(TestCrystals.SilverSulphideBromide, 2, 2, 2));

    [Fact]
    public void Distinct_decorations_are_listed_and_written_with_composition_and_degeneracy()
    {
        using TemporaryFolder folder = Folder();
        JsonElement made = Json(folder, $"crystal POSCAR {Decorate} --lattice I=4.90 --output decorations.xyz --json");
        Assert.Equal((8, 384, 48, 22), (made.GetProperty("sites").GetInt32(), made.GetProperty("symmetry_operations").GetInt32(), made.GetProperty("permutations").GetInt32(), made.GetProperty("decorations").GetArrayLength()));
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(folder.File("decorations.xyz"))];
        Assert.Equal((22, 256), (frames.Length, frames.Sum(frame => int.Parse(frame.Info["degeneracy"], null))));
        Assert.Equal(("I8", "I8-1", "I8-1", "Ag24S8I8"), (frames[^1].Info["composition"], frames[^1].Info["decoration"], frames[^1].Info["id"], ChemicalFormula.OfCell(frames[^1].Crystal)));
        Assert.Equal(9.8, frames[^1].Crystal.Lattice.A.Length, 1e-12);
        PhonographProgram.Answer text = PhonographProgram.Run(folder.Path, $"crystal POSCAR {Decorate}");
        Assert.Equal((0, ""), (text.ExitCode, text.Errors));
        Assert.Contains("22 distinct decorations of 256 patterns", text.Output, StringComparison.Ordinal);
        Assert.Matches(@"Br6I2 +3 +28 +(4|12) (4|12) (4|12) +1\n", text.Output);
    }

    [Theory]
    [InlineData("phonon", "--force-constants FC --temperature 300")]
    [InlineData("einstein", "--force-constants FC --temperature 300")]
    [InlineData("uniform", "--width 0.4")]
    [InlineData("published", "")]
    public void Displaced_cells_of_drawn_decorations_carry_their_keys(string scheme, string options)
    {
        using TemporaryFolder folder = Folder();
        JsonElement made = Json(folder, $"sample POSCAR {Decorate} --scheme {scheme} {options} --count 30 --seed 3 --composition uniform --output cells.xyz.gz --json");
        Assert.Equal((30, "uniform", 3UL, 22), (made.GetProperty("configurations").GetInt32(), made.GetProperty("composition_rule").GetString(), made.GetProperty("alloy_seed").GetUInt64(), made.GetProperty("decorations_distinct").GetInt32()));
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(folder.File("cells.xyz.gz"))];
        Assert.Equal(30, frames.Select(frame => frame.Info["id"]).Distinct().Count());
        Assert.True(frames.Select(frame => frame.Info["composition"]).Distinct().Count() > 5);
        Assert.All(frames, frame => Assert.Equal(
            string.Concat(ChemicalFormula.Counts(frame.Crystal).Where(entry => entry.Element.Symbol is "Br" or "I").OrderBy(entry => entry.Element.Symbol, StringComparer.Ordinal).Select(entry => entry.Element.Symbol + (entry.Count == 1 ? "" : entry.Count))),
            frame.Info["composition"]));
        Assert.All(frames, frame => Assert.Equal((scheme, "3"), (frame.Info["scheme"], frame.Info["seed"])));
    }

    [Fact]
    public void Compositions_are_drawn_as_asked_with_seed_and_energies_of_their_own()
    {
        using TemporaryFolder folder = Folder();
        const string Sample = $"sample POSCAR {Decorate} --scheme uniform --width 0.2 --count 40 --seed 3 --output cells.xyz --json --composition ";
        JsonElement compositions = Json(folder, Sample + "Br6I2 --alloy-seed 9").GetProperty("compositions");
        Assert.Equal(("Br6I2", 40), (compositions[0].GetProperty("composition").GetString(), compositions[0].GetProperty("configurations").GetInt32()));
        Assert.Equal("ideal:Br=0.75,I=0.25", Json(folder, Sample + "0.25").GetProperty("composition_rule").GetString());
        string[] first = Drawn(folder);
        Assert.Equal("ideal:Br=0.75,I=0.25", Json(folder, Sample + "Br=0.75").GetProperty("composition_rule").GetString());
        Assert.Equal(first, Drawn(folder));

        // One decoration of each composition far below the others: near 0 K only these are left.
        Json(folder, $"crystal POSCAR {Decorate} --output decorations.xyz --json");
        ExtendedXyz.Write(folder.File("labelled.xyz"), ExtendedXyz.Read(folder.File("decorations.xyz")).ToArray().Select(frame => frame with { Info = frame.Info.Add("REF_energy", frame.Info["decoration"].EndsWith("-2", StringComparison.Ordinal) ? "-101" : "-100") }));
        JsonElement cold = Json(folder, Sample + "Br4I4 --alloy-energies labelled.xyz --alloy-temperature 100");
        Assert.Equal(1, cold.GetProperty("decorations_drawn").GetInt32());
        Assert.All(Drawn(folder), decoration => Assert.Equal("Br4I4-2", decoration));
    }

    private static string[] Drawn(TemporaryFolder folder) => [.. ExtendedXyz.Read(folder.File("cells.xyz")).Select(frame => frame.Info["decoration"])];

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        Poscar.Write(folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        ForceConstantsFile.Write(folder.File("FC"), Springs);
        return folder;
    }

    private static JsonElement Json(TemporaryFolder folder, string commandLine)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        Assert.Empty(answer.Errors);
        return JsonDocument.Parse(answer.Output).RootElement;
    }
}
