using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Labelling;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph engines</c>: what can compute labels here, and how to get the rest.</summary>
internal static class EnginesVerb
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    internal static Command Create()
    {
        var command = new Command("engines", "Say which electronic-structure engines are installed, and how to get the others.\n\nExample: phonograph engines --json");
        return CliRun.Verb(command, run =>
        {
            var engines = ElectronicStructureEngines.All().Select(engine => (Engine: engine, Availability: engine.Probe())).ToArray();
            if (run.IsJson)
            {
                var document = new JsonArray([.. engines.Select(JsonNode (item) => new JsonObject
                {
                    ["name"] = item.Engine.Name,
                    ["installed"] = item.Availability.IsInstalled,
                    ["version"] = item.Availability.Version,
                    ["path"] = item.Availability.Path,
                    ["levels"] = new JsonArray([.. item.Engine.Levels.Select(level => (JsonNode)level)]),
                    ["is_model"] = item.Engine.IsModel,
                    ["how_to_get"] = item.Availability.HowToGet,
                    ["advice"] = item.Availability.Advice,
                })]);
                Console.Out.WriteLine(document.ToJsonString(Layout));
                return Task.FromResult(0);
            }

            TextTable.Write(
                Console.Out,
                ["engine", "installed", "version", "levels", "path", "how to get it"],
                engines.Select(item => new[]
                {
                    item.Engine.Name,
                    item.Availability.IsInstalled ? "yes" : "no",
                    item.Availability.Version ?? "-",
                    string.Join(' ', item.Engine.Levels) + (item.Engine.IsModel ? " (model)" : ""),
                    item.Availability.Path ?? "-",
                    item.Availability.HowToGet,
                }));
            foreach (string advice in engines.Select(item => item.Availability.Advice).OfType<string>())
            {
                Console.Out.WriteLine(advice);
            }

            return Task.FromResult(0);
        });
    }
}
