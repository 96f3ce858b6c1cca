using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Phonons.Polar;

namespace Phonograph.Phonons;

/// <summary>A crystal with everything its harmonic phonons need.</summary>
/// <param name="Constants">Force constants; the unit cell of their supercell is the primitive cell.</param>
/// <param name="Charges">Born charges of the atoms of the primitive cell, with its symmetry; null for none.</param>
/// <param name="Group">Space group of the primitive cell.</param>
/// <param name="Source">Where the constants and charges came from, for people.</param>
public sealed record HarmonicCrystal(ForceConstants Constants, BornCharges? Charges, SpaceGroup Group, string Source)
{
    /// <summary>The primitive cell, whose reciprocal vectors are the units of wave vectors.</summary>
    public Crystal PrimitiveCell => Constants.Supercell.Unit;

    /// <summary>The dynamical matrix, with the long-range part when there are charges.</summary>
    /// <param name="term">How the long-range part is treated; null leaves it out.</param>
    public DynamicalMatrix Matrix(NonAnalyticalTerm? term = NonAnalyticalTerm.GonzeLee) =>
        Charges is { } charges && term is { } chosen ? DynamicalMatrix.Of(Constants, charges, chosen) : DynamicalMatrix.Of(Constants);

    /// <summary>The same crystal with other masses; force constants and charges do not know masses.</summary>
    /// <param name="massesAmu">Mass of each element that changes, amu.</param>
    public HarmonicCrystal WithMasses(IReadOnlyDictionary<Element, double> massesAmu)
    {
        ArgumentNullException.ThrowIfNull(massesAmu);
        Crystal cell = PrimitiveCell;
        var changed = new Crystal(
            cell.Lattice, cell.Elements, cell.PositionsFractional, [.. cell.Elements.Select((element, atom) => massesAmu.TryGetValue(element, out double mass) ? mass : cell.MassesAmu[atom])]);
        return this with
        {
            Constants = new ForceConstants(Supercell.Of(changed, Constants.Supercell.Matrix), Constants.Elements.ToArray()),
            Group = SpaceGroup.Of(changed, Group.ToleranceAngstrom),
        };
    }
}
