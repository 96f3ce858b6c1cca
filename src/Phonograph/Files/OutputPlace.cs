namespace Phonograph.Files;

/// <summary>
/// Says in one sentence why something cannot be written. A full disk is work that failed (<see cref="IOException"/>, exit code 1); a place that
/// cannot be written is wrong input (<see cref="InputException"/>, exit code 2).
/// </summary>
public static class OutputPlace
{
    // Numbers of errno (errno.h of Linux and macOS where they differ) and of Windows (winerror.h), as .NET keeps them in HResult.
    private static readonly int[] FullUnix = [28, 27, 122, 69], FullWindows = [0x70, 0x27];
    private static readonly int[] UnwritableUnix = [17, 20, 21, 30, 36, 40, 62, 63], UnwritableWindows = [0x13, 0x50, 0xB7, 0x7B, 0x10B];

    /// <summary>Makes a folder and tries it, so that a wrong place is found before the work and not after it.</summary>
    /// <param name="folder">Folder that files will be written into.</param>
    /// <exception cref="InputException">It cannot be made or written.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static void Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string trial = Path.Combine(folder, $".phonograph-{Environment.ProcessId}-{Guid.NewGuid():N}.part");
            new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception error) when (Explain(folder, error) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>The error to throw in place of one that writing gave: it names the path as the user wrote it.</summary>
    /// <param name="path">File or folder that was to be written.</param>
    /// <param name="error">What the system said.</param>
    /// <returns>An <see cref="InputException"/> or an <see cref="IOException"/>; null for errors of another kind.</returns>
    public static Exception? Explain(string path, Exception error) =>
        IsFull(error) ? new IOException($"{path}: no room is left on the disk, or the limit for the size of a file is reached.", error)
        : IsUnwritable(error) ? new InputException($"{path}: cannot be written, {Reason(path, error)}. Choose a place that can be written.", error)
        : null;

    /// <summary>Whether an error says that the disk is full or a limit for the size of files is reached.</summary>
    public static bool IsFull(Exception error) => error switch
    {
        // .NET answers so to EFBIG.
        ArgumentOutOfRangeException => error.StackTrace?.Contains("System.IO.RandomAccess.Write", StringComparison.Ordinal) == true,
        IOException => (OperatingSystem.IsWindows() ? FullWindows : FullUnix).Contains(error.HResult & 0xFFFF),
        _ => false,
    };

    /// <summary>Whether an error says that a place cannot be written, whatever is done later.</summary>
    public static bool IsUnwritable(Exception error) => error is UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException or PathTooLongException
        || (error is IOException && (OperatingSystem.IsWindows() ? UnwritableWindows : UnwritableUnix).Contains(error.HResult & 0xFFFF));

    private static string Reason(string path, Exception error)
    {
        string full = Path.GetFullPath(path);
        for (string? parent = Path.GetDirectoryName(full); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (File.Exists(parent))
            {
                return $"{parent} is a file and not a folder";
            }
        }

        return File.Exists(full) && error is not UnauthorizedAccessException && !IsReadOnly(error) ? "there is a file of that name"
            : Directory.Exists(full) && error is not UnauthorizedAccessException && !IsReadOnly(error) ? "it is a folder"
            : IsReadOnly(error) ? "its file system is read-only"
            : error is UnauthorizedAccessException ? "permission is denied"
            : "there is no such place";
    }

    private static bool IsReadOnly(Exception error) => error is IOException and not (FileNotFoundException or DirectoryNotFoundException) && (error.HResult & 0xFFFF) == (OperatingSystem.IsWindows() ? 0x13 : 30);
}
