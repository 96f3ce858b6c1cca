using Phonograph.Labelling;
using Phonograph.Labelling.Cp2k;
using Phonograph.Numerics.Random;
using Phonograph.Testing;
using Phonograph.Units;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Input and reader of molecular dynamics on a recorded run of three steps; tests/reference/cp2k says how it was made.</summary>
public sealed class Cp2kDynamicsRecordingTests : IDisposable
{
    private static readonly string Recorded = Directory.CreateDirectory(Repository.PathOf("tests", "reference", "cp2k", "ag3sbr-gfn1-xtb-dynamics")).FullName;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_recorded_run_answers_the_input_that_is_written_today()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Recorded);
        await new Cp2kEngine(program: program.ProgramPath).MoveAsync(Cp2kDynamicsRequest.From(_folder.Path, 3), _ => { }, TestContext.Current.CancellationToken);
        string path = Path.Combine(Recorded, "job.inp"), written = program.Inputs.Single();
        if (Environment.GetEnvironmentVariable("PHONOGRAPH_ACCEPT") == "1")
        {
            File.WriteAllText(path, written);
        }

        Assert.Equal(File.ReadAllText(path), written);
    }

    [Fact]
    public async Task The_level_is_that_of_the_labels_to_the_letter()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        foreach (string level in new[] { "gfn1-xtb", "pbesol" })
        {
            using var program = new FakeCp2k(Recorded);
            var engine = new Cp2kEngine(program: program.ProgramPath);
            using TemporaryFolder moving = new(), resting = new();
            await engine.MoveAsync(Cp2kDynamicsRequest.From(moving.Path, 3) with { Level = level }, _ => { }, TestContext.Current.CancellationToken);
            await engine.ComputeAsync(new EngineRequest(Cp2kDynamicsRequest.Reference, level, 0, resting.Path, 1), TestContext.Current.CancellationToken);
            Assert.Equal(Electrons(program.Inputs[1]), Electrons(program.Inputs[0]));
        }

        static string Electrons(string input) => input[input.IndexOf("  &DFT", StringComparison.Ordinal)..input.IndexOf("  &END DFT", StringComparison.Ordinal)];
    }

    [Fact]
    public void Frames_agree_with_the_energies_and_temperatures_that_the_program_prints()
    {
        IReadOnlyList<DynamicsFrame> frames = Read(Recorded);
        Assert.Equal([0, 1, 2, 3], frames.Select(frame => frame.Step));
        string[][] printed = [.. File.ReadAllLines(Path.Combine(Recorded, "job-1.ener")).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        foreach ((DynamicsFrame frame, string[] cells) in frames.Zip(printed))
        {
            double Printed(int cell) => double.Parse(cells[cell], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(Printed(2) * PhysicalConstants.HartreeElectronvolt, frame.KineticEnergyElectronvolt(Cp2kDynamicsRequest.Reference), 1e-6);
            Assert.Equal(Printed(3), frame.TemperatureKelvin(Cp2kDynamicsRequest.Reference), 1e-2);
            Assert.Equal(Printed(4) * PhysicalConstants.HartreeElectronvolt, frame.PotentialEnergyElectronvolt, 1e-7);
            Assert.Equal(Printed(5) * PhysicalConstants.HartreeElectronvolt, frame.ConservedEnergyElectronvolt, 1e-7);
        }

        string[] gaps = [.. File.ReadAllLines(Path.Combine(Recorded, "job.states")).Where(line => line.Contains("Band gap", StringComparison.Ordinal))];
        Assert.All(frames.Zip(gaps), pair => Assert.Equal(
            double.Parse(pair.Second.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], System.Globalization.CultureInfo.InvariantCulture), pair.First.GapElectronvolt!.Value, 1e-6));
    }

    [Fact]
    public void Files_that_a_kill_cut_short_anywhere_give_whole_frames_or_none()
    {
        IReadOnlyList<DynamicsFrame> whole = Read(Recorded);
        var random = new Philox(1, 0);
        string[] files = [.. Directory.GetFiles(Recorded, "job*").Where(file => !file.EndsWith(".inp", StringComparison.Ordinal))];
        var counts = new HashSet<int>();
        for (int cut = 0; cut < 200; cut++)
        {
            string place = Directory.CreateDirectory(_folder.File($"cut-{cut}")).FullName;
            string victim = files[cut % files.Length];
            foreach (string file in files)
            {
                byte[] bytes = File.ReadAllBytes(file);
                File.WriteAllBytes(Path.Combine(place, Path.GetFileName(file)), file == victim ? bytes[..random.NextInt32(bytes.Length)] : bytes);
            }

            IReadOnlyList<DynamicsFrame> frames = Read(place);
            counts.Add(frames.Count);
            Assert.All(frames.Zip(whole), pair =>
            {
                Assert.Equal(pair.Second.PotentialEnergyElectronvolt, pair.First.PotentialEnergyElectronvolt);
                Assert.Equal(pair.Second.DisplacementsCartesian.AsEnumerable(), pair.First.DisplacementsCartesian);
                Assert.Equal(pair.Second.VelocitiesCartesian.AsEnumerable(), pair.First.VelocitiesCartesian);
                Assert.Equal(pair.Second.Forces.AsEnumerable(), pair.First.Forces);
            });
        }

        Assert.Equal([0, 1, 2, 3, 4], counts.Order());
    }

    [Fact]
    public async Task Frames_end_before_a_step_that_is_not_self_consistent()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Recorded);

        // The answer itself is changed, because the frames are read while the program writes.
        string output = Path.Combine(program.Answers, "job.out");
        string[] parts = File.ReadAllText(output).Split("SCF run converged");
        File.WriteAllText(output, string.Join("SCF run converged", parts[..3]) + "SCF run NOT converged" + string.Join("SCF run converged", parts[3..]));
        var frames = new List<DynamicsFrame>();
        LabelFailure? failure = await new Cp2kEngine(program: program.ProgramPath).MoveAsync(Cp2kDynamicsRequest.From(_folder.Path, 3), frames.Add, TestContext.Current.CancellationToken);
        Assert.Equal(("not-converged", "Self-consistency not reached at step 2."), (failure!.Reason, failure.Detail));
        Assert.Equal([0, 1], frames.Select(frame => frame.Step));
    }

    [Fact]
    public async Task A_run_that_ends_before_its_last_step_is_a_failure()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Recorded);
        var frames = new List<DynamicsFrame>();
        LabelFailure? failure = await new Cp2kEngine(program: program.ProgramPath).MoveAsync(Cp2kDynamicsRequest.From(_folder.Path, 9), frames.Add, TestContext.Current.CancellationToken);
        Assert.Equal("unreadable-output", failure!.Reason);
        Assert.Equal(4, frames.Count);
    }

    [Fact]
    public async Task A_segment_goes_on_with_the_random_numbers_of_the_one_before_when_they_belong_to_its_first_frame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        IReadOnlyList<DynamicsFrame> frames = Read(Recorded);
        DynamicsRequest before = Cp2kDynamicsRequest.From(Recorded, 3);
        string record = File.ReadAllLines(Path.Combine(Recorded, "job-1.restart")).Single(line => line.StartsWith("Wiener process", StringComparison.Ordinal));
        Assert.Contains(record, await InputAsync(Cp2kDynamicsRequest.After(before, frames[3], _folder.Path)), StringComparison.Ordinal);
        Assert.DoesNotContain("RNG_INIT", await InputAsync(Cp2kDynamicsRequest.After(before, frames[2], _folder.Path)), StringComparison.Ordinal);
    }

    private static async Task<string> InputAsync(DynamicsRequest request)
    {
        using var program = new FakeCp2k(Recorded);
        await new Cp2kEngine(program: program.ProgramPath).MoveAsync(request, _ => { }, TestContext.Current.CancellationToken);
        return program.Inputs.Single();
    }

    private static IReadOnlyList<DynamicsFrame> Read(string folder) => new Cp2kEngine().Recover(Cp2kDynamicsRequest.From(folder, 3));
}
