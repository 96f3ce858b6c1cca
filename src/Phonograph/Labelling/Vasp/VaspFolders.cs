using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;

namespace Phonograph.Labelling.Vasp;

/// <summary>
/// Writes what VASP needs to label configurations elsewhere (https://www.vasp.at/wiki): for each a folder with POSCAR, INCAR, KPOINTS and the recipe of its POTCAR, which is
/// licensed and never written. The results come back by <see cref="VasprunFile"/>.
/// </summary>
public static class VaspFolders
{
    /// <summary>The level whose INCAR is built in.</summary>
    public const string Level = "pbesol";

    private const string BuiltIn = """
        PREC = Accurate
        GGA = PS
        ENCUT = 520
        EDIFF = 1E-6
        NELM = 200
        ISMEAR = 0
        SIGMA = 0.02
        LREAL = .FALSE.
        ISYM = 0
        IBRION = -1
        NSW = 0
        ISIF = 2
        LWAVE = .FALSE.
        LCHARG = .FALSE.
        """;

    /// <summary>Writes one folder for each configuration.</summary>
    /// <param name="configurations">The configurations with their identifiers.</param>
    /// <param name="mesh">Γ-centred mesh of k-points.</param>
    /// <param name="incar">Text of an INCAR of the user's own; null for PBEsol.</param>
    /// <param name="folder">Folder of the folders; new or empty.</param>
    /// <returns>Number of folders.</returns>
    /// <exception cref="InputException">There is no configuration, or the folder holds something already.</exception>
    public static int Write(IReadOnlyList<(string Id, Crystal Crystal)> configurations, KPointMesh mesh, string? incar, string folder)
    {
        ArgumentNullException.ThrowIfNull(configurations);
        if (configurations.Count == 0)
        {
            throw new InputException("No configuration to write. Give extended XYZ files of configurations.");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new InputException($"{folder}: found files there; expected a new or empty folder, so that results of two sets are not mixed. Choose another one with --write.");
        }

        OutputPlace.Prepare(folder);
        var table = new List<string> { "folder,id" };
        for (int number = 0; number < configurations.Count; number++)
        {
            (string id, Crystal crystal) = configurations[number];
            string name = (number + 1).ToString("D5", CultureInfo.InvariantCulture);
            string place = Path.Combine(folder, name);
            OutputPlace.Prepare(place);
            WriteOne(place, id, crystal, mesh, incar ?? BuiltIn);
            table.Add($"{name},{(id.AsSpan().IndexOfAny(",\"") >= 0 ? $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : id)}");
        }

        AtomicFile.WriteText(Path.Combine(folder, "configurations.csv"), string.Join('\n', table) + "\n");
        return configurations.Count;
    }

    private static void WriteOne(string place, string id, Crystal crystal, KPointMesh mesh, string incar)
    {
        // Atoms of one species stand together, so that each POTCAR is needed once; results find their places again by position.
        ImmutableArray<Element> species = [.. crystal.Elements.Distinct()];
        int[] order = [.. Enumerable.Range(0, crystal.AtomCount).OrderBy(atom => species.IndexOf(crystal.Elements[atom]))];
        var sorted = new Crystal(
            crystal.Lattice, [.. order.Select(atom => crystal.Elements[atom])], [.. order.Select(atom => crystal.PositionsFractional[atom])], [.. order.Select(atom => crystal.MassesAmu[atom])]);
        Poscar.Write(Path.Combine(place, "POSCAR"), sorted, id);
        AtomicFile.WriteText(Path.Combine(place, "INCAR"), incar.ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
        AtomicFile.WriteText(Path.Combine(place, "KPOINTS"), string.Create(CultureInfo.InvariantCulture, $"Mesh around the centre\n0\nGamma\n{mesh.A} {mesh.B} {mesh.C}\n0 0 0\n"));
        string files = string.Join(' ', species.Select(element => $"{element.Symbol}/POTCAR"));
        AtomicFile.WriteText(
            Path.Combine(place, "POTCAR.recipe"),
            $"# Licensed files are not written. Join the POTCAR of each species in this order (or of a variant such as {species[0].Symbol}_pv):\n# cat {files} > POTCAR\n{string.Join('\n', species.Select(element => element.Symbol))}\n");
        AtomicFile.WriteText(
            Path.Combine(place, "order.csv"),
            "poscar_atom,configuration_atom,element\n" + string.Concat(order.Select((atom, line) => string.Create(CultureInfo.InvariantCulture, $"{line + 1},{atom + 1},{crystal.Elements[atom].Symbol}\n"))));
    }
}
