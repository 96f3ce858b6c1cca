using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

public sealed class Cp2kAvailabilityTests
{
    [Theory]
    [InlineData("CP2K version 2023.1", "2023.1")]
    [InlineData("CP2K version 2024.2 (Development Version)", "2024.2 (Development Version)")]
    public void The_version_is_what_the_program_says(string said, string version)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Cp2kRecording.Insulator.Folder, version: said);
        Assert.Equal(new EngineAvailability(true, version, program.ProgramPath, "apt-get install -y cp2k cp2k-data libopenblas0-pthread"), new Cp2kEngine(program: program.ProgramPath).Probe());
    }

    [Fact]
    public void A_program_that_is_not_there_is_named_with_the_command_that_installs_it()
    {
        EngineAvailability found = new Cp2kEngine(program: "/nowhere/cp2k.psmp").Probe();
        Assert.Equal((false, null, null), (found.IsInstalled, found.Version, found.Path));
        Assert.Contains("'/nowhere/cp2k.psmp'", found.HowToGet, StringComparison.Ordinal);
        Assert.Contains(Cp2kEngine.PathVariable, found.HowToGet, StringComparison.Ordinal);
        Assert.Contains("apt-get install -y cp2k cp2k-data", found.HowToGet, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_does_not_call_itself_CP2K_is_not_CP2K()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Cp2kRecording.Insulator.Folder, version: "VASP 6");
        EngineAvailability found = new Cp2kEngine(program: program.ProgramPath).Probe();
        Assert.False(found.IsInstalled);
        Assert.Contains("said: VASP 6", found.HowToGet, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        Assert.False(new Cp2kEngine(program: folder.Write("cp2k.psmp", "this file may not be executed")).Probe().IsInstalled);
    }

    [Fact]
    public void A_program_that_fills_its_error_stream_does_not_hang_the_question()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Cp2kRecording.Insulator.Folder, version: "CP2K version 1\"; seq 1 100000 >&2; echo \"");
        Assert.Equal("1", new Cp2kEngine(program: program.ProgramPath).Probe().Version);
    }

    [Fact]
    public void A_path_with_a_folder_in_it_counts_from_the_current_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Cp2kRecording.Insulator.Folder);
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, program.ProgramPath);
        Assert.Equal(program.ProgramPath, new Cp2kEngine(program: relative).Probe().Path);
    }

    /// <summary>Open MPI's isolated ranks share one session folder unless told to make none: one that ends took it from one that begins.</summary>
    [Fact]
    [Trait("Category", InstalledCp2k.Category)]
    public async Task Programs_that_begin_and_end_side_by_side_leave_each_other_alone()
    {
        string path = InstalledCp2k.Engine.Probe().Path!;
        IEnumerable<Task<bool[]>> askers = Enumerable.Range(0, 6).Select(_ => Task.Factory.StartNew(
            () => Enumerable.Range(0, 20).Select(_ => new Cp2kEngine(program: path).Probe().IsInstalled).ToArray(),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Assert.All((await Task.WhenAll(askers)).SelectMany(answers => answers), Assert.True);
    }

    [Fact]
    public async Task Without_the_program_a_computation_is_refused()
    {
        using var folder = new TemporaryFolder();
        LabelOutcome outcome = await new Cp2kEngine(program: "/nowhere/cp2k.psmp").ComputeAsync(
            new EngineRequest(Cp2kCrystals.Shaken, "gfn1-xtb", 0, folder.Path, 1), TestContext.Current.CancellationToken);
        Assert.Equal("refused", Assert.IsType<LabelFailure>(outcome).Reason);
    }

    [Fact]
    public async Task An_unknown_level_is_an_error_of_the_input_that_names_those_that_exist()
    {
        InputException error = await Assert.ThrowsAsync<InputException>(() => (Cp2kRecording.Insulator with { Level = "hsesol" }).ReadAsync());
        Assert.Contains("gfn1-xtb, gfn1-xtb-halogen, pbesol, pbesol-tight", error.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new Cp2kEngine().RungCount("hsesol"));
    }

    [Fact]
    public async Task An_element_without_parameters_is_an_error_of_the_input()
    {
        Crystal uranium = Cp2kCrystals.Of(Lattice.Cubic(5), "U O", [new(0, 0, 0), new(0.5, 0.5, 0.5)]);
        InputException error = await Assert.ThrowsAsync<InputException>(() => (Cp2kRecording.Insulator with { Crystal = uranium }).ReadAsync());
        Assert.Contains("gfn1-xtb has no parameters for U", error.Message, StringComparison.Ordinal);
        Crystal radon = Cp2kCrystals.Of(Lattice.Cubic(5), "Rn", [new(0, 0, 0)]);
        Assert.IsNotType<InputException>(await Record.ExceptionAsync(() => (Cp2kRecording.Insulator with { Crystal = radon }).ReadAsync()));
    }
}
