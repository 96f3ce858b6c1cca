namespace Phonograph.Sampling;

/// <summary>How the signs of special displacements are chosen.</summary>
public enum SpecialSigns
{
    /// <summary>
    /// An orthogonal design: one cell has alternating signs by rising frequency (M. Zacharias and F. Giustino, Phys. Rev. B 94, 075125 (2016)); a power of two of cells has the columns of a Hadamard matrix. With at least as many
    /// cells as moving modes the covariance of the ensemble is reproduced exactly.
    /// </summary>
    Orthogonal,

    /// <summary>
    /// Signs are turned, starting from the orthogonal design, as long as that brings each atom's 3 × 3 covariance nearer to the ensemble's; in the spirit of the error that M. Zacharias and F. Giustino minimise,
    /// Phys. Rev. Research 2, 013357 (2020).
    /// </summary>
    Optimised,
}
