using Phonograph.Labelling;

namespace Phonograph.Tests.Dynamics;

/// <summary>An engine that moves the atoms itself along known frames and hangs after some steps of every segment.</summary>
/// <param name="frames">The frames from step 0.</param>
/// <param name="steps">Steps before it hangs.</param>
internal sealed class HangingMover(DynamicsFrame[] frames, int steps) : IMolecularDynamicsEngine
{
    public string Name => "hanging";

    public IReadOnlyList<string> Levels { get; } = ["harmonic"];

    public bool IsModel => true;

    public int RungCount(string level) => 2;

    public int DynamicsRungCount(string level) => 2;

    public EngineAvailability Probe() => new(true, "1", null, "write it");

    public Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation) => throw new NotSupportedException();

    public async Task<LabelFailure?> MoveAsync(DynamicsRequest request, Action<DynamicsFrame> onFrame, CancellationToken cancellation)
    {
        foreach (DynamicsFrame frame in frames.Skip(request.FirstStep).Take(steps))
        {
            onFrame(frame);
        }

        if (request.FirstStep + steps <= request.LastStep)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        return null;
    }

    public IReadOnlyList<DynamicsFrame> Recover(DynamicsRequest request) => [];
}
