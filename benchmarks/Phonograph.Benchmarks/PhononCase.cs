using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;

namespace Phonograph.Benchmarks;

/// <summary>
/// Forces that both programs start from. The shipped Ag3SBr (40 atoms, three elements, 384 operations) is always there; NaCl (64 atoms, face-centred) and SnO2 (72 atoms, tetragonal)
/// are phonopy's own examples and are measured when <c>PHONOGRAPH_REFERENCE</c> names a folder with them.
/// </summary>
/// <param name="Name">Name of the row.</param>
/// <param name="UnitCell">POSCAR.</param>
/// <param name="ForceSets">FORCE_SETS.</param>
/// <param name="YamlFile">phonopy_disp.yaml that states supercell and primitive cell; null for 2×2×2 of a primitive cell.</param>
internal sealed record PhononCase(string Name, string UnitCell, string ForceSets, string? YamlFile)
{
    internal static IEnumerable<PhononCase> All(string root)
    {
        string data = Path.Combine(root, "data", "ag3sbr-xtb");
        yield return new PhononCase("Ag3SBr", Path.Combine(data, "POSCAR"), Path.Combine(data, "FORCE_SETS"), null);
        if (Environment.GetEnvironmentVariable("PHONOGRAPH_REFERENCE") is { Length: > 0 } outside)
        {
            foreach (string name in new[] { "NaCl", "SnO2" })
            {
                string folder = Path.Combine(outside, "phonopy", name);
                yield return new PhononCase(name, Path.Combine(folder, "POSCAR-unitcell"), Path.Combine(folder, "FORCE_SETS"), Path.Combine(folder, "phonopy_disp.yaml"));
            }
        }
    }

    /// <summary>Reads the files, finds the symmetry, solves for the force constants; without the long-range term.</summary>
    internal HarmonicCrystal Load() => YamlFile is null
        ? new PhononFiles(ForceSets: ForceSets).Load(Supercell.Of(Poscar.Read(UnitCell), 2, 2, 2), PrimitiveTransformation.None)
        : new PhononFiles(ForceSets: ForceSets).Load(YamlFile);
}
