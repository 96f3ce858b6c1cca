using Phonograph.Execution;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>Learned Hamiltonians in a folder, each under its fingerprint: <c>FINGERPRINT.safetensors</c>. What was learnt before is read. The folder may be deleted at any time.</summary>
/// <param name="folder">The folder; made when missing.</param>
public sealed class HamiltonianCache(string folder)
{
    /// <summary>Learns or reads.</summary>
    /// <param name="data">Cells and their band edges.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each cell that is learnt.</param>
    /// <param name="cancellation">Stops between two cells.</param>
    public HamiltonianModel Get(HamiltonianData data, HamiltonianOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        string path = Path.Combine(folder, HamiltonianFingerprint.Of(data, options) + ".safetensors");
        if (File.Exists(path))
        {
            return HamiltonianFile.Read(path);
        }

        HamiltonianModel model = HamiltonianTrainer.Train(data, options, progress, cancellation);
        HamiltonianFile.Write(path, model);
        return model;
    }
}
