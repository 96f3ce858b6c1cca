using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Labelling.Cp2k;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Labelling;

/// <summary>Cells to label from the command line, and a stand-in for CP2K that answers with recorded files.</summary>
internal static class RecordedEngine
{
    /// <summary>A program whose energies depend on the cell, so that a label given to the wrong cell is seen.</summary>
    /// <param name="before">Shell commands before it answers.</param>
    /// <param name="isHard">Whether four cells in ten do not converge on the first rung.</param>
    internal static FakeCp2k Create(string before = "", bool isHard = false)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        return FakeCp2k.Recorded(before, isHard);
    }

    /// <summary>The variable that makes the command line use a program.</summary>
    internal static (string, string?) Use(FakeCp2k program) => (Cp2kEngine.PathVariable, program.ProgramPath);

    /// <summary>Writes displaced cells c0, c1, ...</summary>
    internal static void WriteCells(TemporaryFolder folder, int count, Crystal? crystal = null) =>
        ExtendedXyz.Write(folder.File("cells.xyz"), Enumerable.Range(0, count).Select(number => new ExtendedXyzFrame(
            TestCrystals.Shaken(crystal ?? TestCrystals.SilverSulphideBromide, 0.2, (ulong)(number + 1)),
            ImmutableDictionary<string, string>.Empty.Add("id", "c" + number.ToString(CultureInfo.InvariantCulture)).Add("scheme", "uniform").Add("width_A", "0.2"),
            ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty)));
}
