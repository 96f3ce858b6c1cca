using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons.Formats;

/// <summary>phonopy itself reads what is written here and must find the same frequencies. Needs Debian's python3-phonopy.</summary>
public sealed class PhonopyReadsOurFilesTests
{
    private const string Script = """
        import sys
        import numpy as np
        from phonopy import Phonopy
        from phonopy.file_IO import parse_FORCE_CONSTANTS, parse_FORCE_SETS
        from phonopy.interface.vasp import read_vasp

        folder, source = sys.argv[1], sys.argv[2]
        rows = np.array([int(x) for x in sys.argv[3].split()]).reshape(3, 3)
        masses = [float(x) for x in sys.argv[4].split()]
        cell = read_vasp(folder + "/POSCAR")
        cell.masses = masses
        phonon = Phonopy(cell, rows.T, primitive_matrix=np.eye(3))
        if source == "FORCE_SETS":
            phonon.dataset = parse_FORCE_SETS(filename=folder + "/FORCE_SETS")
            phonon.produce_force_constants()
            phonon.symmetrize_force_constants()
        else:
            phonon.force_constants = parse_FORCE_CONSTANTS(folder + "/FORCE_CONSTANTS")
        for q in ([0, 0, 0], [0.5, 0, 0], [0.1, 0.2, 0.3]):
            print(*[repr(float(f)) for f in phonon.get_frequencies(q)])
        """;

    [Theory]
    [InlineData("Ag3SBr", "FORCE_SETS")]
    [InlineData("Ag3SBr", "FORCE_CONSTANTS")]
    [InlineData("Triclinic", "FORCE_SETS")]
    [InlineData("Triclinic", "FORCE_CONSTANTS")]
    public void Frequencies_agree(string name, string source)
    {
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        using var folder = new TemporaryFolder();
        ForceConstants springs = new SpringModel().Constants(ForceConstantsFitTests.SupercellOf(name));
        Supercell supercell = springs.Supercell;
        Poscar.Write(folder.File("POSCAR"), supercell.Unit, "test crystal");
        ForceSetsFile.Write(folder.File("FORCE_SETS"), supercell, SpringModel.ForceSets(springs, AtomDisplacement.CartesianPairs(supercell, 0.01)));
        ForceConstantsFile.Write(folder.File("FORCE_CONSTANTS"), springs);
        IntegerMatrix3 m = supercell.Matrix;
        int[] rows = [m.RowA.X, m.RowA.Y, m.RowA.Z, m.RowB.X, m.RowB.Y, m.RowB.Z, m.RowC.X, m.RowC.Y, m.RowC.Z];
        string masses = string.Join(' ', supercell.Unit.MassesAmu.Select(mass => mass.ToString("R", CultureInfo.InvariantCulture)));
        string[] answer = PythonProgram.Run(Script, folder.Path, source, string.Join(' ', rows), masses).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var matrix = DynamicalMatrix.Of(springs);
        Vector3D[] waves = [new(0, 0, 0), new(0.5, 0, 0), new(0.1, 0.2, 0.3)];
        for (int q = 0; q < waves.Length; q++)
        {
            double[] expected = [.. answer[q].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            ImmutableArray<double> found = matrix.FrequenciesTerahertz(waves[q]);
            Assert.Equal(expected.Length, found.Length);
            for (int branch = 0; branch < expected.Length; branch++)
            {
                Assert.Equal(expected[branch], found[branch], Math.Max(1e-6 * Math.Abs(expected[branch]), 1e-4));
            }
        }
    }
}
