using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling;

/// <summary>Templates and meshes as levels, without any program.</summary>
public sealed class EngineTemplateTests : IDisposable
{
    private const string Whole = """
        &FORCE_EVAL
          {{output}}
          &DFT
            {{states}}
          &END DFT
          &SUBSYS
            {{cell}}
            {{atoms}}
          &END SUBSYS
        &END FORCE_EVAL
        """;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("cell", "in &SUBSYS")]
    [InlineData("atoms", "in &SUBSYS")]
    [InlineData("output", "in &FORCE_EVAL")]
    [InlineData("states", "in &DFT")]
    public void A_missing_placeholder_is_refused_with_the_place_it_belongs_in(string name, string place)
    {
        string message = Refused(Whole.Replace($"{{{{{name}}}}}", "", StringComparison.Ordinal));
        Assert.Contains($"no placeholder {{{{{name}}}}}", message, StringComparison.Ordinal);
        Assert.Contains(place, message, StringComparison.Ordinal);
        Assert.Contains("own.inp", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_placeholder_is_refused_with_its_line() => Assert.Contains(
        "own.inp, line 5: found {{stats}}", Refused(Whole.Replace("{{states}}", "{{states}}\n{{stats}}", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_placeholder_that_stands_twice_is_refused() => Assert.Contains("more than once", Refused(Whole + "\n{{cell}}"), StringComparison.Ordinal);

    [Fact]
    public void A_changed_template_is_another_level_and_the_old_name_is_refused()
    {
        string first = Find(null, Whole).Level;
        Assert.Equal(first, Find(first, Whole).Level);
        Assert.Contains("A changed template is another level", Assert.Throws<InputException>(() => Find(first, Whole + "\n! remark")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_pseudopotential_is_another_level()
    {
        string Level(string contents)
        {
            _folder.Write("Si.upf", contents);
            string text = $"&CONTROL\n pseudo_dir = '{_folder.Path}'\n{{{{output}}}}\n/\nATOMIC_SPECIES\nSi 28.0 Si.upf\n{{{{cell}}}}\n{{{{atoms}}}}\n";
            return ElectronicStructureEngines.Find("espresso", null, EngineTemplate.Read(_folder.Write("own.in", text))).Level;
        }

        Assert.Equal(Level("one"), Level("one"));
        Assert.NotEqual(Level("one"), Level("other"));
    }

    [Fact]
    public void A_pseudopotential_that_is_not_there_is_refused_by_name()
    {
        string text = $"&CONTROL\n pseudo_dir = '{_folder.Path}'\n{{{{output}}}}\n/\nATOMIC_SPECIES\nSi 28.0 Missing.upf\n{{{{cell}}}}\n{{{{atoms}}}}\n";
        Assert.Contains(
            "Missing.upf", Assert.Throws<InputException>(() => ElectronicStructureEngines.Find("espresso", null, EngineTemplate.Read(_folder.Write("own.in", text)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cp2k", "pbesol/k2x3x4")]
    [InlineData("espresso", "lda/k2x2x2")]
    public void A_level_may_end_in_a_mesh(string engine, string level)
    {
        (IElectronicStructureEngine found, string name) = ElectronicStructureEngines.Find(engine, level, null);
        Assert.Equal(level, name);
        Assert.Contains(level, found.Levels);
        Assert.True(found.RungCount(level) > 1);
    }

    [Theory]
    [InlineData("cp2k", "pbesol/k1x1x1", "Leave the ending out")]
    [InlineData("cp2k", "pbesol/k0x1x1", "no level")]
    [InlineData("cp2k", "pbesol/k2x2", "no level")]
    [InlineData("espresso", "pbe/k2x2x2", "no level")]
    public void Another_ending_is_refused(string engine, string level, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => ElectronicStructureEngines.Find(engine, level, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_model_takes_no_template() => Assert.Contains(
        "takes no template", Assert.Throws<InputException>(() => ElectronicStructureEngines.Find("tight-binding", null, EngineTemplate.Read(_folder.Write("own.inp", Whole)))).Message, StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string Refused(string text) => Assert.Throws<InputException>(() => Find(null, text)).Message;

    private (IElectronicStructureEngine Engine, string Level) Find(string? level, string text) =>
        ElectronicStructureEngines.Find("cp2k", level, EngineTemplate.Read(_folder.Write("own.inp", text)));
}
