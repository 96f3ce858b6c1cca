namespace Phonograph.EffectivePhonons;

/// <summary>What one iteration found.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Drawn">Cells drawn in this iteration.</param>
/// <param name="Labelled">Cells of it that got a label.</param>
/// <param name="LabelsSoFar">Labelled draws in the pool.</param>
/// <param name="EffectiveDraws">Effective number of draws for the constants found.</param>
/// <param name="Fits">Fits made by re-weighting.</param>
/// <param name="ShiftTerahertz">Change of the frequencies, THz r.m.s. over the modes.</param>
/// <param name="ErrorTerahertz">Their standard error, THz r.m.s. over the modes.</param>
/// <param name="FreeEnergyElectronvoltPerAtom">Variational free energy of the ensemble the cells were drawn from, eV per atom.</param>
/// <param name="FreeEnergyErrorElectronvoltPerAtom">Standard error of the free energy, eV per atom.</param>
/// <param name="LowestTerahertz">Lowest frequency, THz, negative when imaginary.</param>
/// <param name="ImaginaryModes">Number of imaginary modes.</param>
/// <param name="IsFixed">Whether re-weighting reached a fixed point.</param>
/// <param name="StandsStill">Whether frequencies and free energy moved less than their tolerance or error.</param>
public sealed record EffectiveIteration(
    int Number, int Drawn, int Labelled, int LabelsSoFar, double EffectiveDraws, int Fits, double ShiftTerahertz, double ErrorTerahertz,
    double FreeEnergyElectronvoltPerAtom, double FreeEnergyErrorElectronvoltPerAtom, double LowestTerahertz, int ImaginaryModes, bool IsFixed, bool StandsStill);
