using System.Text.Json;
using Phonograph.Crystals.Formats;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Labelling;

/// <summary>Results of VASP become labelled configurations that the rest of the program reads.</summary>
public sealed class LabelResultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Results_are_assigned_to_the_configurations_they_were_made_from()
    {
        _folder.Write("cells.xyz", Cell("low", 0.5) + Cell("high", 0.53) + Cell("missing", 0.55));
        _folder.Write("b.xml", Result(0.53, gap: 1.5));
        _folder.Write("a.xml", Result(0.5, gap: 2));
        using var answer = JsonDocument.Parse(Run("label cells.xyz --results b.xml a.xml --level pbesol-520eV --export labelled.xyz.gz --json"));
        Assert.Equal((2, 1), (answer.RootElement.GetProperty("labelled").GetInt32(), answer.RootElement.GetProperty("without_label").GetInt32()));
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(_folder.File("labelled.xyz.gz"))];
        Assert.Equal([("low", "2"), ("high", "1.5")], frames.Select(frame => (frame.Info["id"], frame.Info["band_gap_eV"])));
        Assert.Contains("missing,phonon,300,,pending", File.ReadAllText(_folder.File("failures.csv")), StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static string Cell(string id, double place) => FormattableString.Invariant(
        $"2\nLattice=\"4 0 0 0 4 0 0 0 4\" Properties=species:S:1:pos:R:3 id={id} scheme=phonon temperature_K=300 pbc=\"T T T\"\nAg 0 0 0\nBr 2 2 {4 * place}\n");

    /// <summary>A file of the form that VASP writes, the atoms in the other order.</summary>
    private static string Result(double place, double gap) => FormattableString.Invariant(
        $"""
        <modeling>
         <generator><i name="version" type="string">6.4.2</i></generator>
         <atominfo><array name="atoms"><set><rc><c>Br</c><c>1</c></rc><rc><c>Ag</c><c>2</c></rc></set></array></atominfo>
         <calculation>
          <scstep/>
          <structure><crystal><varray name="basis"><v>4 0 0</v><v>0 4 0</v><v>0 0 4</v></varray></crystal>
           <varray name="positions"><v>0.5 0.5 {place}</v><v>0 0 0</v></varray></structure>
          <varray name="forces"><v>1 0 0</v><v>-1 0 0</v></varray>
          <varray name="stress"><v>1 0 0</v><v>0 1 0</v><v>0 0 1</v></varray>
          <energy><i name="e_0_energy">-5</i></energy>
          <eigenvalues><r>-1 1</r><r>{gap - 1} 0</r></eigenvalues>
         </calculation>
        </modeling>
        """);

    private string Run(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        return answer.Output;
    }
}
