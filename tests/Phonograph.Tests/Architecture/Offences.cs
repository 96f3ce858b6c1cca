namespace Phonograph.Tests.Architecture;

/// <summary>What breaks a rule of the project, told in full.</summary>
internal static class Offences
{
    internal static void MustBeNone(IEnumerable<string> offences)
    {
        string[] found = [.. offences.Distinct()];
        Assert.True(found.Length == 0, $"{found.Length} found:\n{string.Join('\n', found)}");
    }
}
