using System.Text;

namespace Phonograph.Labelling.Cp2k;

/// <summary>A text file that another program still writes, read line by line as far as lines are complete.</summary>
internal sealed class GrowingFile(string path)
{
    private readonly Queue<string> _lines = new();
    private readonly List<byte> _open = [];
    private long _read;

    /// <summary>Takes what is new since the last time.</summary>
    internal void Update()
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = _read;
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = file.Read(buffer)) > 0; _read += count)
        {
            foreach (byte letter in buffer.AsSpan(0, count))
            {
                if (letter == '\n')
                {
                    _lines.Enqueue(Encoding.UTF8.GetString([.. _open]));
                    _open.Clear();
                }
                else
                {
                    _open.Add(letter);
                }
            }
        }
    }

    /// <summary>Number of complete lines that wait.</summary>
    internal int Count => _lines.Count;

    /// <summary>Takes the next line; null when none is complete.</summary>
    internal string? Next() => _lines.TryDequeue(out string? line) ? line : null;
}
