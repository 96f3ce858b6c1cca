using System.Security.Cryptography;
using System.Text.Json;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>A hash over everything that decides the numbers of a learned Hamiltonian: cells, labels, settings, versions of the code and of the numerical kernels.</summary>
public static class HamiltonianFingerprint
{
    /// <summary>Raised by hand whenever a change in <c>Learning/Hamiltonians</c> changes numbers or what a file says.</summary>
    public const int Revision = 2;

    /// <summary>Hexadecimal SHA-256.</summary>
    public static string Of(HamiltonianData data, HamiltonianOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        TrainingFingerprint.Append(hash, $"hamiltonian {Revision}, kernels {typeof(Numerics.LinearAlgebra.SymmetricEigenpairs).Module.ModuleVersionId}");
        TrainingFingerprint.Append(hash, JsonSerializer.Serialize(options, ModelFile.Json));
        TrainingFingerprint.Append(hash, $"{data.Engine}\n{data.Level}\n{data.Training.Length} {data.Validation.Length}");
        TrainingFingerprint.Append(hash, data.Training.Concat(data.Validation), hasDirections: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
