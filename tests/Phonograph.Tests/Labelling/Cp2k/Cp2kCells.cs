using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Files of configurations for campaigns with CP2K.</summary>
internal static class Cp2kCells
{
    /// <summary>Writes crystals as configurations c0, c1, ...</summary>
    internal static string Write(TemporaryFolder folder, string name, IEnumerable<Crystal> crystals)
    {
        string path = folder.File(name);
        ExtendedXyz.Write(path, crystals.Select((crystal, number) => new ExtendedXyzFrame(
            crystal,
            ImmutableDictionary<string, string>.Empty.Add("id", "c" + number.ToString(CultureInfo.InvariantCulture)).Add("scheme", "uniform").Add("width_A", "0.2"),
            ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty)));
        return path;
    }
}
