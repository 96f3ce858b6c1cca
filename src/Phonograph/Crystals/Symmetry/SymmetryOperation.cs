using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Symmetry;

/// <summary>One space-group operation: a rotation or rotoinversion and a translation that carry a crystal into itself.</summary>
/// <param name="Rotation">Rotation in lattice coordinates: a fractional row vector f goes to f·Rotation + Translation.</param>
/// <param name="TranslationFractional">Translation, fractional, each component in [0, 1).</param>
/// <param name="RotationCartesian">The same rotation for Cartesian column vectors: v goes to RotationCartesian·v. Orthogonal, and a product of two rotations is exactly that of their matrices.</param>
/// <param name="Images">For each atom the atom onto which it is carried.</param>
public sealed record SymmetryOperation(IntegerMatrix3 Rotation, Vector3D TranslationFractional, Matrix3x3 RotationCartesian, ImmutableArray<int> Images)
{
    /// <summary>True for pure translations, the identity included.</summary>
    public bool IsTranslation => Rotation == IntegerMatrix3.Identity;

    /// <summary>This operation followed by a translation.</summary>
    /// <exception cref="ArgumentException">The other operation is no pure translation.</exception>
    public SymmetryOperation Then(SymmetryOperation translation)
    {
        ArgumentNullException.ThrowIfNull(translation);
        return translation.IsTranslation
            ? this with
            {
                TranslationFractional = SiteIndex.Wrapped(TranslationFractional + translation.TranslationFractional),
                Images = [.. Images.Select(image => translation.Images[image])],
            }
            : throw new ArgumentException("Only a pure translation may follow.", nameof(translation));
    }
}
