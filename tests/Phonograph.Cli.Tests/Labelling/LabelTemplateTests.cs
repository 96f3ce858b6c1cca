using Phonograph.Crystals.Formats;
using Phonograph.Labelling.Campaigns;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Labelling;

/// <summary>Campaigns whose level is a template of the user's own.</summary>
public sealed class LabelTemplateTests : IDisposable
{
    private const string Input = """
        &GLOBAL
          PROJECT job
          RUN_TYPE ENERGY_FORCE
        &END GLOBAL
        &FORCE_EVAL
          STRESS_TENSOR ANALYTICAL
          &DFT
            &SCF
              {{convergence}}
            &END SCF
            {{states}}
          &END DFT
          {{output}}
          &SUBSYS
            {{cell}}
            {{atoms}}
          &END SUBSYS
        &END FORCE_EVAL
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_campaign_keeps_its_template_and_its_labels_name_the_hash()
    {
        using FakeCp2k program = RecordedEngine.Create();
        RecordedEngine.WriteCells(_folder, 2);
        _folder.Write("own.inp", Input);
        Run(program, "label cells.xyz --template own.inp --campaign run --limit 1 --quiet");
        File.Delete(_folder.File("own.inp"));
        Run(program, "label cells.xyz --campaign run --export labelled.xyz --quiet");
        string level = CampaignFolder.Open(_folder.File("run")).Level;
        Assert.Matches("^own.inp@[0-9a-f]{16}$", level);
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(_folder.File("labelled.xyz"))];
        Assert.Equal([level, level], frames.Select(frame => frame.Info["level"]));
        Assert.All(program.Inputs, input => Assert.DoesNotContain("{{", input, StringComparison.Ordinal));
        Assert.All(program.Inputs, input => Assert.Contains("FILENAME =job.forces", input, StringComparison.Ordinal));
        Run(program, "label --status run");
        _folder.Write("own.inp", Input + "\n! changed");
        PhonographProgram.Answer mixed = PhonographProgram.Run(_folder.Path, "label cells.xyz --template own.inp --campaign run", [RecordedEngine.Use(program)]);
        Assert.Equal(2, mixed.ExitCode);
        Assert.Contains("never mixed", mixed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_for_VASP_hold_all_but_the_licensed_file_and_one_species_only_once()
    {
        _folder.Write("cells.xyz", "3\nLattice=\"4 0 0 0 4 0 0 0 5\" Properties=species:S:1:pos:R:3 id=first scheme=phonon pbc=\"T T T\"\nAg 0 0 0\nBr 2 2 2\nAg 0 0 2.5\n");
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, "label cells.xyz --engine vasp --level pbesol/k3x3x2 --write runs");
        Assert.True(answer.ExitCode == 0, answer.Errors);
        string[] poscar = File.ReadAllLines(_folder.File("runs/00001/POSCAR"));
        Assert.Equal(("first", "Ag Br", "2 1"), (poscar[0], poscar[5], poscar[6]));
        Assert.Equal("3 3 2", File.ReadAllLines(_folder.File("runs/00001/KPOINTS"))[3]);
        Assert.Contains("ISIF = 2", File.ReadAllText(_folder.File("runs/00001/INCAR")), StringComparison.Ordinal);
        Assert.EndsWith("Ag\nBr\n", File.ReadAllText(_folder.File("runs/00001/POTCAR.recipe")), StringComparison.Ordinal);
        Assert.Equal(["1,1,Ag", "2,3,Ag", "3,2,Br"], File.ReadAllLines(_folder.File("runs/00001/order.csv"))[1..]);
        Assert.Contains("00001,first", File.ReadAllText(_folder.File("runs/configurations.csv")), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("runs/00001/POTCAR")));
        PhonographProgram.Answer again = PhonographProgram.Run(_folder.Path, "label cells.xyz --engine vasp --write runs");
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("new or empty folder", again.Errors, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void Run(FakeCp2k program, string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command, [RecordedEngine.Use(program)]);
        Assert.True(answer.ExitCode == 0, answer.Errors);
    }
}
