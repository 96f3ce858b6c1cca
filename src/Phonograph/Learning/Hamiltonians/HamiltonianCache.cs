using Phonograph.Execution;
using Phonograph.Files;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>
/// Learned Hamiltonians in a folder, each under its fingerprint: <c>FINGERPRINT.safetensors</c>; of one that cannot be learnt <c>FINGERPRINT.refusal</c> says why. What was learnt before is read. The folder may be deleted at any time.
/// </summary>
/// <param name="folder">The folder; made when missing.</param>
public sealed class HamiltonianCache(string folder)
{
    /// <summary>Learns or reads.</summary>
    /// <param name="data">Cells and their band edges.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each cell that is learnt.</param>
    /// <param name="cancellation">Stops between two cells.</param>
    /// <exception cref="InputException">It cannot be learnt, as <see cref="HamiltonianTrainer"/> says now or said before.</exception>
    public HamiltonianModel Get(HamiltonianData data, HamiltonianOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        string fingerprint = HamiltonianFingerprint.Of(data, options), path = Path.Combine(folder, fingerprint + ".safetensors");
        if (File.Exists(path))
        {
            return HamiltonianFile.Read(path);
        }

        if (IsRefused(fingerprint))
        {
            throw new InputException(File.ReadAllText(RefusalPath(fingerprint)).TrimEnd());
        }

        HamiltonianModel model;
        try
        {
            model = HamiltonianTrainer.Train(data, options, progress, cancellation);
        }
        catch (InputException refusal)
        {
            AtomicFile.WriteText(RefusalPath(fingerprint), refusal.Message + "\n");
            throw;
        }

        HamiltonianFile.Write(path, model);
        return model;
    }

    /// <summary>Learns for whoever reads it later; of one that cannot be learnt the refusal is kept.</summary>
    internal void Learn(HamiltonianData data, HamiltonianOptions options, CancellationToken cancellation)
    {
        try
        {
            _ = Get(data, options, cancellation: cancellation);
        }
        catch (InputException) when (IsRefused(HamiltonianFingerprint.Of(data, options)))
        {
        }
    }

    /// <summary>Whether the Hamiltonian of a fingerprint is known not to be learnt.</summary>
    internal bool IsRefused(string fingerprint) => File.Exists(RefusalPath(fingerprint));

    private string RefusalPath(string fingerprint) => Path.Combine(folder, fingerprint + ".refusal");
}
