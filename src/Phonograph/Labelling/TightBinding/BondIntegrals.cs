namespace Phonograph.Labelling.TightBinding;

/// <summary>Hoppings and repulsion of one pair at one distance with their slopes: eV and eV/Å.</summary>
internal readonly record struct BondIntegrals(
    double SsSigma, double SsSigmaSlope,
    double SpSigma, double SpSigmaSlope,
    double PpSigma, double PpSigmaSlope,
    double PpPi, double PpPiSlope,
    double Repulsion, double RepulsionSlope)
{
    internal static BondIntegrals At(BondParameters bond, double distance)
    {
        (double cut, double cutSlope) = Cutoff(bond, distance);
        (double hopping, double hoppingSlope) = Power(bond.ReferenceLengthAngstrom, bond.HoppingExponent, distance, cut, cutSlope);
        (double repulsion, double repulsionSlope) = Power(bond.ReferenceLengthAngstrom, bond.RepulsionExponent, distance, cut, cutSlope);
        return new BondIntegrals(
            bond.SsSigmaElectronvolt * hopping, bond.SsSigmaElectronvolt * hoppingSlope,
            bond.SpSigmaElectronvolt * hopping, bond.SpSigmaElectronvolt * hoppingSlope,
            bond.PpSigmaElectronvolt * hopping, bond.PpSigmaElectronvolt * hoppingSlope,
            bond.PpPiElectronvolt * hopping, bond.PpPiElectronvolt * hoppingSlope,
            bond.RepulsionElectronvolt * repulsion, bond.RepulsionElectronvolt * repulsionSlope);
    }

    private static (double Value, double Slope) Power(double length, double exponent, double distance, double cut, double cutSlope)
    {
        double power = Math.Pow(length / distance, exponent);
        return (power * cut, power * (cutSlope - (exponent * cut / distance)));
    }

    private static (double Value, double Slope) Cutoff(BondParameters bond, double distance)
    {
        double width = bond.CutoffEndAngstrom - bond.CutoffStartAngstrom;
        double t = Math.Clamp((distance - bond.CutoffStartAngstrom) / width, 0, 1);
        double t2 = t * t;
        return (1 - (t2 * t * (10 - (15 * t) + (6 * t2))), -30 * t2 * (1 - t) * (1 - t) / width);
    }
}
