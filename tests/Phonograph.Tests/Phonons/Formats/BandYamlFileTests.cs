using System.Globalization;
using System.Numerics;
using CsCheck;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Properties;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Testing;
using Phonograph.Tests.Crystals.Formats;

namespace Phonograph.Tests.Phonons.Formats;

public sealed class BandYamlFileTests
{
    [Theory]
    [InlineData("band.yaml", true)]
    [InlineData("band.yaml.gz", false)]
    [InlineData("band.yaml.xz", true)]
    public void What_is_written_comes_back(string name, bool hasVectors)
    {
        using var folder = new TemporaryFolder();
        BandStructure bands = Bands("skew", "G X=1/2,0,0 | R=1/2,1/2,1/2 G", hasVectors);
        BandYamlFile.Write(folder.File(name), bands);
        BandStructure read = BandYamlFile.Read(folder.File(name));
        Assert.Equal([("Γ", "X"), ("R", "Γ")], read.Segments.Select(segment => (segment.Path.From, segment.Path.To)));
        for (int piece = 0; piece < bands.Segments.Length; piece++)
        {
            Assert.All(bands.Segments[piece].Distances.Zip(read.Segments[piece].Distances), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            for (int point = 0; point < bands.Segments[piece].Modes.Length; point++)
            {
                WaveVectorModes expected = bands.Segments[piece].Modes[point], found = read.Segments[piece].Modes[point];
                Assert.Equal(hasVectors, found.HasVectors);
                Assert.True((expected.WaveVectorFractional - found.WaveVectorFractional).Length < 1e-8);
                for (int band = 0; band < expected.Count; band++)
                {
                    Assert.Equal(expected.FrequenciesTerahertz[band], found.FrequenciesTerahertz[band], 1e-10);
                    for (int index = 0; hasVectors && index < expected.Count; index++)
                    {
                        Assert.True((expected.Vector(band)[index] - found.Vector(band)[index]).Magnitude < 1e-13);
                    }
                }
            }
        }
    }

    [Fact]
    public void Bands_that_phonopy_wrote_have_the_same_frequencies_and_vectors_that_solve_our_matrix()
    {
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        using var folder = new TemporaryFolder();
        HarmonicCrystal crystal = PhonopyCase.Load("skew").Crystal;
        PhonopyYamlFile.Write(folder.File("p.yaml"), new PhonopyDocument(crystal.Constants.Supercell, crystal.PrimitiveCell) { Constants = crystal.Constants });
        const string Script = """
            import sys, warnings
            warnings.filterwarnings("ignore")
            import phonopy
            from phonopy.phonon.band_structure import get_band_qpoints_and_path_connections
            folder = sys.argv[1]
            p = phonopy.load(folder + "/p.yaml", log_level=0)
            q, c = get_band_qpoints_and_path_connections([[[0, 0, 0], [0.5, 0, 0], [0.5, 0.5, 0.1]], [[0.1, 0.2, 0.3], [0, 0, 0]]], npoints=5)
            p.run_band_structure(q, path_connections=c, labels=["$\\Gamma$", "X_1", "$\\mathrm{Q}$", "Z", "$\\Gamma$"], with_eigenvectors=True)
            p.write_yaml_band_structure(filename=folder + "/band.yaml")
            """;
        PythonProgram.Run(Script, folder.Path);
        BandStructure read = BandYamlFile.Read(folder.File("band.yaml"));
        Assert.Equal(["Γ X₁", "X₁ Q", "Z Γ"], read.Segments.Select(segment => $"{segment.Path.From} {segment.Path.To}"));
        Assert.Equal(15, read.Segments.Sum(segment => segment.Modes.Length));
        DynamicalMatrix matrix = DynamicalMatrix.Of(PrimitiveTransformation.OnPrimitive(crystal.Constants, read.Crystal));
        foreach (WaveVectorModes modes in read.Segments.SelectMany(segment => segment.Modes))
        {
            PhonopyCase.AssertFrequencies([.. modes.FrequenciesTerahertz], matrix.FrequenciesTerahertz(modes.WaveVectorFractional));
            Complex[] d = matrix.At(modes.WaveVectorFractional);
            for (int band = 0; band < modes.Count; band++)
            {
                double eigenvalue = Math.Sign(modes.FrequenciesTerahertz[band]) * Math.Pow(modes.FrequenciesTerahertz[band] / PhononModes.ToTerahertz(1), 2);
                for (int row = 0; row < modes.Count; row++)
                {
                    Complex image = 0;
                    for (int column = 0; column < modes.Count; column++)
                    {
                        image += d[(row * modes.Count) + column] * modes.Vector(band)[column];
                    }

                    Assert.True((image - (eigenvalue * modes.Vector(band)[row])).Magnitude < 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Phonopy_plots_what_is_written()
    {
        Assert.SkipUnless(PythonProgram.Has("phonopy"), "needs phonopy: apt-get install -y python3-phonopy");
        using var folder = new TemporaryFolder();
        BandStructure bands = Bands("hexagonal", "G M K G", hasVectors: true);
        BandYamlFile.Write(folder.File("band.yaml"), bands);

        // The keys that phonopy-bandplot takes.
        const string Script = """
            import sys, yaml
            data = yaml.safe_load(open(sys.argv[1]))
            print(sum(data["segment_nqpoint"]) == data["nqpoint"] == len(data["phonon"]), data["npath"], data["labels"][0][1], len(data["points"]) == data["natom"])
            print(repr(data["phonon"][-1]["distance"]), len(data["phonon"][3]["band"]), len(data["phonon"][3]["band"][0]["eigenvector"]), data["phonon"][3]["band"][2]["frequency"])
            """;
        string[] answer = PythonProgram.Run(Script, folder.File("band.yaml")).Split('\n');
        Assert.Equal("True 3 M True", answer[0]);
        string[] numbers = answer[1].Split(' ');
        Assert.Equal(bands.Segments[^1].Distances[^1], double.Parse(numbers[0], CultureInfo.InvariantCulture), 1e-8);
        Assert.Equal(("12", "4"), (numbers[1], numbers[2]));
        Assert.Equal(bands.Segments[0].Modes[3].FrequenciesTerahertz[2], double.Parse(numbers[3], CultureInfo.InvariantCulture), 1e-9);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_never_crash()
    {
        using var folder = new TemporaryFolder();
        BandYamlFile.Write(folder.File("band.yaml"), Bands("body-centred", "G H", hasVectors: true, points: 3));
        string text = File.ReadAllText(folder.File("band.yaml"));
        DamagedText.Check(
            damaged =>
            {
                string path = folder.Write("damaged.yaml", damaged);
                try
                {
                    BandYamlFile.Read(path);
                }
                catch (InputException error)
                {
                    Assert.Contains(path, error.Message, StringComparison.Ordinal);
                }
            },
            text);
    }

    private static BandStructure Bands(string name, string path, bool hasVectors, int points = 7)
    {
        HarmonicCrystal crystal = PhonopyCase.Load(name).Crystal;
        return BandStructure.Of(crystal.Matrix(), BandPath.Parse(path, crystal.PrimitiveCell.Lattice, points), new BandStructureOptions(HasVectors: hasVectors));
    }
}
