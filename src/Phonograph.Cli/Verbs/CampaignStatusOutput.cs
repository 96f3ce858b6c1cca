using System.Globalization;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Labelling.Campaigns;

namespace Phonograph.Cli.Verbs;

/// <summary>Where a campaign stands, as text and as JSON.</summary>
internal static class CampaignStatusOutput
{
    internal static void Write(TextWriter writer, CampaignStatus status)
    {
        string state = status.IsPaused ? ", paused" : status.IsCoordinated ? ", running" : "";
        writer.WriteLine($"{status.Engine} {status.EngineVersion}, {status.Level}{state}, {status.InFlight.Length} in flight, {Number(status.MeanWallSeconds)} s per label");
        TextTable.Write(
            writer,
            ["configurations", "all", "labelled", "%", "metallic", "failed", "refused", "pending", "labels by rung"],
            status.Groups.Select(group => new[]
            {
                group.Name,
                Text(group.Configurations),
                Text(group.Labelled),
                (100.0 * group.Labelled / Math.Max(1, group.Configurations)).ToString("0.0", CultureInfo.InvariantCulture),
                Text(group.Metallic),
                Text(group.Failed),
                Text(group.Refused),
                Text(group.Pending),
                string.Join(' ', group.LabelledByRung),
            }));
        StageCounts jobs = status.Jobs;
        writer.WriteLine($"jobs: {jobs.Waiting} waiting, {(status.IsCoordinated ? $"{jobs.Running} running, " : "")}{jobs.Done} done, {jobs.Failed} failed, {jobs.Refused} refused{Rate(status)}");
        if (!status.ArrayTasks.IsEmpty)
        {
            writer.WriteLine($"slurm: {status.ArrayTasks.Waiting} to submit, {status.ArrayTasks.Queued} queued, {status.ArrayTasks.Running} begun by a node; arrays {string.Join(' ', status.ArrayTasks.JobIds)}");
        }

        if (status.Rungs.Length > 0)
        {
            TextTable.Write(
                writer,
                ["rung", "labels", "failures", "mean s", "longest s"],
                status.Rungs.Select(rung => new[] { Text(rung.Rung), Text(rung.Labels), Text(rung.Failures), Number(rung.MeanSeconds), Number(rung.LongestSeconds) }));
        }

        if (status.Reasons.Length > 0)
        {
            TextTable.Write(writer, ["no label because", "jobs", "for example"], status.Reasons.Select(reason => new[] { reason.Reason, Text(reason.Jobs), reason.Example.ReplaceLineEndings(" ") }));
        }

        if (status.InFlight.Length > 0)
        {
            TextTable.Write(writer, ["in flight", "rung", "for s"], status.InFlight.Select(attempt => new[] { attempt.Id, Text(attempt.Rung), Number(attempt.Seconds) }));
        }

        if (status.SetAside > 0)
        {
            writer.WriteLine($"set aside: {status.SetAside} attempts (damaged, or failures that were tried again)");
        }
    }

    internal static JsonObject Json(CampaignStatus status) => new()
    {
        ["engine"] = status.Engine,
        ["engine_version"] = status.EngineVersion,
        ["level"] = status.Level,
        ["is_running"] = status.IsCoordinated,
        ["is_paused"] = status.IsPaused,
        ["in_flight"] = status.InFlight.Length,
        ["mean_wall_s"] = OrNull(status.MeanWallSeconds),
        ["labels_per_hour"] = OrNull(status.LabelsPerHour),
        ["set_aside"] = status.SetAside,
        ["jobs"] = new JsonObject
        {
            ["waiting"] = status.Jobs.Waiting,
            ["running"] = status.Jobs.Running,
            ["done"] = status.Jobs.Done,
            ["failed"] = status.Jobs.Failed,
            ["refused"] = status.Jobs.Refused,
        },
        ["slurm"] = new JsonObject
        {
            ["to_submit"] = status.ArrayTasks.Waiting,
            ["queued"] = status.ArrayTasks.Queued,
            ["begun"] = status.ArrayTasks.Running,
            ["job_ids"] = new JsonArray([.. status.ArrayTasks.JobIds.Select(id => (JsonNode)id)]),
        },
        ["reasons"] = new JsonArray([.. status.Reasons.Select(JsonNode (reason) => new JsonObject { ["reason"] = reason.Reason, ["jobs"] = reason.Jobs, ["example"] = reason.Example })]),
        ["rungs"] = new JsonArray([.. status.Rungs.Select(JsonNode (rung) => new JsonObject
        {
            ["rung"] = rung.Rung, ["labels"] = rung.Labels, ["failures"] = rung.Failures, ["mean_s"] = rung.MeanSeconds, ["longest_s"] = rung.LongestSeconds,
        })]),
        ["running_attempts"] = new JsonArray([.. status.InFlight.Select(JsonNode (attempt) => new JsonObject { ["id"] = attempt.Id, ["rung"] = attempt.Rung, ["s"] = Math.Round(attempt.Seconds, 1) })]),
        ["origins"] = new JsonArray([.. status.Origins.Select(JsonNode (origin) => new JsonObject
        {
            ["program_version"] = origin.ProgramVersion, ["engine_version"] = origin.EngineVersion, ["host"] = origin.Host, ["attempts"] = origin.Attempts,
        })]),
        ["groups"] = new JsonArray([.. status.Groups.Select(JsonNode (group) => new JsonObject
        {
            ["name"] = group.Name,
            ["configurations"] = group.Configurations,
            ["labelled"] = group.Labelled,
            ["metallic"] = group.Metallic,
            ["failed"] = group.Failed,
            ["refused"] = group.Refused,
            ["pending"] = group.Pending,
            ["labelled_by_rung"] = new JsonArray([.. group.LabelledByRung.Select(count => (JsonNode)count)]),
        })]),
    };

    /// <summary>Labels in an hour and, while a coordinator works, how long the rest takes at that rate.</summary>
    private static string Rate(CampaignStatus status)
    {
        if (double.IsNaN(status.LabelsPerHour))
        {
            return "";
        }

        string rate = string.Create(CultureInfo.InvariantCulture, $"; {status.LabelsPerHour:0.#} labels per hour lately");
        int left = status.Jobs.Waiting + status.Jobs.Running;
        return status.IsCoordinated && !status.IsPaused && left > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{rate}, {left / status.LabelsPerHour:0.0##} h left")
            : rate;
    }

    private static JsonNode? OrNull(double value) => double.IsNaN(value) ? null : value;

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
