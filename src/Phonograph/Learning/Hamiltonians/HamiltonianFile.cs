using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Phonograph.Files;
using Phonograph.Learning.Storage;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>
/// Files of learned Hamiltonians: safetensors with <c>parameters</c> (eV), signatures of the cells seen, and in the metadata <c>format</c>, <c>format_version</c> and <c>description</c> (range and provenance as JSON, from
/// which the form follows).
/// </summary>
public static class HamiltonianFile
{
    /// <summary>Value of the key <c>format</c>.</summary>
    public const string Format = "phonograph-hamiltonian";

    /// <summary>Version of the layout; a reader refuses other versions.</summary>
    public const int FormatVersion = 1;

    private const string Tensor = "parameters", Advice = "Learn it again with 'phonograph hamiltonian', or use the version of Phonograph that wrote it.";

    /// <summary>Writes a Hamiltonian; equal ones give equal bytes.</summary>
    public static void Write(string path, HamiltonianModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, SafetensorsTensor>(StringComparer.Ordinal);
        tensors.Add(Tensor, SafetensorsTensor.Of(model.Parameters.AsSpan(), model.Parameters.Length));
        if (!model.Cells.IsEmpty)
        {
            tensors.Add(CellTensor.Name, CellTensor.Of(model.Cells));
        }

        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        metadata.Add("format", Format);
        metadata.Add("format_version", FormatVersion.ToString(CultureInfo.InvariantCulture));
        metadata.Add("description", JsonSerializer.Serialize(new Description(model.Range, model.Provenance), ModelFile.Json));
        new SafetensorsFile(tensors.ToImmutable(), metadata.ToImmutable()).Write(path);
    }

    /// <summary>Reads a Hamiltonian and checks that it is whole.</summary>
    /// <exception cref="InputException">The file is missing, damaged, incomplete, of another version, or no learned Hamiltonian.</exception>
    public static HamiltonianModel Read(string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        string found = $"format {file.Metadata.GetValueOrDefault("format", "not said")}, version {file.Metadata.GetValueOrDefault("format_version", "not said")}";
        string expected = $"format {Format}, version {FormatVersion.ToString(CultureInfo.InvariantCulture)}";
        if (found != expected)
        {
            throw InputException.At(path, 0, found, expected, Advice);
        }

        Description description = Parse(file.Metadata.GetValueOrDefault("description", "null"), path);
        HamiltonianForm form = HamiltonianForm.Of(description.Range, description.Provenance.Options);
        int count = new HamiltonianParameters(form).Count;
        SafetensorsTensor tensor = NetworkTensors.Require(file, Tensor, path);
        double[] values = tensor.ToDoubles();
        return tensor.Shape.Length == 1 && values.Length == count && Array.TrueForAll(values, double.IsFinite)
            ? new HamiltonianModel(form, [.. values], description.Range, description.Provenance) { Cells = CellTensor.Read(file, path) }
            : throw InputException.At(path, 0, $"{values.Length} parameters of shape [{string.Join(", ", tensor.Shape)}], finite or not", $"{count} finite parameters", Advice);
    }

    private static Description Parse(string text, string path)
    {
        try
        {
            Description description = JsonSerializer.Deserialize<Description>(text, ModelFile.Json) ?? throw new JsonException("it is null");
            description.Provenance.Options.Validated();
            return description.Range.Elements.IsDefaultOrEmpty || description.Provenance.TrainingConfigurations.IsDefault || description.Provenance.ValidationConfigurations.IsDefault || description.Provenance.Passes.IsDefaultOrEmpty
                ? throw new JsonException("a list is missing")
                : description;
        }
        catch (Exception error) when (error is JsonException or InputException or NotSupportedException or ArgumentException)
        {
            throw new InputException($"{path}: the description of the Hamiltonian cannot be used ({error.Message}). {Advice}", error);
        }
    }

    private sealed record Description(TrainingRange Range, HamiltonianProvenance Provenance);
}
