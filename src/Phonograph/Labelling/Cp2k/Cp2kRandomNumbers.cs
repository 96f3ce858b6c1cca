using System.Globalization;

namespace Phonograph.Labelling.Cp2k;

/// <summary>The random numbers of CP2K's thermostat, as its restart file holds them after every step.</summary>
internal static class Cp2kRandomNumbers
{
    /// <summary>The record with which a segment goes on as if the one before had not ended.</summary>
    /// <returns>Null when there is no segment before, or none of its restart files belongs to the step before the first one of the request.</returns>
    internal static string? After(DynamicsRequest request)
    {
        if (request.PreviousFolder is not { } folder)
        {
            return null;
        }

        // The step CP2K counts is the segment's own; the velocities tell which moment the file belongs to.
        return new[] { "", ".bak-1" }.Select(ending => Path.Combine(folder, Cp2kDynamicsInput.RestartFile + ending))
            .Where(File.Exists)
            .Select(file => RecordOf(File.ReadAllLines(file), request.Start))
            .FirstOrDefault(record => record is not null);
    }

    private static string? RecordOf(string[] lines, DynamicsStart start)
    {
        const double tolerance = 1e-7;
        int random = Array.FindIndex(lines, line => line.Trim() == "&RNG_INIT");
        int velocity = Array.FindIndex(lines, line => line.Trim() == "&VELOCITY");
        if (random < 0 || velocity < 0 || lines.Length < velocity + 2 + start.VelocitiesCartesian.Length)
        {
            return null;
        }

        const double unit = Units.PhysicalConstants.BohrAngstrom / Units.PhysicalConstants.AtomicTimeFemtosecond;
        for (int atom = 0; atom < start.VelocitiesCartesian.Length; atom++)
        {
            string[] cells = Cp2kOutput.Cells(lines[velocity + 1 + atom]);
            for (int axis = 0; axis < 3; axis++)
            {
                if (cells.Length != 3
                    || !double.TryParse(cells[axis], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    || Math.Abs((unit * value) - start.VelocitiesCartesian[atom][axis]) > tolerance)
                {
                    return null;
                }
            }
        }

        return lines[random + 1];
    }
}
