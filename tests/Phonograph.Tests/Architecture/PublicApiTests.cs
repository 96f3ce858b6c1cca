using System.Reflection;
using Phonograph.Testing;

namespace Phonograph.Tests.Architecture;

/// <summary>The public surface of both libraries as text: a change of it is seen in review.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Phonograph.Numerics")]
    [InlineData("Phonograph")]
    public void The_public_surface_is_the_one_that_was_reviewed(string assembly)
    {
        string path = Repository.PathOf("tests", "Phonograph.Tests", "Architecture", "PublicApi", $"{assembly}.txt");
        string found = PublicSurface.Of(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable("PHONOGRAPH_ACCEPT") == "1")
        {
            File.WriteAllText(path, found);
        }

        string reviewed = File.Exists(path) ? File.ReadAllText(path) : "";
        string[] before = WithTypes(reviewed), now = WithTypes(found);
        Assert.True(
            reviewed == found,
            $"The public surface of {assembly} differs from {Path.GetRelativePath(Repository.Root, path)}.\n"
            + string.Join('\n', before.Except(now).Select(line => $"- {line}").Concat(now.Except(before).Select(line => $"+ {line}")).Take(40))
            + "\nWhen the change is meant: PHONOGRAPH_ACCEPT=1 dotnet test --project tests/Phonograph.Tests --filter-class '*PublicApiTests', then review the diff.");
    }

    /// <summary>Each member behind its type, so that a line of the difference tells where it belongs.</summary>
    private static string[] WithTypes(string surface)
    {
        string type = "";
        var lines = new List<string>();
        foreach (string line in surface.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith(' '))
            {
                type = line.Split(" : ")[0].Split(' ')[^1];
            }

            lines.Add(line.StartsWith(' ') ? $"{type}: {line.Trim()}" : line);
        }

        return [.. lines];
    }
}
