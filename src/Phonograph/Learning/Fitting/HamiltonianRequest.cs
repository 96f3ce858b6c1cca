using Phonograph.Learning.Hamiltonians;

namespace Phonograph.Learning.Fitting;

/// <summary>One Hamiltonian to be learnt.</summary>
/// <param name="Name">Name in messages, for example <c>hamiltonian phonon 100 draw 1</c>; equal names are allowed.</param>
/// <param name="Data">Cells and their band edges.</param>
/// <param name="Options">Settings.</param>
public sealed record HamiltonianRequest(string Name, HamiltonianData Data, HamiltonianOptions Options) : ModelRequest(Name)
{
    /// <inheritdoc/>
    public override string Fingerprint() => HamiltonianFingerprint.Of(Data, Options);
}
