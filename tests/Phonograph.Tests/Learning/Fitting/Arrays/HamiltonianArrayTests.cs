using System.Collections.Immutable;
using Phonograph.Execution.Arrays;
using Phonograph.Execution.Slurm;
using Phonograph.Files;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Fitting.Arrays;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Training;
using Phonograph.Testing;
using Phonograph.Tests.Learning.Hamiltonians;

namespace Phonograph.Tests.Learning.Fitting.Arrays;

/// <summary>Hamiltonians through job arrays, beside networks.</summary>
public sealed class HamiltonianArrayTests : IDisposable
{
    private static readonly HamiltonianOptions Options = new() { Orbitals = OrbitalChoice.Frontier, CutoffAngstrom = HamiltonianCells.Cutoff, RadialFunctions = 4, Passes = 2, Starts = 1 };
    private static readonly HamiltonianData Data = HamiltonianCells.Data(HamiltonianCells.Teacher(8), 6, 3);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Models_of_both_kinds_are_those_learnt_here_to_the_last_bit()
    {
        ImmutableArray<HamiltonianRequest> hamiltonians = [.. Enumerable.Range(1, 3).Select(seed => Request(Options with { Seed = (ulong)seed }))];
        var network = new FitRequest("network", SyntheticCells.Data(training: 14, validation: 4), new TrainingOptions { Hidden = 8, Epochs = 3, BatchSize = 8 }, []);
        ModelRequest[] requests = [.. hamiltonians, network];
        var scheduler = new ScriptedFits(requests) { Fate = (fit, before) => before == 0 && fit == hamiltonians[0].Fingerprint() ? "NODE_FAIL?" : "COMPLETED" };
        await Run(requests, scheduler);
        Assert.Equal(2, scheduler.Scripts.Count);

        string[] learnt = [.. HamiltonianSchedule.Run(hamiltonians, new HamiltonianCache(_folder.File("here")), model => model.Provenance.Fingerprint, cancellation: TestContext.Current.CancellationToken)];
        Assert.Equal(hamiltonians.Select(request => request.Fingerprint()), learnt);
        new FitCache(_folder.File("here")).Fit(network);
        Assert.Equal(Files("here"), Files("models"));
        Assert.Equal(requests.Length, Files("here").Count);
    }

    [Fact]
    public async Task One_that_cannot_be_learnt_is_settled_with_its_reason_and_the_others_are_learnt()
    {
        // Bonds are longer than this cutoff.
        HamiltonianRequest impossible = Request(Options with { CutoffAngstrom = 1.5 }), possible = Request(Options);
        await Run([impossible, possible], new ScriptedFits([impossible, possible]));
        Assert.Equal([impossible.Fingerprint() + ".refusal", possible.Fingerprint() + ".safetensors"], Files("models").Select(file => file.Name).OrderBy(Path.GetExtension, StringComparer.Ordinal));
        InputException here = Assert.Throws<InputException>(() => HamiltonianTrainer.Train(impossible.Data, impossible.Options, cancellation: TestContext.Current.CancellationToken));
        InputException read = Assert.Throws<InputException>(() => new HamiltonianCache(_folder.File("models")).Get(impossible.Data, impossible.Options, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(here.Message, read.Message);

        // Nothing is left to submit.
        var again = new ScriptedFits([impossible, possible]);
        await Run([impossible, possible], again);
        Assert.Empty(again.Scripts);
        Assert.Equal(0, FitArrays.Plan([impossible, possible], _folder.File("models"), Execution(again)).Missing);
    }

    private static HamiltonianRequest Request(HamiltonianOptions options) => new("hamiltonian", Data, options);

    private static ArrayExecution Execution(IArrayScheduler scheduler) => new(
        new SlurmCluster { Time = TimeSpan.FromMinutes(10), MemoryMebibytes = 100, FitsPerTask = 2, Poll = TimeSpan.FromMilliseconds(1) }, scheduler, "phonograph study --fits");

    private Task Run(IReadOnlyList<ModelRequest> requests, ScriptedFits scheduler) =>
        FitArrays.RunAsync(requests, _folder.File("models"), Execution(scheduler), cancellation: TestContext.Current.CancellationToken);

    private List<(string Name, string Bytes)> Files(string folder) =>
        [.. Directory.GetFiles(_folder.File(folder)).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), Convert.ToHexString(File.ReadAllBytes(file))))];
}
