using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns;

namespace Phonograph.Dynamics;

/// <summary>
/// A run on disk: <c>dynamics.json</c> says what it is, <c>frames.txt</c> holds one line for each complete frame, <c>segments/</c> the engine's own files, one
/// folder for each start of the engine, named by the first step it was to give.
/// </summary>
internal sealed class TrajectoryFolder : IDisposable
{
    private const string Format = "phonograph-dynamics-1";
    private readonly ExclusiveLock _lock;

    private TrajectoryFolder(string root, ExclusiveLock held)
    {
        Root = root;
        _lock = held;
    }

    internal string Root { get; }

    internal string Journal => Path.Combine(Root, "frames.txt");

    private string Segments => Path.Combine(Root, "segments");

    /// <summary>Opens a run's folder, or makes it, and keeps others out.</summary>
    /// <exception cref="InputException">Another run is there, or another process works on it.</exception>
    internal static TrajectoryFolder OpenOrCreate(string root, Crystal reference, string engine, string version, DynamicsOptions options, int run)
    {
        OutputPlace.Prepare(root);
        var held = ExclusiveLock.Take(Path.Combine(root, "lock"), $"{root}: another process works on this run. Wait for it or end it.");
        try
        {
            string file = Path.Combine(root, "dynamics.json");
            var header = new DynamicsHeader(
                Format, engine, version, options.Level, options.TemperatureKelvin, options.TimeStepFemtosecond, options.ThermostatTimeFemtosecond, options.Seed, run,
                Identity(reference, engine, options.Level));
            if (!File.Exists(file))
            {
                AtomicFile.WriteText(file, JsonSerializer.Serialize(header, DynamicsJson.Default.DynamicsHeader) + "\n");
            }

            DynamicsHeader? known = Read(file);
            if (known != header)
            {
                throw new InputException(
                    $"{file}: the run there is another one (crystal, engine, version, level, temperature, time step, thermostat or seed differ). Choose another folder with --work, or give what the file says.");
            }

            return new TrajectoryFolder(root, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Folders of the segments in the order they were started, with the first step each was to give.</summary>
    internal (string Folder, int FirstStep)[] SegmentFolders()
    {
        string[] folders = Directory.Exists(Segments) ? Directory.GetDirectories(Segments) : [];
        Array.Sort(folders, StringComparer.Ordinal);
        return [.. folders.Select(folder => (folder, int.Parse(folder[(folder.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture)))];
    }

    internal string NewSegment(int firstStep)
    {
        string folder = Path.Combine(Segments, string.Create(CultureInfo.InvariantCulture, $"{SegmentFolders().Length + 1:D5}-{firstStep:D7}"));
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>An empty folder for one single point.</summary>
    internal string NewScratch()
    {
        string folder = Path.Combine(Root, "running");
        if (Directory.Exists(folder))
        {
            ProcessIdentity.TryLoad(Path.Combine(folder, ExternalProgram.IdentityFileName))?.EndWithOrphans();
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static DynamicsHeader? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), DynamicsJson.Default.DynamicsHeader);
        }
        catch (JsonException error)
        {
            throw new InputException($"{file}, line {(error.LineNumber ?? 0) + 1}: found no header of a run; expected JSON that says what it is. Restore it from a copy, or choose another folder with --work.", error);
        }
    }

    /// <summary>Hash of what decides the motion: cell, elements, positions and masses, engine and level.</summary>
    private static string Identity(Crystal reference, string engine, string level) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JobKey.Of(reference, engine, level) + string.Join(' ', reference.MassesAmu.Select(mass => mass.ToString("R", CultureInfo.InvariantCulture))))));
}
