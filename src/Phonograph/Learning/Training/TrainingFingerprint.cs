using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;

namespace Phonograph.Learning.Training;

/// <summary>
/// A hash over everything that decides trained weights: the content of all graphs and labels, the settings, the version of the training
/// code and of the numerical kernels. Equal fingerprints give equal weights on one kind of processor.
/// </summary>
public static class TrainingFingerprint
{
    /// <summary>Raised by hand whenever a change in <c>Learning</c> changes trained weights or what a model file says.</summary>
    public const int Revision = 3;

    /// <summary>What of the code is part of every fingerprint: <see cref="Revision"/>, and the build of the numerical kernels. Programs that differ in it share no fingerprint.</summary>
    public static string Code { get; } = $"revision {Revision}, kernels {typeof(Numerics.Autodiff.Tape<float>).Module.ModuleVersionId}";

    /// <summary>Hexadecimal SHA-256.</summary>
    public static string Of(TrainingData data, TrainingOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Code);
        Append(hash, JsonSerializer.Serialize(options, ModelFile.Json));
        Append(hash, JsonSerializer.Serialize(data.Property, ModelFile.Json));
        Append(hash, JsonSerializer.Serialize(data.Graph, ModelFile.Json));
        foreach (Datasets.Property property in data.FurtherProperties)
        {
            Append(hash, JsonSerializer.Serialize(property, ModelFile.Json));
        }

        if (data.Start is { } start)
        {
            Append(hash, $"start {start.Sha256}");
        }

        Append(hash, $"{data.Engine}\n{data.Level}\n{data.Training.Length} {data.Validation.Length}");
        Append(hash, data.Training.Concat(data.Validation), GraphNetworks.GeometryOf(options.Model) == EdgeGeometry.Direction);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Adds the content of graphs and labels.</summary>
    internal static void Append(IncrementalHash hash, IEnumerable<LabelledGraph> cells, bool hasDirections)
    {
        Span<byte> target = stackalloc byte[8];
        foreach (LabelledGraph each in cells)
        {
            Append(hash, each.Configuration);
            Append(hash, string.Join(' ', each.Graph.Elements.Select(element => element.Symbol)));
            hash.AppendData(MemoryMarshal.AsBytes(each.Graph.EdgeStart.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(each.Graph.EdgeSource.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(each.Graph.EdgeLengthAngstrom.AsSpan()));
            if (hasDirections)
            {
                hash.AppendData(MemoryMarshal.AsBytes(EdgeDirections.Of(each.Graph).AsSpan()));
            }

            BinaryPrimitives.WriteDoubleLittleEndian(target, each.Target);
            hash.AppendData(target);
            foreach (double further in each.FurtherTargets)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(target, further);
                hash.AppendData(target);
            }
        }
    }

    internal static void Append(IncrementalHash hash, string text)
    {
        // The length goes first, so that two texts never run together to the same bytes as two others.
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
