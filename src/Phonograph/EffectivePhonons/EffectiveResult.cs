using System.Collections.Immutable;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;

namespace Phonograph.EffectivePhonons;

/// <summary>Effective phonons at one temperature.</summary>
/// <param name="Options">Choices of the run.</param>
/// <param name="Basis">Basis of the force constants.</param>
/// <param name="Coefficients">Coefficients of the basis, eV/Å².</param>
/// <param name="Ensemble">The ensemble of the constants, with the soft-mode rule.</param>
/// <param name="Errors">Bootstrap errors.</param>
/// <param name="FreeEnergy">Variational free energy, eV per supercell.</param>
/// <param name="Quality">The last fit: R2 of the forces, degrees of freedom.</param>
/// <param name="EffectiveDraws">Effective number of draws behind it.</param>
/// <param name="Iterations">The way there; empty for the fit of a labelled set.</param>
/// <param name="IsConverged">Whether frequencies and free energy stand still.</param>
public sealed record EffectiveResult(
    EffectiveOptions Options,
    ForceConstantsBasis Basis,
    ImmutableArray<double> Coefficients,
    ThermalEnsemble Ensemble,
    BootstrapErrors Errors,
    VariationalFreeEnergy FreeEnergy,
    FittedForceConstants Quality,
    double EffectiveDraws,
    ImmutableArray<EffectiveIteration> Iterations,
    bool IsConverged)
{
    /// <summary>Labelled draws used.</summary>
    public required int Labels { get; init; }

    /// <summary>Draws without a label.</summary>
    public required int Failures { get; init; }

    /// <summary>Labels spent on the force constants the run began with and on the crystal at rest.</summary>
    public required int OtherLabels { get; init; }

    /// <summary>Largest mean force on an atom that symmetry allows, eV/Å: above its error, the atoms of the given crystal do not lie where they are on average at this temperature.</summary>
    public required double MeanForceElectronvoltPerAngstrom { get; init; }

    /// <summary>The force constants.</summary>
    public CompactForceConstants Constants => Basis.Constants(Coefficients.AsSpan());

    /// <summary>Number of atoms of the supercell.</summary>
    public int AtomCount => Basis.Symmetry.Supercell.Crystal.AtomCount;

    /// <summary>Length of the longest weighted mean force, averaged over the space group.</summary>
    internal static double MeanForce(ForceConstantsBasis basis, DrawPool pool, DrawWeights weights)
    {
        var mean = new Vector3D[basis.Symmetry.Supercell.Crystal.AtomCount];
        foreach ((LabelledDraw draw, double share) in pool.Draws.Zip(weights.Shares))
        {
            for (int atom = 0; atom < mean.Length; atom++)
            {
                mean[atom] += share * draw.Snapshot.ForcesCartesian[atom];
            }
        }

        return SymmetricVectors.Project(basis.Symmetry.SpaceGroup, mean).Max(force => force.Length);
    }
}
