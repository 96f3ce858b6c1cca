using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Dynamics;

/// <summary>What a molecular dynamics run is.</summary>
/// <param name="Level">Level of theory of the engine.</param>
/// <param name="TemperatureKelvin">Temperature of the first velocities and of the thermostat, K.</param>
/// <param name="Steps">Number of time steps.</param>
/// <param name="Seed">Seed of velocities and thermostat; runs of one seed differ by their number.</param>
public sealed record DynamicsOptions(string Level, double TemperatureKelvin, int Steps, ulong Seed)
{
    /// <summary>Time step, fs.</summary>
    public double TimeStepFemtosecond { get; init; } = 2;

    /// <summary>Relaxation time of the thermostat, fs; null for constant energy.</summary>
    public double? ThermostatTimeFemtosecond { get; init; } = 50;

    /// <summary>Threads of the engine for one run.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Time after which a step counts as failed, on the wall; its engine is ended.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Refuses numbers that make no run.</summary>
    /// <exception cref="InputException">A number is out of range.</exception>
    public void Check()
    {
        Positive(TemperatureKelvin, "temperature", "K");
        Positive(TimeStepFemtosecond, "time step", "fs");
        Positive(ThermostatTimeFemtosecond ?? 1, "relaxation time of the thermostat", "fs");
        Positive(StepTimeout.TotalMinutes, "time that a step may take", "minutes");
        if (Steps < 1 || Threads < 1)
        {
            throw new InputException($"{Steps} steps with {Threads} threads: both must be at least 1.");
        }
    }

    private static void Positive(double value, string what, string unit)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            throw new InputException($"The {what} is {value.ToString(CultureInfo.InvariantCulture)} {unit}; expected a positive number.");
        }
    }
}
