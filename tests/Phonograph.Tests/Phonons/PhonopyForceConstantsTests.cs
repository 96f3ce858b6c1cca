using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Testing;
using Phonograph.Tests.Crystals.Symmetry;

namespace Phonograph.Tests.Phonons;

/// <summary>phonopy itself solves the same noisy forces and must find the same force constants. Needs Debian's python3-phonopy.</summary>
public sealed class PhonopyForceConstantsTests
{
    private const string Setup = """
        import sys
        import numpy as np
        from phonopy import Phonopy
        from phonopy.file_IO import parse_FORCE_CONSTANTS, parse_FORCE_SETS, write_FORCE_CONSTANTS
        from phonopy.interface.vasp import read_vasp

        folder = sys.argv[1]
        rows = np.array([int(float(x)) for x in sys.argv[2].split()]).reshape(3, 3)
        primitive = np.array([float(x) for x in sys.argv[3].split()]).reshape(3, 3)
        phonon = Phonopy(read_vasp(folder + "/POSCAR"), rows.T, primitive_matrix=primitive.T)

        """;

    private const string Solve = Setup + """
        phonon.dataset = parse_FORCE_SETS(filename=folder + "/FORCE_SETS")
        phonon.produce_force_constants(calculate_full_force_constants=True)
        write_FORCE_CONSTANTS(phonon.force_constants, filename=folder + "/solved")
        phonon.symmetrize_force_constants(level=1)
        write_FORCE_CONSTANTS(phonon.force_constants, filename=folder + "/symmetrised")
        phonon.produce_force_constants(calculate_full_force_constants=False)
        write_FORCE_CONSTANTS(phonon.force_constants, filename=folder + "/compact", p2s_map=phonon.primitive.p2s_map)
        """;

    private const string Frequencies = Setup + """
        phonon.force_constants = parse_FORCE_CONSTANTS(folder + "/" + sys.argv[4], p2s_map=phonon.primitive.p2s_map)
        print(*[repr(float(f)) for f in phonon.get_frequencies([0.1, 0.2, 0.3])])
        """;

    public static TheoryData<string> Crystals =>
    [
        "P-1", "C2/m", "Imm2 NaNO2", "iron, body-centred cell", "chalcopyrite CuFeS2", "quartz SiO2", "Bi2Te3, rhombohedral cell", "wurtzite ZnS, supercell of three",
        "wurtzite ZnS, skewed cell", "NaCl, primitive cell, low-symmetry supercell", "zinc blende CuCl", "pyrite FeS2", "Ag3SBr",
    ];

    [Theory]
    [MemberData(nameof(Crystals))]
    public void The_finite_displacement_solution_is_that_of_phonopy(string name)
    {
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        Supercell supercell = SpglibReference.Of(name).Supercell;
        AssertEqual(supercell, NoisySets(supercell));
    }

    [Theory]
    [InlineData("NaCl", 2)]
    [InlineData("SnO2", 3)]
    [InlineData("sg-Pa-3", 2)]
    public void Force_constants_of_the_examples_that_phonopy_ships_are_those_of_phonopy(string name, int along)
    {
        string? folder = OutsideReference.Find("phonopy", name);
        Assert.SkipUnless(folder is not null, OutsideReference.HowToGet);
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        var supercell = Supercell.Of(Poscar.Read(Path.Combine(folder, "POSCAR-unitcell")), 2, 2, along);
        AssertEqual(supercell, ForceSetsFile.Read(Path.Combine(folder, "FORCE_SETS"), supercell));
    }

    private static void AssertEqual(Supercell supercell, ImmutableArray<ForceSet> sets)
    {
        using var folder = new TemporaryFolder();
        Poscar.Write(folder.File("POSCAR"), supercell.Unit, "test crystal");
        ForceSetsFile.Write(folder.File("FORCE_SETS"), supercell, sets);
        PythonProgram.Run(Solve, folder.Path, Text(supercell.Matrix), Text(PrimitiveRows(supercell)));
        ForceConstants solved = ForceConstantsFit.Fit(supercell, ForceSetsFile.Read(folder.File("FORCE_SETS"), supercell));
        Assert.True(solved.AcousticSumRuleViolation() > 1e-6);
        ForceConstantsFitTests.AssertEqual(ForceConstantsFile.Read(folder.File("solved"), supercell), solved, 1e-8);
        ForceConstantsFitTests.AssertEqual(ForceConstantsFile.Read(folder.File("compact"), supercell), solved, 1e-8);
        ForceConstantsFitTests.AssertEqual(ForceConstantsFile.Read(folder.File("symmetrised"), supercell), solved.Symmetrised(), 1e-8);
    }

    [Theory]
    [InlineData("zinc blende CuCl")]
    [InlineData("iron, body-centred cell")]
    [InlineData("corundum Al2O3, hexagonal cell")]
    [InlineData("NaCl, primitive cell, low-symmetry supercell")]
    public void phonopy_reads_both_kinds_of_compact_files(string name)
    {
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        using var folder = new TemporaryFolder();
        Crystal unit = SpglibReference.Of(name).Crystal;
        Supercell supercell = Supercell.Of(unit, unit.AtomCount > 12 ? IntegerMatrix3.Identity : SpglibReference.Of(name).Supercell.Matrix);
        ForceConstants springs = new SpringModel().Constants(supercell);
        var compact = CompactForceConstants.Of(springs, SupercellSymmetry.Of(supercell));
        Poscar.Write(folder.File("POSCAR"), unit, "test crystal");
        ForceConstantsFile.Write(folder.File("primitive"), compact);
        ForceConstantsFile.Write(folder.File("unit"), compact, CompactRows.UnitCell);
        ForceConstantsFile.Write(folder.File("full"), springs);
        Assert.True(new FileInfo(folder.File("primitive")).Length <= new FileInfo(folder.File("unit")).Length);
        Matrix3x3 primitive = PrimitiveRows(supercell);
        void AssertSame(Matrix3x3 rows, string file)
        {
            double[] wanted = Ask(rows, "full"), found = Ask(rows, file);
            Assert.Equal((int)Math.Round(3 * unit.AtomCount * Math.Abs(rows.Determinant)), found.Length);
            Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }

        double[] Ask(Matrix3x3 rows, string file) =>
        [
            .. PythonProgram.Run(Frequencies, folder.Path, Text(supercell.Matrix), Text(rows), file).TrimEnd().Split('\n')[^1].Split(' ')
                .Select(text => double.Parse(text, CultureInfo.InvariantCulture)),
        ];
        AssertSame(primitive, "primitive");
        AssertSame(Matrix3x3.Identity, "unit");
        ForceConstantsFitTests.AssertEqual(springs, ForceConstantsFile.Read(folder.File("primitive"), supercell), 1e-12);
        ForceConstantsFitTests.AssertEqual(springs, ForceConstantsFile.Read(folder.File("unit"), supercell), 1e-12);
    }

    /// <summary>Forces that are nothing but noise: every element of the solution is then tested, whatever its size in a crystal.</summary>
    private static ImmutableArray<ForceSet> NoisySets(Supercell supercell)
    {
        var random = new Philox(12, 0);
        return
        [
            .. SymmetryDistinctDisplacements.Of(supercell).Select(displacement => new ForceSet(
                displacement, [.. Enumerable.Range(0, supercell.Crystal.AtomCount).Select(_ => 0.1 * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal()))])),
        ];
    }

    /// <summary>Rows of the primitive cell in units of the unit cell's.</summary>
    private static Matrix3x3 PrimitiveRows(Supercell supercell) => PrimitiveCellOf(supercell.Unit).ToMatrix3x3().Inverse();

    private static IntegerMatrix3 PrimitiveCellOf(Crystal crystal) => Phonograph.Crystals.Symmetry.PrimitiveCell.Of(crystal).Matrix;

    private static string Text(IntegerMatrix3 m) => Text(m.ToMatrix3x3());

    private static string Text(Matrix3x3 m) => string.Join(' ', Enumerable.Range(0, 9).Select(index => m[index / 3, index % 3].ToString("R", CultureInfo.InvariantCulture)));
}
