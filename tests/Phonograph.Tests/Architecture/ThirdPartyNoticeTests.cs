using System.Text.Json;
using System.Xml.Linq;
using Phonograph.Testing;

namespace Phonograph.Tests.Architecture;

/// <summary>Whoever's work is used or shipped is named with its licence in THIRD-PARTY-NOTICES.md.</summary>
public sealed class ThirdPartyNoticeTests
{
    private static readonly string[] Notices = SourceTree.Read("THIRD-PARTY-NOTICES.md").Split('\n');

    [Fact]
    public void Every_package_in_use_is_named()
    {
        XDocument packages = XDocument.Load(Repository.PathOf("Directory.Packages.props"));
        Offences.MustBeNone(packages.Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value).Where(name => !IsNamed(name)));
    }

    [Fact]
    public void Every_package_that_is_shipped_is_named_with_its_version()
    {
        using JsonDocument locked = JsonDocument.Parse(SourceTree.Read("src/Phonograph.Cli/packages.lock.json"));
        var missing = new List<string>();
        foreach (JsonProperty framework in locked.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            foreach (JsonProperty package in framework.Value.EnumerateObject())
            {
                if (package.Value.GetProperty("type").GetString() != "Project")
                {
                    string version = package.Value.GetProperty("resolved").GetString()!;
                    if (!Notices.Any(line => IsNamedIn(line, package.Name) && line.Contains($" {version} ", StringComparison.Ordinal)))
                    {
                        missing.Add($"{package.Name} {version}");
                    }
                }
            }
        }

        Offences.MustBeNone(missing);
    }

    [Fact]
    public void Every_font_that_is_shipped_is_named() => Offences.MustBeNone(
        SourceTree.Files("src", ".ttf").Concat(SourceTree.Files("src", ".otf")).Select(font => Path.GetFileName(font)).Where(font => !Notices.Any(line => line.Contains(font, StringComparison.Ordinal))));

    private static bool IsNamed(string package) => Notices.Any(line => IsNamedIn(line, package));

    private static bool IsNamedIn(string line, string package) => line.Contains($"| {package} |", StringComparison.OrdinalIgnoreCase);
}
