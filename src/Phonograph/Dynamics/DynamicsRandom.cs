using Phonograph.Numerics.Random;

namespace Phonograph.Dynamics;

/// <summary>Random streams of molecular dynamics, apart from those of the draws; each run of a seed has its own.</summary>
internal static class DynamicsRandom
{
    private const ulong Velocities = 0x4D44_0001UL << 32, Thermostat = 0x4D44_0002UL << 32, Engine = 0x4D44_0003UL << 32;

    internal static Philox ForVelocities(ulong seed, int run) => new(seed, Velocities | (uint)run);

    /// <summary>The numbers of one step's thermostat, which do not depend on where the run was interrupted.</summary>
    internal static Philox ForThermostat(ulong seed, int run, int step, int degreesOfFreedom) =>
        new(seed, Thermostat | (uint)run, (ulong)step * (ulong)((degreesOfFreedom + 1) / 2));

    /// <summary>A seed for an engine's own random numbers from a step on.</summary>
    internal static int EngineSeed(ulong seed, int run, int firstStep) => new Philox(seed, Engine | (uint)run, (ulong)firstStep).NextInt32(int.MaxValue - 1) + 1;
}
