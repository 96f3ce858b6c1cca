using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Dynamics;

/// <summary>
/// Frames of a run, one line each with every digit: step, potential and conserved energy (eV), gap (eV, <c>-</c> for none), then for each atom displacement (Å),
/// velocity (Å/fs) and force (eV/Å). A line is written in one go; one that a kill cut short is dropped when the run goes on.
/// </summary>
internal sealed class FrameJournal : IDisposable
{
    private readonly FileStream _file;
    private readonly List<DynamicsFrame> _frames = [];

    private FrameJournal(FileStream file) => _file = file;

    internal IReadOnlyList<DynamicsFrame> Frames => _frames;

    internal int NextStep => _frames.Count;

    /// <summary>Opens the journal and reads its complete frames.</summary>
    internal static FrameJournal Open(string path, int atomCount)
    {
        var journal = new FrameJournal(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        byte[] bytes = new byte[journal._file.Length];
        journal._file.ReadExactly(bytes);
        int good = 0;
        for (int end; (end = Array.IndexOf(bytes, (byte)'\n', good)) >= 0; good = end + 1)
        {
            // Whatever follows a damaged line cannot be trusted: the run goes on from before it.
            if (Parse(Encoding.ASCII.GetString(bytes, good, end - good), atomCount) is not { } frame || frame.Step != journal._frames.Count)
            {
                break;
            }

            journal._frames.Add(frame);
        }

        journal._file.SetLength(good);
        journal._file.Position = good;
        return journal;
    }

    /// <summary>Adds the next frame; frames that are there already are left alone.</summary>
    internal void Add(DynamicsFrame frame)
    {
        if (frame.Step != _frames.Count)
        {
            return;
        }

        _file.Write(Encoding.ASCII.GetBytes(Line(frame)));
        _file.Flush();
        _frames.Add(frame);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Line(DynamicsFrame frame)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{frame.Step} {frame.PotentialEnergyElectronvolt:R} {frame.ConservedEnergyElectronvolt:R} ");
        line.Append(frame.GapElectronvolt?.ToString("R", CultureInfo.InvariantCulture) ?? "-");
        for (int atom = 0; atom < frame.Forces.Length; atom++)
        {
            foreach (Vector3D vector in new[] { frame.DisplacementsCartesian[atom], frame.VelocitiesCartesian[atom], frame.Forces[atom] })
            {
                line.Append(CultureInfo.InvariantCulture, $" {vector.X:R} {vector.Y:R} {vector.Z:R}");
            }
        }

        return line.Append('\n').ToString();
    }

    private static DynamicsFrame? Parse(string line, int atomCount)
    {
        string[] cells = line.Split(' ');
        if (cells.Length != 4 + (9 * atomCount) || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out int step))
        {
            return null;
        }

        double[] numbers = [.. cells.Select(cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        if (!double.IsFinite(numbers[1]) || !double.IsFinite(numbers[2]) || numbers.Skip(4).Any(number => !double.IsFinite(number)))
        {
            return null;
        }

        ImmutableArray<Vector3D> Column(int offset) =>
            [.. Enumerable.Range(0, atomCount).Select(atom => 4 + (9 * atom) + offset).Select(at => new Vector3D(numbers[at], numbers[at + 1], numbers[at + 2]))];
        return new DynamicsFrame(step, numbers[1], numbers[2], cells[3] == "-" ? null : numbers[3], Column(0), Column(3), Column(6));
    }
}
