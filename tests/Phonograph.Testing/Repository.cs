namespace Phonograph.Testing;

/// <summary>Places in the source tree, found from the test assembly by walking up to <c>Phonograph.slnx</c>.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Phonograph.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below the root, parts given one by one.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Phonograph.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Phonograph.slnx: run the tests inside the source tree.");
    }
}
