using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Symmetry;

/// <summary>One vector for each atom, such as forces, as far as a space group allows them at rest.</summary>
public static class SymmetricVectors
{
    /// <summary>The mean over all operations of the vectors carried along with their atoms: the part that no operation changes.</summary>
    /// <param name="group">The space group.</param>
    /// <param name="vectorsCartesian">One Cartesian vector for each atom.</param>
    public static Vector3D[] Project(SpaceGroup group, IReadOnlyList<Vector3D> vectorsCartesian)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(vectorsCartesian);
        var repeated = new Vector3D[vectorsCartesian.Count];
        foreach (SymmetryOperation translation in group.InnerTranslations)
        {
            for (int atom = 0; atom < repeated.Length; atom++)
            {
                repeated[translation.Images[atom]] += vectorsCartesian[atom] / group.Order;
            }
        }

        var mean = new Vector3D[repeated.Length];
        foreach (SymmetryOperation operation in group.Representatives)
        {
            for (int atom = 0; atom < mean.Length; atom++)
            {
                mean[operation.Images[atom]] += operation.RotationCartesian * repeated[atom];
            }
        }

        return mean;
    }
}
