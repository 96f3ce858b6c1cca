using System.Security.Cryptography;
using Phonograph.Files;
using Phonograph.Learning.Storage;

namespace Phonograph.Learning.Training;

/// <summary>A model whose weights another training begins from.</summary>
/// <param name="Model">The model.</param>
/// <param name="Sha256">Hexadecimal SHA-256 of its file: it goes into the fingerprint and the provenance.</param>
public sealed record StartModel(TrainedModel Model, string Sha256)
{
    /// <summary>Reads a model file.</summary>
    /// <exception cref="InputException">The file is missing, damaged or no model.</exception>
    public static StartModel Read(string path)
    {
        TrainedModel model = ModelFile.Read(path);
        return new StartModel(model, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
    }
}
