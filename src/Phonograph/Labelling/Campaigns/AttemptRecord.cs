using System.Text.Json;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.Campaigns;

/// <summary>What one attempt at a job gave, as kept in <c>result.json</c>; numbers with every digit.</summary>
/// <param name="Job">Hash that identifies the computation (<see cref="JobKey"/>).</param>
/// <param name="Frame">Identity of the first frame that asked for it.</param>
/// <param name="Engine">Name of the engine.</param>
/// <param name="EngineVersion">Version as the engine states it.</param>
/// <param name="Level">Level of theory.</param>
/// <param name="Rung">Rung of the recovery ladder.</param>
/// <param name="WallSeconds">Wall time, s, without pauses.</param>
/// <param name="Outcome">Label or failure.</param>
public sealed record AttemptRecord(
    string Job, string Frame, string Engine, string EngineVersion, string Level, int Rung, double WallSeconds, LabelOutcome Outcome)
{
    /// <summary>Name of the file in an attempt's folder.</summary>
    public const string FileName = "result.json";

    /// <summary>Version of this program that made it; empty in records made before it was kept.</summary>
    public string ProgramVersion { get; init; } = "";

    /// <summary>Machine it ran on; empty in records made before it was kept.</summary>
    public string Host { get; init; } = "";

    /// <summary>Writes the record into an attempt's folder.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string folder)
    {
        var label = Outcome as Label;
        var failure = Outcome as LabelFailure;
        var document = new AttemptDocument
        {
            Job = Job,
            Frame = Frame,
            Engine = Engine,
            EngineVersion = EngineVersion,
            Level = Level,
            Rung = Rung,
            WallSeconds = WallSeconds,
            ProgramVersion = ProgramVersion.Length > 0 ? ProgramVersion : null,
            Host = Host.Length > 0 ? Host : null,
            Energy = label?.EnergyElectronvolt,
            Forces = label?.Forces.SelectMany(force => new[] { force.X, force.Y, force.Z }).ToArray(),
            Stress = label is null ? null : [.. Enumerable.Range(0, 9).Select(index => label.Stress[index / 3, index % 3])],
            ValenceBandMaximum = label?.BandEdges.ValenceBandMaximumElectronvolt,
            ConductionBandMinimum = label?.BandEdges.ConductionBandMinimumElectronvolt,
            EigenvalueReference = label?.BandEdges.Reference,
            Metallic = label?.BandEdges.IsMetallic,
            Volume = label?.VolumeCubicAngstrom,
            Reason = failure?.Reason,
            Detail = failure?.Detail,
        };
        AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(document, CampaignJson.Default.AttemptDocument) + "\n");
    }

    /// <summary>Reads the record of an attempt's folder.</summary>
    /// <exception cref="InputException">The file is missing or is not such a record.</exception>
    public static AttemptRecord Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            AttemptDocument document = JsonSerializer.Deserialize(File.ReadAllText(path), CampaignJson.Default.AttemptDocument) ?? throw new JsonException("It is empty.");
            return new AttemptRecord(
                document.Job, document.Frame, document.Engine, document.EngineVersion, document.Level, document.Rung, document.WallSeconds, Outcomes(document))
            {
                ProgramVersion = document.ProgramVersion ?? "",
                Host = document.Host ?? "",
            };
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or DirectoryNotFoundException or InvalidOperationException)
        {
            throw new InputException($"{path}: not a complete record of an attempt ({error.Message})", error);
        }
    }

    private static LabelOutcome Outcomes(AttemptDocument document)
    {
        if (document.Reason is { } reason)
        {
            return new LabelFailure(reason, document.Detail ?? "");
        }

        double[] forces = document.Forces!;
        double[] stress = document.Stress!;
        if (forces is null || forces.Length % 3 != 0 || stress is not { Length: 9 })
        {
            throw new InvalidOperationException("Forces or stress are missing.");
        }

        return new Label(
            document.Energy!.Value,
            [.. Enumerable.Range(0, forces.Length / 3).Select(atom => new Vector3D(forces[3 * atom], forces[(3 * atom) + 1], forces[(3 * atom) + 2]))],
            new Matrix3x3(new(stress[0], stress[1], stress[2]), new(stress[3], stress[4], stress[5]), new(stress[6], stress[7], stress[8])),
            new BandEdges(document.ValenceBandMaximum!.Value, document.ConductionBandMinimum!.Value, document.EigenvalueReference!, document.Metallic!.Value),
            document.Volume!.Value);
    }
}
