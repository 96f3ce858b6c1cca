namespace Phonograph.Execution;

/// <summary>Removes folders in which a process that was just ended may still be creating files.</summary>
internal static class FolderRemoval
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Removes a folder with all that is in it, if it is there; tries again for a second.</summary>
    internal static void Remove(string folder)
    {
        for (int attempt = 0; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (attempt < Attempts)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
