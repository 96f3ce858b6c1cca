using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Files;

namespace Phonograph.Labelling.Cp2k;

/// <summary>CP2K's own molecular dynamics: one process for a segment, which carries its wave function from step to step.</summary>
public sealed partial class Cp2kEngine
{
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    /// <remarks>A route that needs runs of its own before it cannot serve within a trajectory.</remarks>
    public int DynamicsRungCount(string level) => DynamicsRoutes(level).Length;

    /// <inheritdoc/>
    public async Task<LabelFailure?> MoveAsync(DynamicsRequest request, Action<DynamicsFrame> onFrame, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(onFrame);
        Cp2kLevel level = AtGamma(request.Level);
        level.CheckElements(request.Reference.Elements);
        if (Probe() is not { IsInstalled: true, Path: { } path })
        {
            return new LabelFailure("refused", $"CP2K is not installed: {HowToGet}");
        }

        string output = Path.Combine(request.Folder, Cp2kInput.EnergyFile);
        await File.WriteAllTextAsync(
            Path.Combine(request.Folder, InputFile), Cp2kDynamicsInput.Write(request, level, DynamicsRoutes(request.Level)[request.Rung].Final), cancellation);
        var frames = new Cp2kFrames(request);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<ProgramResult> run = ProgramRunner.RunAsync(Program(path, new EngineRequest(request.Reference, request.Level, request.Rung, request.Folder, request.Threads)), stop.Token);
        try
        {
            while (!run.IsCompleted && frames.Unconverged is null)
            {
                await Task.WhenAny(run, Task.Delay(WatchPeriod, CancellationToken.None));
                Hand(frames, onFrame);
            }

            if (frames.Unconverged is { } unconverged)
            {
                // CP2K 2023 walks on with wrong forces: it is ended below.
                return unconverged;
            }

            ProgramResult result = await run;
            Hand(frames, onFrame);
            return frames.Unconverged ?? await WhyEndedAsync(result, output, cancellation) ?? frames.Missing();
        }
        catch (FormatException error)
        {
            return new LabelFailure("unreadable-output", error.Message);
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DynamicsFrame> Recover(DynamicsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var recovered = new List<DynamicsFrame>();
        try
        {
            Hand(new Cp2kFrames(request), recovered.Add);
        }
        catch (FormatException)
        {
            // What stands before the damage is good.
        }

        return recovered;
    }

    private static void Hand(Cp2kFrames frames, Action<DynamicsFrame> onFrame)
    {
        while (frames.Next() is { } frame)
        {
            onFrame(frame);
        }
    }

    /// <summary>A built-in level without a mesh: trajectories know no other.</summary>
    private static Cp2kLevel AtGamma(string level)
    {
        (Cp2kLevel found, KPointMesh mesh) = Find(level);
        return mesh == KPointMesh.Gamma ? found : throw new InputException($"cp2k moves atoms at Γ only, not at '{level}'. Take '{found.Name}' with a larger cell.");
    }

    private static ImmutableArray<ScfRoute> DynamicsRoutes(string level) => [.. AtGamma(level).Ladder.Where(route => route.Seeds.IsEmpty)];
}
