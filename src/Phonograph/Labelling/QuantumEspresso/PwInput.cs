using System.Globalization;
using System.Text;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Labelling.QuantumEspresso;

/// <summary>Writes the input of pw.x (https://www.quantum-espresso.org/Doc/INPUT_PW.html). Lattice vectors in bohr, positions in fractions of them.</summary>
internal static class PwInput
{
    /// <summary>Folder pw.x makes for its results, below the one it runs in.</summary>
    internal const string ResultFolder = "job.save";

    /// <summary>Input of a built-in level.</summary>
    internal static string Write(Crystal crystal, PwLevel level, KPointMesh mesh, PwRoute route)
    {
        Element[] species = [.. crystal.Elements.Distinct().OrderBy(element => element.AtomicNumber)];
        var input = new StringBuilder();
        input.Append($"&CONTROL\n{Output(level.Name)}\n/\n");
        input.Append(CultureInfo.InvariantCulture, $"&SYSTEM\n  ibrav = 0\n  nat = {crystal.AtomCount}\n  ntyp = {species.Length}\n  nspin = 1\n");
        input.Append(CultureInfo.InvariantCulture, $"  ecutwfc = {level.CutoffRydberg}\n  occupations = 'smearing'\n  smearing = 'gaussian'\n  degauss = {level.SmearingRydberg}\n");
        // Without symmetry every cell of a set is treated alike; of k and -k one is computed all the same.
        input.Append("  nosym = .true.\n/\n");
        input.Append($"&ELECTRONS\n  conv_thr = {Number(level.ThresholdRydberg)}\n{route.Settings}\n/\nATOMIC_SPECIES\n");
        foreach (Element element in species)
        {
            input.Append(CultureInfo.InvariantCulture, $"{element.Symbol} {element.MassAmu:R} {level.Files[element.Symbol].FileName}\n");
        }

        input.Append(Cell(crystal)).Append('\n').Append(Atoms(crystal)).Append('\n');
        input.Append(CultureInfo.InvariantCulture, $"{(mesh == KPointMesh.Gamma ? "K_POINTS gamma" : $"K_POINTS automatic\n{mesh.A} {mesh.B} {mesh.C} 0 0 0")}\n");
        return input.ToString();
    }

    /// <summary>Lines of <c>&amp;CONTROL</c> that make pw.x compute and write what <see cref="PwOutput"/> reads.</summary>
    internal static string Output(string title) =>
        $"  title = '{title}'\n  calculation = 'scf'\n  prefix = 'job'\n  outdir = './'\n  tprnfor = .true.\n  tstress = .true.\n  disk_io = 'low'";

    /// <summary>The card <c>CELL_PARAMETERS</c>.</summary>
    internal static string Cell(Crystal crystal) =>
        "CELL_PARAMETERS bohr\n" + string.Join('\n', Enumerable.Range(0, 3).Select(row => Text(1 / PhysicalConstants.BohrAngstrom * crystal.Lattice.Rows[row])));

    /// <summary>The card <c>ATOMIC_POSITIONS</c>.</summary>
    internal static string Atoms(Crystal crystal) =>
        "ATOMIC_POSITIONS crystal\n" + string.Join('\n', crystal.Elements.Select((element, atom) => $"{element.Symbol} {Text(crystal.PositionsFractional[atom])}"));

    private static string Text(Vector3D vector) => $"{Number(vector.X)} {Number(vector.Y)} {Number(vector.Z)}";

    /// <summary>A number as Fortran reads it in double precision.</summary>
    private static string Number(double value) => value.ToString("0.0###############E+0", CultureInfo.InvariantCulture).Replace('E', 'd');
}
