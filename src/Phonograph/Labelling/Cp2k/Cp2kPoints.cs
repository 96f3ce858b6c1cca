using System.Globalization;
using System.Text;

namespace Phonograph.Labelling.Cp2k;

/// <summary>Writes the k-points of a Γ-centred mesh, of k and -k one; CP2K's own meshes of even size leave Γ out.</summary>
internal static class Cp2kPoints
{
    internal static void Write(StringBuilder input, KPointMesh mesh)
    {
        if (mesh != KPointMesh.Gamma)
        {
            WriteAlways(input, mesh);
        }
    }

    /// <summary>The same, Γ alone too: with k-points of its own the run knows how to go on to other ones.</summary>
    internal static void WriteAlways(StringBuilder input, KPointMesh mesh)
    {
        input.Append("    &KPOINTS\n      SCHEME GENERAL\n      UNITS B_VECTOR\n      SYMMETRY F\n");
        foreach (KPoint point in mesh.Points())
        {
            input.Append(CultureInfo.InvariantCulture, $"      KPOINT {point.A:R} {point.B:R} {point.C:R} {point.Multiplicity}\n");
        }

        input.Append("    &END KPOINTS\n");
    }
}
