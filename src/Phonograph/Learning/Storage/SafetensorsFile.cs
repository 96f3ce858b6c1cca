using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Phonograph.Files;

namespace Phonograph.Learning.Storage;

/// <summary>
/// A safetensors file (https://github.com/huggingface/safetensors, format of version 0.5): eight bytes with the length of the header,
/// little-endian; the header, one JSON object from tensor name to type, shape and place, with a string map <c>__metadata__</c>, padded
/// with spaces to a multiple of eight bytes; then the tensors without gaps. Tensors of 32 and 64-bit floating point are read and written.
/// </summary>
/// <param name="Tensors">Tensors by name.</param>
/// <param name="Metadata">Text by key.</param>
public sealed record SafetensorsFile(ImmutableSortedDictionary<string, SafetensorsTensor> Tensors, ImmutableSortedDictionary<string, string> Metadata)
{
    private const string MetadataKey = "__metadata__";
    private const long LongestHeader = 100_000_000;
    private const string Advice = "The file is damaged or no safetensors file: copy or train it again.";

    /// <summary>Writes the file; equal content gives equal bytes.</summary>
    public void Write(string path) => AtomicFile.WriteStream(path, stream =>
    {
        // 64-bit tensors first, so that every tensor starts at a multiple of its element size.
        KeyValuePair<string, SafetensorsTensor>[] ordered =
            [.. Tensors.OrderByDescending(tensor => SafetensorsTensor.Size(tensor.Value.Type)).ThenBy(tensor => tensor.Key, StringComparer.Ordinal)];
        byte[] header = Header(ordered);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach ((_, SafetensorsTensor tensor) in ordered)
        {
            stream.Write(tensor.Bytes);
        }
    });

    /// <summary>Reads a file whole and checks all of it.</summary>
    /// <exception cref="InputException">The file does not exist, is cut short, or does not follow the format.</exception>
    public static SafetensorsFile Read(string path)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: no such file. Give the path of an existing model file.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InputException($"{path}: may not be read. Give a readable file, not a folder.", error);
        }

        return Parse(content, path);
    }

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">All bytes.</param>
    /// <param name="path">Name for messages.</param>
    public static SafetensorsFile Parse(byte[] content, string path)
    {
        if (content.Length < 8)
        {
            throw InputException.At(path, 0, $"{content.Length} bytes", "at least eight, with the length of a header", Advice);
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(content);
        if (length < 2 || length > LongestHeader || length > (ulong)content.Length - 8)
        {
            throw InputException.At(path, 0, $"a header of {length} bytes in a file of {content.Length}", "a header that fits the file", Advice);
        }

        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            using JsonDocument header = JsonDocument.Parse(content.AsMemory(8, (int)length), options);
            return Parse(header.RootElement, content.AsSpan(8 + (int)length), path);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InputException($"{path}: the header is not the JSON of a safetensors file ({error.Message}). {Advice}", error);
        }
    }

    private static SafetensorsFile Parse(JsonElement header, ReadOnlySpan<byte> data, string path)
    {
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, SafetensorsTensor>(StringComparer.Ordinal);
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var places = new List<(long Begin, long End)>();
        foreach (JsonProperty entry in header.EnumerateObject())
        {
            if (entry.Name == MetadataKey)
            {
                metadata.AddRange(entry.Value.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetString() ?? throw new FormatException($"{pair.Name} is null"))));
                continue;
            }

            string type = Member(entry, "dtype").GetString() ?? "";
            ImmutableArray<int> shape = [.. Member(entry, "shape").EnumerateArray().Select(value => value.GetInt32())];
            long[] place = [.. Member(entry, "data_offsets").EnumerateArray().Select(value => value.GetInt64())];
            int size = SafetensorsTensor.Size(type);
            if (size == 0)
            {
                throw InputException.At(path, 0, $"tensor {entry.Name} of type {type}", "F32 or F64", "Convert the tensor, or use the program that wrote the file.");
            }

            if (place.Length != 2 || place[0] < 0 || place[1] < place[0] || place[1] > data.Length)
            {
                throw InputException.At(path, 0, $"tensor {entry.Name} at [{string.Join(", ", place)}] of {data.Length} bytes", "a place inside the file", Advice);
            }

            if (shape.Any(dimension => dimension < 0) || shape.Aggregate((Int128)size, (product, dimension) => checked(product * dimension)) != place[1] - place[0])
            {
                throw InputException.At(path, 0, $"tensor {entry.Name} of shape [{string.Join(", ", shape)}] in {place[1] - place[0]} bytes", "as many bytes as the shape needs", Advice);
            }

            places.Add((place[0], place[1]));
            tensors.Add(entry.Name, SafetensorsTensor.OfBytes(type, shape, data[(int)place[0]..(int)place[1]].ToArray()));
        }

        CheckNoGaps(places, data.Length, path);
        return new SafetensorsFile(tensors.ToImmutable(), metadata.ToImmutable());
    }

    private static JsonElement Member(JsonProperty entry, string name) =>
        entry.Value.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"tensor {entry.Name} has no {name}");

    private static void CheckNoGaps(List<(long Begin, long End)> places, long length, string path)
    {
        long end = 0;
        foreach ((long begin, long next) in places.Order())
        {
            if (begin != end)
            {
                throw InputException.At(path, 0, $"a tensor starting at byte {begin} of the data", $"byte {end}, where the one before ends", Advice);
            }

            end = next;
        }

        if (end != length)
        {
            throw InputException.At(path, 0, $"{length} bytes of data", $"{end}, as the header says", Advice);
        }
    }

    private byte[] Header(KeyValuePair<string, SafetensorsTensor>[] ordered)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in Metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long begin = 0;
            foreach ((string name, SafetensorsTensor tensor) in ordered)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type);
                json.WriteStartArray("shape");
                foreach (int length in tensor.Shape)
                {
                    json.WriteNumberValue(length);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin);
                begin += tensor.Bytes.Length;
                json.WriteNumberValue(begin);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (memory.Length % 8 != 0)
        {
            memory.WriteByte((byte)' ');
        }

        return memory.ToArray();
    }
}
