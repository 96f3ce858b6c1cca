using Phonograph.Files;

namespace Phonograph.Execution;

/// <summary>A lock on a file held by the operating system: it is gone when its holder is gone, however it ended.</summary>
public sealed class ExclusiveLock : IDisposable
{
    private readonly FileStream _file;

    private ExclusiveLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">Lock file; created when missing, and left in place.</param>
    /// <param name="refusal">What to tell the user when another process holds it.</param>
    /// <exception cref="InputException">Another process holds it, or the place cannot be written.</exception>
    public static ExclusiveLock Take(string path, string refusal)
    {
        try
        {
            return new ExclusiveLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (OutputPlace.Explain(path, error) is { } explained)
        {
            throw explained;
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new InputException(refusal, error);
        }
    }

    /// <summary>Whether some process holds the lock now.</summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            // Read access is enough to ask, and works on a disk that cannot be written.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException error) when (error is not FileNotFoundException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
