using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.TightBinding;

/// <summary>
/// Matrix elements between the orbitals s, px, py, pz of two atoms and their derivatives along the bond vector
/// (J. C. Slater, G. F. Koster, Phys. Rev. 94, 1498 (1954), table I).
/// </summary>
internal static class SlaterKosterBlock
{
    /// <summary>Writes the block with the first atom's orbitals as rows, eV; row-major, <paramref name="columns"/> wide.</summary>
    internal static void Fill(in Bond bond, int rows, int columns, Span<double> block)
    {
        BondIntegrals v = bond.Integrals;
        Vector3D u = bond.Direction;
        block[0] = v.SsSigma;
        for (int l = 0; l < columns - 1; l++)
        {
            block[1 + l] = v.SpSigma * u[l];
        }

        for (int k = 0; k < rows - 1; k++)
        {
            int row = (1 + k) * columns;
            block[row] = -v.SpSigma * u[k];
            for (int l = 0; l < columns - 1; l++)
            {
                block[row + 1 + l] = ((v.PpSigma - v.PpPi) * u[k] * u[l]) + (k == l ? v.PpPi : 0);
            }
        }
    }

    /// <summary>Gradient with respect to the bond vector of the sum of matrix elements times weights, eV/Å; same layout as <see cref="Fill"/>.</summary>
    internal static Vector3D Gradient(in Bond bond, int rows, int columns, ReadOnlySpan<double> weights)
    {
        BondIntegrals v = bond.Integrals;
        Vector3D u = bond.Direction;
        double along = weights[0] * v.SsSigmaSlope;
        Vector3D gradient = Vector3D.Zero;
        if (columns == 4 || rows == 4)
        {
            // Both sp terms are linear in u; the one with the p orbital on the first atom has the opposite sign.
            Vector3D sp = Vector3D.Zero;
            if (columns == 4)
            {
                sp += new Vector3D(weights[1], weights[2], weights[3]);
            }

            if (rows == 4)
            {
                sp -= new Vector3D(weights[columns], weights[2 * columns], weights[3 * columns]);
            }

            double projection = Vector3D.Dot(sp, u);
            along += (v.SpSigmaSlope - (v.SpSigma / bond.Distance)) * projection;
            gradient += v.SpSigma / bond.Distance * sp;
        }

        if (columns == 4 && rows == 4)
        {
            var pp = new Matrix3x3(
                new(weights[5], weights[6], weights[7]),
                new(weights[9], weights[10], weights[11]),
                new(weights[13], weights[14], weights[15]));
            Vector3D both = (pp * u) + (u * pp);
            double form = 0.5 * Vector3D.Dot(u, both);
            double difference = v.PpSigma - v.PpPi;
            along += ((v.PpSigmaSlope - v.PpPiSlope) * form) - (2 * difference * form / bond.Distance) + (v.PpPiSlope * pp.Trace);
            gradient += difference / bond.Distance * both;
        }

        return gradient + (along * u);
    }
}
