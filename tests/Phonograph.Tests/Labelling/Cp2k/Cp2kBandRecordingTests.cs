using System.Collections.Immutable;
using Phonograph.Labelling;
using Phonograph.Labelling.Cp2k;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Bands and shares of shells read from recorded runs, whole and damaged.</summary>
public sealed class Cp2kBandRecordingTests
{
    private static readonly ImmutableArray<Vector3D> Points = [Vector3D.Zero, new(0.5, 0, 0), new(0.5, 0.5, 0)];
    private static readonly string Bands = Repository.PathOf("tests", "reference", "cp2k", "ag3sbr-pbesol-bands"), Shells = Repository.PathOf("tests", "reference", "cp2k", "ag3sbr-pbesol-shells");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_recorded_outputs_answer_the_input_that_is_written_today(bool isBands)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        string folder = isBands ? Bands : Shells;
        using var program = new FakeCp2k(Directory.CreateDirectory(folder).FullName);
        await AskAsync(program, isBands);
        string path = Path.Combine(folder, "job.inp"), written = Assert.Single(program.Inputs);
        if (Environment.GetEnvironmentVariable("PHONOGRAPH_ACCEPT") == "1")
        {
            File.WriteAllText(path, written);
        }

        Assert.Equal(File.ReadAllText(path), written);
    }

    [Fact]
    public async Task Bands_are_those_of_the_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Bands);
        ElectronicStates states = Assert.IsType<ElectronicStates>(await AskAsync(program, isBands: true));

        // 3 × 11 + 6 + 7 valence electrons of the pseudopotentials in pairs.
        Assert.Equal(23, states.Occupied);
        Assert.Equal(Points, states.PointsFractional);
        Assert.All(states.EnergiesElectronvolt, levels => Assert.Equal(levels.Order(), levels));
        string[] lines = File.ReadAllLines(Path.Combine(Bands, "job.bs"));
        double[] written = [.. lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(written, states.EnergiesElectronvolt.SelectMany(levels => levels));
    }

    [Fact]
    public async Task Shares_of_every_state_add_up_to_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Shells);
        ElectronicStates states = Assert.IsType<ElectronicStates>(await AskAsync(program, isBands: false));
        Assert.Equal(23, states.Occupied);
        string[] shells = [.. states.Shells.Select(shell => shell.ToString())];
        Assert.Equal(["Ag s", "Ag p", "Ag d", "Ag f", "S s", "S p", "S d", "Br s", "Br p", "Br d"], shells);
        Assert.All(states.Shares[0], shares => Assert.Equal(1, shares.Sum(), 0.02));
        Assert.Equal(states.EnergiesElectronvolt[0].Order(), states.EnergiesElectronvolt[0]);

        // The conduction band minimum at Γ is made of s of silver and sulphur.
        ImmutableArray<double> edge = states.Shares[0][states.Occupied];
        Assert.True(edge[Array.IndexOf(shells, "Ag s")] + edge[Array.IndexOf(shells, "S s")] > 0.5);
    }

    [Theory]
    [InlineData("job.bs", 0.3)]
    [InlineData("job.bs", 0.7)]
    [InlineData("job-k2-1.pdos", 0.5)]
    public async Task A_file_cut_short_is_a_failure_with_a_reason(string file, double share)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        bool isBands = file == "job.bs";
        using var program = new FakeCp2k(isBands ? Bands : Shells);
        string path = Path.Combine(program.Answers, file), text = File.ReadAllText(path);
        File.WriteAllText(path, text[..(int)(share * text.Length)]);
        Assert.Equal("unreadable-output", Assert.IsType<NoStates>(await AskAsync(program, isBands)).Failure.Reason);
    }

    private static async Task<StatesOutcome> AskAsync(FakeCp2k program, bool isBands)
    {
        using var folder = new TemporaryFolder();
        var engine = new Cp2kEngine(program: program.ProgramPath);
        var request = new EngineRequest(TestCrystals.SilverSulphideBromide, isBands ? "pbesol/k2x2x2" : "pbesol", 0, folder.Path, 1);
        return isBands ? await engine.StatesAsync(request, Points, TestContext.Current.CancellationToken) : await engine.ProjectAsync(request, TestContext.Current.CancellationToken);
    }
}
