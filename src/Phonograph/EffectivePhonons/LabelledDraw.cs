using Phonograph.Phonons;

namespace Phonograph.EffectivePhonons;

/// <summary>A displaced supercell with what an engine computed for it.</summary>
/// <param name="Id">Name of the configuration.</param>
/// <param name="Snapshot">Displacements, Å, and forces, eV/Å.</param>
/// <param name="EnergyElectronvolt">Energy of the supercell above the crystal at rest, eV.</param>
public sealed record LabelledDraw(string Id, DisplacedSnapshot Snapshot, double EnergyElectronvolt);
