using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Phonograph.Files;
using Phonograph.Learning.Storage;

namespace Phonograph.Tests.Learning.Storage;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("phonograph-safetensors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_to_the_last_bit()
    {
        SafetensorsFile written = Example();
        string path = Path.Combine(_folder, "model.safetensors");
        written.Write(path);
        SafetensorsFile read = SafetensorsFile.Read(path);
        Assert.Equal(written.Metadata, read.Metadata);
        Assert.Equal(written.Tensors.Keys, read.Tensors.Keys);
        Assert.All(written.Tensors, tensor => Assert.True(tensor.Value.HasSameBits(read.Tensors[tensor.Key])));
        Assert.Equal([1.5f, -0f, float.NaN, float.Epsilon, 3e38f, 6], read.Tensors["first.weight"].ToSingles());
    }

    [Fact]
    public void The_layout_is_that_of_the_published_format()
    {
        // An independent parse: length, JSON object, type, shape and place of each tensor, numbers at their places, all aligned.
        byte[] content = Bytes(Example());
        int length = (int)BitConverter.ToUInt64(content, 0);
        Assert.Equal(0, length % 8);
        Assert.Equal((byte)'{', content[8]);
        JsonObject header = JsonNode.Parse(Encoding.UTF8.GetString(content, 8, length))!.AsObject();
        Assert.Equal("ångström \"quoted\"", (string)header["__metadata__"]!["unit"]!);
        Assert.Equal("F64", (string)header["moment"]!["dtype"]!);
        Assert.Equal([2, 3], header["first.weight"]!["shape"]!.AsArray().Select(value => (int)value!));
        Assert.Empty(header["scalar"]!["shape"]!.AsArray());
        int end = 0;
        foreach (JsonNode entry in header.Where(pair => pair.Key != "__metadata__").Select(pair => pair.Value!).OrderBy(entry => (int)entry["data_offsets"]![0]!))
        {
            int begin = (int)entry["data_offsets"]![0]!;
            Assert.Equal(end, begin);
            Assert.Equal(0, (8 + length + begin) % ((string)entry["dtype"]! == "F64" ? 8 : 4));
            end = (int)entry["data_offsets"]![1]!;
        }

        Assert.Equal(content.Length, 8 + length + end);
        int place = 8 + length + (int)header["moment"]!["data_offsets"]![0]!;
        Assert.Equal(Math.PI, BitConverter.ToDouble(content, place + 8));
    }

    [Fact]
    public void Equal_content_gives_equal_bytes() => Assert.Equal(Bytes(Example()), Bytes(Example()));

    [Fact]
    public void Any_tensor_survives_the_round_trip() =>
        Gen.Select(Gen.Double.Array[0, 40], Gen.String[0, 20], Gen.String[0, 20]).Sample((values, name, text) =>
        {
            // A lone surrogate is no Unicode text, and no file can hold it.
            string valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes("t" + name)), value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            var file = new SafetensorsFile(
                Sorted(KeyValuePair.Create(valid, SafetensorsTensor.Of(values, values.Length))),
                ImmutableSortedDictionary<string, string>.Empty.Add("key", value));
            SafetensorsFile read = SafetensorsFile.Parse(Bytes(file), "memory");
            Assert.True(read.Tensors[valid].HasSameBits(file.Tensors[valid]));
            Assert.Equal(value, read.Metadata["key"]);
        }, iter: 200);

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        byte[] content = Bytes(Example());
        for (int length = 0; length < content.Length; length++)
        {
            InputException error = Assert.Throws<InputException>(() => SafetensorsFile.Parse(content[..length], "cut.safetensors"));
            Assert.Contains("cut.safetensors", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<InputException>(() => SafetensorsFile.Parse([.. content, 0], "long.safetensors"));
    }

    [Fact]
    public void Garbage_is_refused_and_never_crashes() =>
        Gen.Byte.Array[0, 200].Sample(bytes => { Assert.Throws<InputException>(() => SafetensorsFile.Parse(bytes, "garbage")); }, iter: 500);

    [Fact]
    public void A_header_changed_anywhere_is_read_or_refused_but_never_crashes()
    {
        byte[] content = Bytes(Example());
        int header = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(content);
        Gen.Select(Gen.Int[0, header - 1], Gen.Byte).Sample((place, value) =>
        {
            byte[] changed = [.. content];
            changed[place] = value;
            try
            {
                SafetensorsFile.Parse(changed, "changed");
            }
            catch (InputException)
            {
                // Refused with a message: as it should be. Any other exception fails the test.
            }
        }, iter: 3000);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", "I64")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", "shape")]
    [InlineData("""{"a":{"dtype":"F64","shape":[-1],"data_offsets":[0,8]}}""", "shape")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}""", "place")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "byte 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "8 bytes of data")]
    [InlineData("""{"a":{"dtype":"F64","data_offsets":[0,8]}}""", "no shape")]
    [InlineData("""{"__metadata__":{"k":1},"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", "JSON")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", "JSON")]
    [InlineData("[1,2,3]", "JSON")]
    public void A_header_that_lies_is_refused_with_the_reason(string header, string reason)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] content = [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. new byte[8]];
        InputException error = Assert.Throws<InputException>(() => SafetensorsFile.Parse(content, "lie.safetensors"));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        InputException error = Assert.Throws<InputException>(() => SafetensorsFile.Read(Path.Combine(_folder, "none.safetensors")));
        Assert.Contains("none.safetensors", error.Message, StringComparison.Ordinal);
    }

    private static SafetensorsFile Example() => new(
        Sorted(
            KeyValuePair.Create("first.weight", SafetensorsTensor.Of([1.5f, -0f, float.NaN, float.Epsilon, 3e38f, 6], 2, 3)),
            KeyValuePair.Create("moment", SafetensorsTensor.Of([1.0, Math.PI], 2)),
            KeyValuePair.Create("scalar", SafetensorsTensor.Of([2f]))),
        ImmutableSortedDictionary<string, string>.Empty.Add("format", "test").Add("unit", "ångström \"quoted\""));

    private static ImmutableSortedDictionary<string, SafetensorsTensor> Sorted(params KeyValuePair<string, SafetensorsTensor>[] tensors) =>
        tensors.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private byte[] Bytes(SafetensorsFile file)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        file.Write(path);
        return File.ReadAllBytes(path);
    }
}
