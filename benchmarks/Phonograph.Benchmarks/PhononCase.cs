using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;

namespace Phonograph.Benchmarks;

/// <summary>
/// Forces that both programs start from. The shipped Ag3SBr (40 atoms, three elements, 384 operations) is always there; NaCl (64 atoms, face-centred) and SnO2 (72 atoms, tetragonal)
/// are phonopy's own examples and are measured when <c>PHONOGRAPH_REFERENCE</c> names a folder with them. Quartz (144 atoms, hexagonal) has springs for bonds; its files are made here, and
/// <c>--write FOLDER</c> keeps them for phonopy.
/// </summary>
/// <param name="Name">Name of the row.</param>
/// <param name="UnitCell">POSCAR.</param>
/// <param name="ForceSets">FORCE_SETS.</param>
/// <param name="YamlFile">phonopy_disp.yaml that states supercell and primitive cell; null for 2×2×2 of a primitive cell.</param>
internal sealed record PhononCase(string Name, string UnitCell, string ForceSets, string? YamlFile)
{
    internal static IEnumerable<PhononCase> All(string root, string folder)
    {
        string data = Path.Combine(root, "data", "ag3sbr-xtb");
        yield return new PhononCase("Ag3SBr", Path.Combine(data, "POSCAR"), Path.Combine(data, "FORCE_SETS"), null);
        string quartz = Path.Combine(folder, "phonopy_disp.yaml"), springs = Path.Combine(folder, "FORCE_SETS");
        WriteQuartz(quartz, springs);
        yield return new PhononCase("quartz", "", springs, quartz);
        if (Environment.GetEnvironmentVariable("PHONOGRAPH_REFERENCE") is { Length: > 0 } outside)
        {
            foreach (string name in new[] { "NaCl", "SnO2" })
            {
                string example = Path.Combine(outside, "phonopy", name);
                yield return new PhononCase(name, Path.Combine(example, "POSCAR-unitcell"), Path.Combine(example, "FORCE_SETS"), Path.Combine(example, "phonopy_disp.yaml"));
            }
        }
    }

    /// <summary>Reads the files, finds the symmetry, solves for the force constants; without the long-range term.</summary>
    internal HarmonicCrystal Load() => YamlFile is null
        ? new PhononFiles(ForceSets: ForceSets).Load(Supercell.Of(Poscar.Read(UnitCell), 2, 2, 2), PrimitiveTransformation.None)
        : new PhononFiles(ForceSets: ForceSets).Load(YamlFile);

    /// <summary>High quartz, 4×4×1 cells, with springs between neighbours.</summary>
    private static void WriteQuartz(string yaml, string sets)
    {
        const double A = 5.0, C = 5.46, X = 0.197, Third = 1.0 / 3;
        var unit = new Crystal(
            new Lattice(new Matrix3x3(new(A, 0, 0), new(-A / 2, A * Math.Sqrt(3) / 2, 0), new(0, 0, C))),
            [.. Enumerable.Repeat(Element.Of("Si"), 3), .. Enumerable.Repeat(Element.Of("O"), 6)],
            [
                new(0.5, 0, 0), new(0, 0.5, 2 * Third), new(0.5, 0.5, Third),
                new(X, 2 * X, 0.5), new(-X, -2 * X, 0.5), new(-2 * X, -X, 0.5 + (2 * Third)), new(2 * X, X, 0.5 + (2 * Third)), new(X, -X, 0.5 + Third), new(-X, X, 0.5 + Third),
            ]);
        var symmetry = SupercellSymmetry.Of(Supercell.Of(unit, 4, 4, 1));
        ForceConstants springs = new SpringModel(2.9).Constants(symmetry.Supercell);
        ImmutableArray<AtomDisplacement> displacements = SymmetryDistinctDisplacements.Of(symmetry, 0.01, OppositeDisplacements.WhereDistinct);
        PhonopyYamlFile.Write(yaml, new PhonopyDocument(symmetry.Supercell, unit) { Displacements = displacements });
        ForceSetsFile.Write(sets, symmetry.Supercell, SpringModel.ForceSets(springs, displacements));
    }
}
