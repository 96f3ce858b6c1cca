namespace Phonograph.Testing;

/// <summary>Reference data from outside the project, in the folder named by the environment variable PHONOGRAPH_REFERENCE.</summary>
public static class OutsideReference
{
    /// <summary>Why a test was skipped and what to do about it.</summary>
    public const string HowToGet = "needs outside reference data: set PHONOGRAPH_REFERENCE to the folder that holds phonopy/NaCl and its like";

    /// <summary>Full path of a file or folder among the reference data, or null when it is not there.</summary>
    public static string? Find(params string[] path)
    {
        string? root = Environment.GetEnvironmentVariable("PHONOGRAPH_REFERENCE");
        if (string.IsNullOrEmpty(root))
        {
            return null;
        }

        string full = Path.GetFullPath(Path.Combine([root, .. path]));
        return Path.Exists(full) ? full : null;
    }
}
