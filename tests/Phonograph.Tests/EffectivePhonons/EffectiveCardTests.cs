using Phonograph.EffectivePhonons;
using Phonograph.Files;
using Phonograph.Testing;

namespace Phonograph.Tests.EffectivePhonons;

/// <summary>The card of effective phonons from damaged files: the message names the file, the line and what to do.</summary>
public sealed class EffectiveCardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EffectiveCardTests()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "data", "effective", "cucl-xtb-300K")))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("frequencies.csv", "0,0,0,2,0.000000,0.000000", "0,0,0,2,0.000000", "frequencies.csv, line 3: found 5 values; expected 6")]
    [InlineData("frequencies.csv", "0,0,0,2,0.000000,0.000000", "0,0,0,2,none,0.000000", "frequencies.csv, line 3: found '0,0,0,2,none,0.000000'; expected wave vector")]
    [InlineData("iterations.csv", "1,16,16,", "1,16,", "iterations.csv, line 3: found 13 values; expected 14")]
    [InlineData("effective.json", "\"formula\"", "\"formulas\"", "effective.json: found no 'formula'; expected")]
    [InlineData("effective.json", "\"converged\": true", "\"converged\": \"yes\"", "effective.json: found '\"yes\"' for 'converged'; expected true or false")]
    [InlineData("effective.json", "\"frequencies_THz\": [", "\"frequencies_THz\": 1, \"rest\": [", "effective.json: found '1' for 'frequencies_THz'; expected a list")]
    [InlineData("effective.json", "{", "[", "effective.json: damaged JSON")]
    public void Damage_is_named(string file, string written, string damage, string message)
    {
        string path = _folder.File(file), text = File.ReadAllText(path);
        int place = text.IndexOf(written, StringComparison.Ordinal);
        Assert.True(place >= 0, $"'{written}' does not stand in {file}.");
        File.WriteAllText(path, text[..place] + damage + text[(place + written.Length)..]);
        Assert.Contains(message, Assert.Throws<InputException>(() => EffectiveCard.Of(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frequencies.csv")]
    [InlineData("iterations.csv")]
    [InlineData("effective.json")]
    public void A_missing_or_an_empty_file_is_named(string file)
    {
        File.WriteAllText(_folder.File(file), "");
        Assert.Contains(file, Assert.Throws<InputException>(() => EffectiveCard.Of(_folder.Path)).Message, StringComparison.Ordinal);
        File.Delete(_folder.File(file));
        Assert.Contains($"{file}: no such file", Assert.Throws<InputException>(() => EffectiveCard.Of(_folder.Path)).Message, StringComparison.Ordinal);
    }
}
