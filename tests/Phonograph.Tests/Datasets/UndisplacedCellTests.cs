using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Testing;

namespace Phonograph.Tests.Datasets;

/// <summary>The labels of the cell at rest, against which energies and gaps of displaced cells are shown.</summary>
public sealed class UndisplacedCellTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_undisplaced_cell_needs_no_scheme()
    {
        ExtendedXyzFrame rest = LabelledFrames.Frame("rest", "", null, null, 5, ("scheme", null));
        LabelledConfiguration cell = Data().ReadUndisplaced(Write("ideal.xyz", rest));
        Assert.Equal(Stratum.Undisplaced, cell.Scheme);
        Assert.Equal(rest.Info["band_gap_eV"], cell.BandGapElectronvolt.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Its_labels_must_be_of_the_level_of_the_others()
    {
        string path = Write("ideal.xyz", LabelledFrames.Frame("rest", "", null, null, 5, ("scheme", null), ("level", "model-2")));
        string message = Assert.Throws<InputException>(() => Data().ReadUndisplaced(path)).Message;
        Assert.All(["ideal.xyz", "tight-binding model-2", "tight-binding model-1"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void It_must_be_the_cell_that_was_displaced()
    {
        ExtendedXyzFrame rest = LabelledFrames.Frame("rest", "", null, null, 5, ("scheme", null));
        string path = Write("ideal.xyz", rest with { Crystal = TestCrystals.SilverSulphideBromide40, VectorColumns = rest.VectorColumns.Clear() });
        string message = Assert.Throws<InputException>(() => Data().ReadUndisplaced(path)).Message;
        Assert.All(["Ag24S8Br8", "Ag3SBr"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private Dataset Data() => Dataset.Read([Write("cells.xyz", [.. LabelledFrames.Study(1)])]);

    private string Write(string name, params ExtendedXyzFrame[] frames)
    {
        ExtendedXyz.Write(_folder.File(name), frames);
        return _folder.File(name);
    }
}
