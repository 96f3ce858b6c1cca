using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;
using Phonograph.Phonons.Polar;

namespace Phonograph.Phonons.Formats;

/// <summary>Files that say what a phonopy YAML file or a crystal alone does not; what is null is looked for in the YAML file, then beside it.</summary>
/// <param name="ForceConstants">FORCE_CONSTANTS file, full or compact.</param>
/// <param name="ForceSets">FORCE_SETS file, type 1 or 2.</param>
/// <param name="Born">BORN file.</param>
public sealed record PhononFiles(string? ForceConstants = null, string? ForceSets = null, string? Born = null)
{
    /// <summary>Loads a crystal from a phonopy YAML file.</summary>
    /// <param name="path">phonopy_params.yaml, phonopy_disp.yaml or their like.</param>
    /// <param name="primitive">Primitive cell instead of the file's; null for the file's.</param>
    /// <exception cref="InputException">A file is missing or wrong, there are no forces, or something does not fit.</exception>
    public HarmonicCrystal Load(string path, PrimitiveTransformation? primitive = null)
    {
        return Load(path, PhonopyYamlFile.Read(path), primitive);
    }

    /// <summary>Loads a crystal from a phonopy YAML file that has been read.</summary>
    /// <param name="path">The file, for messages and for what lies beside it.</param>
    /// <param name="document">What it holds.</param>
    /// <param name="primitive">Primitive cell instead of the file's; null for the file's.</param>
    /// <exception cref="InputException">A file is missing or wrong, there are no forces, or something does not fit.</exception>
    public HarmonicCrystal Load(string path, PhonopyDocument document, PrimitiveTransformation? primitive = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        bool isComplete = document.Constants is not null || document.ForceSets.Length > 0 || document.Snapshots.Length > 0;
        PhononFiles files = Beside(path, isComplete, document.Charges is not null);
        (ForceConstants constants, string source) = files.ForceConstants is { } file ? FromConstants(file, document.Supercell, document.FileOrder)
            : files.ForceSets is { } sets ? FromForces(sets, document.Supercell, document.FileOrder)
            : document.Constants is { } stated ? (stated, $"{path}: force constants")
            : document.ForceSets.Length > 0 ? (Fitted(path, document.Supercell, document.ForceSets), $"{path}: {document.Content}")
            : document.Snapshots.Length > 0 ? (Fitted(path, document.Supercell, document.Snapshots), $"{path}: {document.Content}")
            : throw InputException.At(path, 0, "no forces and no force constants, and no FORCE_CONSTANTS or FORCE_SETS beside it", "one of them", "Give --force-sets or --force-constants, or a phonopy_params.yaml.");
        Crystal cell = primitive?.CellOf(document.Supercell.Unit) ?? document.PrimitiveCell;
        BornCharges? charges = primitive is null && files.Born is null ? document.Charges : null;
        return Assembled(constants, cell, charges, files.Born, source + (charges is not null ? ", Born charges" : ""));
    }

    /// <summary>Loads a crystal from a unit cell and its supercell.</summary>
    /// <param name="supercell">Supercell of the unit cell.</param>
    /// <param name="primitive">Primitive cell of the unit cell.</param>
    /// <param name="fileOrder">For each atom of the files its index in the supercell; phonopy's order when left out.</param>
    /// <exception cref="InputException">A file is missing or wrong, neither forces nor constants are given, or something does not fit.</exception>
    public HarmonicCrystal Load(Supercell supercell, PrimitiveTransformation primitive, ImmutableArray<int> fileOrder = default)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        ArgumentNullException.ThrowIfNull(primitive);
        (ForceConstants constants, string source) = ForceConstants is { } file ? FromConstants(file, supercell, fileOrder)
            : ForceSets is { } sets ? FromForces(sets, supercell, fileOrder)
            : throw new InputException("Neither forces nor force constants are given, and no FORCE_CONSTANTS or FORCE_SETS lies beside the crystal. Give --force-constants or --force-sets.");
        return Assembled(constants, primitive.CellOf(supercell.Unit), null, Born, source);
    }

    /// <summary>The same files, and what phonopy would find in the folder of a crystal: FORCE_CONSTANTS, else FORCE_SETS, where there are no forces yet; BORN where there are no charges yet.</summary>
    /// <param name="path">File of the crystal.</param>
    /// <param name="hasForces">Whether that file holds forces or force constants itself.</param>
    /// <param name="hasCharges">Whether that file holds Born charges itself.</param>
    public PhononFiles Beside(string path, bool hasForces = false, bool hasCharges = false)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        string? Find(string name) => File.Exists(Path.Combine(folder, name)) ? Path.Combine(folder, name) : null;
        bool isComplete = ForceConstants is not null || ForceSets is not null || hasForces;
        string? constants = ForceConstants ?? (isComplete ? null : Find("FORCE_CONSTANTS") ?? (Find("FORCE_SETS") is null ? Find("force_constants.hdf5") : null));
        return this with
        {
            ForceConstants = constants,
            ForceSets = ForceSets ?? (isComplete || constants is not null ? null : Find("FORCE_SETS")),
            Born = Born ?? (hasCharges ? null : Find("BORN")),
        };
    }

    private static HarmonicCrystal Assembled(ForceConstants constants, Crystal primitive, BornCharges? charges, string? born, string source)
    {
        ForceConstants onPrimitive = PrimitiveTransformation.OnPrimitive(constants, primitive);
        var group = SpaceGroup.Of(primitive);
        BornCharges? all = born is null ? charges : BornFile.Read(born, primitive, group);
        return new HarmonicCrystal(onPrimitive, all?.Symmetrised(group), group, born is null ? source : $"{source}; {born}");
    }

    private static (ForceConstants Constants, string Source) FromConstants(string file, Supercell supercell, ImmutableArray<int> order) =>
        (ForceConstantsFile.Read(file, supercell, order), file);

    private static (ForceConstants Constants, string Source) FromForces(string file, Supercell supercell, ImmutableArray<int> order) => SnapshotForceSetsFile.Matches(file)
        ? (Fitted(file, supercell, SnapshotForceSetsFile.Read(file, supercell, order)), file)
        : (Fitted(file, supercell, ForceSetsFile.Read(file, supercell, order)), file);

    private static ForceConstants Fitted(string file, Supercell supercell, ImmutableArray<ForceSet> sets)
    {
        ForceConstants fitted = ForceConstantsFit.Fit(supercell, sets);
        ForceConsistency.Check(file, fitted, sets.Select(DisplacedSnapshot.Of));
        return fitted.Symmetrised();
    }

    private static ForceConstants Fitted(string file, Supercell supercell, ImmutableArray<DisplacedSnapshot> snapshots)
    {
        ForceConstants fitted = SnapshotFit.Fit(supercell, snapshots).Constants.ToFull();
        ForceConsistency.Check(file, fitted, snapshots);
        return fitted;
    }
}
