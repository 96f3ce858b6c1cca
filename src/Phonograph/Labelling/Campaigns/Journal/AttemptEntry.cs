using System.Globalization;

namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>What the journal knows of a finished attempt: all of its record but the numbers of the label.</summary>
/// <param name="Folder">Name of its folder in <c>attempts/</c>.</param>
/// <param name="Job">Hash that identifies the computation (<see cref="JobKey"/>).</param>
/// <param name="Rung">Rung of the recovery ladder.</param>
/// <param name="Reason">Why it failed; null for a label.</param>
/// <param name="Detail">What the engine said; null for a label.</param>
/// <param name="IsMetallic">Labelled and flagged metallic.</param>
/// <param name="WallSeconds">Wall time without pauses, s.</param>
/// <param name="EngineVersion">Version as the engine states it.</param>
/// <param name="ProgramVersion">Version of this program that made it; empty when the record does not say.</param>
/// <param name="Host">Machine it ran on; empty when the record does not say.</param>
/// <param name="Bytes">Size of <c>result.json</c>.</param>
/// <param name="Written">When it was written by the file system's clock, ticks (100 ns) of UTC.</param>
public sealed record AttemptEntry(
    string Folder, string Job, int Rung, string? Reason, string? Detail, bool IsMetallic, double WallSeconds,
    string EngineVersion, string ProgramVersion, string Host, long Bytes, long Written)
{
    /// <summary>Whether it gave a label.</summary>
    public bool IsLabel => Reason is null;

    /// <summary>A hash over everything, so that a changed byte in a database that still looks whole is noticed.</summary>
    internal long Digest => Journal.Digest.Of(string.Create(
        CultureInfo.InvariantCulture,
        $"{Folder}\n{Job}\n{Rung}\n{Reason}\n{Detail}\n{IsMetallic}\n{WallSeconds:R}\n{EngineVersion}\n{ProgramVersion}\n{Host}\n{Bytes}\n{Written}"));

    /// <summary>Reads the record in an attempt's folder.</summary>
    /// <exception cref="Files.InputException">It is damaged.</exception>
    public static AttemptEntry Read(string folder) => Of(AttemptRecord.Read(folder), folder);

    /// <summary>The entry of a record that lies in a folder.</summary>
    internal static AttemptEntry Of(AttemptRecord record, string folder)
    {
        var file = new FileInfo(Path.Combine(folder, AttemptRecord.FileName));
        var failure = record.Outcome as LabelFailure;
        return new AttemptEntry(
            Path.GetFileName(folder), record.Job, record.Rung, failure?.Reason, failure?.Detail, record.Outcome is Label { BandEdges.IsMetallic: true }, record.WallSeconds,
            record.EngineVersion, record.ProgramVersion, record.Host, file.Length, file.LastWriteTimeUtc.Ticks);
    }
}
