using System.Collections.Immutable;
using Phonograph.Files;

namespace Phonograph.Learning.Storage;

/// <summary>Carries arrays of a network to and from the tensors of a file.</summary>
internal static class NetworkTensors
{
    /// <summary>Copies arrays into tensors, each under its name with a prefix.</summary>
    public static void Add(ImmutableSortedDictionary<string, SafetensorsTensor>.Builder tensors, IEnumerable<NamedArray<float>> arrays, string prefix = "")
    {
        foreach (NamedArray<float> array in arrays)
        {
            tensors.Add(prefix + array.Name, SafetensorsTensor.Of(array.Values, array.Shape.AsSpan()));
        }
    }

    /// <summary>Copies tensors back into arrays.</summary>
    /// <exception cref="InputException">A tensor is missing or of another shape.</exception>
    public static void Restore(SafetensorsFile file, IEnumerable<NamedArray<float>> arrays, string path, string prefix = "")
    {
        foreach (NamedArray<float> array in arrays)
        {
            string name = prefix + array.Name;
            SafetensorsTensor tensor = Require(file, name, path);
            if (tensor.Type != "F32" || !tensor.Shape.AsSpan().SequenceEqual(array.Shape.AsSpan()))
            {
                throw InputException.At(
                    path, 0, $"tensor {name} of type {tensor.Type} and shape [{string.Join(", ", tensor.Shape)}]", $"F32 of shape [{string.Join(", ", array.Shape)}]", "The file does not fit its own description: train the model again.");
            }

            tensor.ToSingles().CopyTo(array.Values);
        }
    }

    /// <summary>A tensor that must be there.</summary>
    public static SafetensorsTensor Require(SafetensorsFile file, string name, string path) => file.Tensors.TryGetValue(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw InputException.At(path, 0, "no tensor " + name, "all tensors of the model", "The file is incomplete: copy it again or train the model again.");
}
