using System.Globalization;
using System.Xml.Linq;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Labelling.QuantumEspresso;

/// <summary>
/// Reads the label from the result file of pw.x: energy in hartree, forces in hartree/bohr, stress in hartree/bohr³. The stress of pw.x is minus (1/V) dE/dstrain; the
/// sign is changed here and proved by finite differences in the engine's tests. With smearing the energy is the free energy, whose derivative the forces are.
/// </summary>
internal static class PwOutput
{
    /// <summary>Difference between the lattice of the input and that of the result, Å: rounding.</summary>
    private const double LatticeTolerance = 1e-6;

    /// <summary>Reads a run that ended.</summary>
    /// <param name="path">The <c>data-file-schema.xml</c>.</param>
    /// <param name="crystal">What was asked for.</param>
    internal static LabelOutcome Read(string path, Crystal crystal)
    {
        try
        {
            var file = new PwResultFile(path);
            if (Unconverged(file) is { } failure)
            {
                return failure;
            }

            CheckCrystal(file, crystal);
            const double force = PhysicalConstants.HartreeElectronvolt / PhysicalConstants.BohrAngstrom;
            const double pressure = force / (PhysicalConstants.BohrAngstrom * PhysicalConstants.BohrAngstrom);
            Vector3D[] stress = file.Vectors(file.Element("stress"), 3);
            return new Label(
                PhysicalConstants.HartreeElectronvolt * file.Number("total_energy", "etot"),
                [.. file.Vectors(file.Element("forces"), crystal.AtomCount).Select(vector => force * vector)],
                -pressure * new Matrix3x3(stress[0], stress[1], stress[2]),
                PwStates.Read(file),
                crystal.Lattice.Volume);
        }
        catch (FormatException error)
        {
            return new LabelFailure("unreadable-output", error.Message);
        }
    }

    private static LabelFailure? Unconverged(PwResultFile file)
    {
        XElement convergence = file.Element("convergence_info", "scf_conv");
        return convergence.Element("convergence_achieved")?.Value.Trim() == "true"
            ? null
            : new LabelFailure("not-converged", string.Create(
                CultureInfo.InvariantCulture,
                $"Self-consistency not reached in {convergence.Element("n_scf_steps")?.Value.Trim() ?? "?"} steps; estimated error {file.Number("convergence_info", "scf_conv", "scf_error"):G4} hartree."));
    }

    /// <summary>The result is one of the crystal that was asked for.</summary>
    private static void CheckCrystal(PwResultFile file, Crystal crystal)
    {
        XElement structure = file.Element("atomic_structure");
        XElement[] atoms = [.. structure.Elements("atomic_positions").Elements("atom")];
        bool isSame = atoms.Length == crystal.AtomCount
            && atoms.Zip(crystal.Elements, (atom, element) => atom.Attribute("name")?.Value == element.Symbol).All(isEqual => isEqual);
        if (!isSame)
        {
            throw file.Unreadable(structure, $"the atoms {string.Join(' ', atoms.Take(8).Select(atom => atom.Attribute("name")?.Value))}", $"the {crystal.AtomCount} atoms of the configuration in their order");
        }

        for (int row = 0; row < 3; row++)
        {
            XElement vector = file.Element("atomic_structure", "cell", string.Create(CultureInfo.InvariantCulture, $"a{row + 1}"));
            if ((PhysicalConstants.BohrAngstrom * file.Vectors(vector, 1)[0] - crystal.Lattice.Rows[row]).Length > LatticeTolerance)
            {
                throw file.Unreadable(vector, "another lattice vector", "that of the configuration");
            }
        }
    }
}
