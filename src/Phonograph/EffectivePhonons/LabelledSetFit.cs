using System.Collections.Immutable;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// One fit of effective force constants to a set of labelled cells: a trajectory at a temperature, or any draws (temperature-dependent effective potential: O. Hellman, I. Abrikosov, S. Simak,
/// Phys. Rev. B 84, 180301 (2011)). The set decides what temperature the constants belong to.
/// </summary>
/// <param name="Fit">The fit.</param>
/// <param name="Modes">Vibrations of the fitted constants.</param>
/// <param name="FrequencyErrorsTerahertz">Standard error of each mode by resampling blocks, THz, in rising order of the frequencies.</param>
/// <param name="BlockLength">Frames that follow each other and were resampled together; one for independent draws.</param>
public sealed record LabelledSetFit(FittedForceConstants Fit, PhononModes Modes, ImmutableArray<double> FrequencyErrorsTerahertz, int BlockLength)
{
    /// <summary>Fits a labelled set.</summary>
    /// <param name="symmetry">Supercell and its symmetry.</param>
    /// <param name="snapshots">Displacements and forces, in the order of time for a trajectory.</param>
    /// <param name="blockLength">Frames resampled together (moving parts of a trajectory are alike: H. Künsch, Ann. Statist. 17, 1217 (1989)).</param>
    /// <param name="resamples">Resampled sets behind the errors.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static LabelledSetFit Of(SupercellSymmetry symmetry, ImmutableArray<DisplacedSnapshot> snapshots, int blockLength, int resamples, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(symmetry);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockLength, 1);
        var basis = ForceConstantsBasis.Of(symmetry);
        FittedForceConstants fit = SnapshotFit.Fit(basis, snapshots, []);
        var normals = new PoolFit(basis, snapshots.Select(snapshot => new LabelledDraw("", snapshot, 0)));
        int blocks = (snapshots.Length + blockLength - 1) / blockLength;
        var frequencies = new List<ImmutableArray<double>>();
        for (int resample = 0; resample < resamples; resample++)
        {
            var random = new Philox(seed, (ulong)resample);
            var weights = new double[snapshots.Length];
            for (int draw = 0; draw < blocks; draw++)
            {
                int block = random.NextInt32(blocks);
                for (int frame = block * blockLength; frame < Math.Min(snapshots.Length, (block + 1) * blockLength); frame++)
                {
                    weights[frame]++;
                }
            }

            if (normals.Solve([.. weights]) is { } coefficients)
            {
                frequencies.Add(PhononModes.Of(basis.Constants(coefficients).ToFull()).FrequenciesTerahertz);
            }
        }

        var modes = PhononModes.Of(fit.Constants.ToFull());
        return new LabelledSetFit(fit, modes, BootstrapErrors.Deviations(frequencies, modes.Count), blockLength);
    }
}
