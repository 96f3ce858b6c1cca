using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.Cp2k;

/// <content>Eigenvalues at wave vectors, and states at Γ by shells.</content>
public sealed partial class Cp2kEngine : IBandStructureEngine
{
    /// <inheritdoc/>
    /// <remarks>Built-in levels only. The plain way to convergence, without the recovery ladder: crystals at rest converge.</remarks>
    public Task<StatesOutcome> StatesAsync(EngineRequest request, ImmutableArray<Vector3D> pointsFractional, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RunStatesAsync(request, pointsFractional, folder => Cp2kBandFile.Read(File.ReadAllLines(Path.Combine(folder, Cp2kBandInput.BandFile)), pointsFractional), cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>CP2K 2023.1 takes states apart at Γ only, and not at the GFN1-xTB levels.</remarks>
    public Task<StatesOutcome> ProjectAsync(EngineRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        (Cp2kLevel level, KPointMesh mesh) = Find(request.Level);
        return mesh != KPointMesh.Gamma || level.Name.StartsWith("gfn", StringComparison.Ordinal)
            ? throw new InputException($"cp2k takes states apart into shells at Γ of density functional levels; found '{request.Level}'. Choose pbesol, and a supercell that holds the wave vectors.")
            : RunStatesAsync(request, null, folder => Cp2kBandFile.ReadShares([.. Directory.GetFiles(folder, "*.pdos").Order(StringComparer.Ordinal).Select(File.ReadAllLines)]), cancellation);
    }

    private async Task<StatesOutcome> RunStatesAsync(EngineRequest request, ImmutableArray<Vector3D>? points, Func<string, ElectronicStates> read, CancellationToken cancellation)
    {
        Check(request.Crystal, request.Level);
        (Cp2kLevel level, KPointMesh mesh) = Find(request.Level);
        if (Probe() is not { IsInstalled: true, Path: { } path })
        {
            return new NoStates(new LabelFailure("refused", $"CP2K is not installed: {HowToGet}"));
        }

        string output = Path.Combine(request.Folder, Cp2kInput.EnergyFile);
        string input = Cp2kBandInput.Write(request.Crystal, level, mesh, Ladder(request.Level)[request.Rung].Final, points);
        await File.WriteAllTextAsync(Path.Combine(request.Folder, InputFile), input, cancellation);
        ProgramResult result = await ProgramRunner.RunAsync(Program(path, request), cancellation);
        if (await WhyEndedAsync(result, output, cancellation) is { } failure)
        {
            return new NoStates(failure);
        }

        string[] lines = await File.ReadAllLinesAsync(output, cancellation);
        if (Cp2kOutput.Problem(lines) is { } problem)
        {
            return new NoStates(problem);
        }

        try
        {
            return read(request.Folder);
        }
        catch (Exception error) when (error is FormatException or IOException or IndexOutOfRangeException)
        {
            return new NoStates(new LabelFailure("unreadable-output", error.Message));
        }
    }
}
