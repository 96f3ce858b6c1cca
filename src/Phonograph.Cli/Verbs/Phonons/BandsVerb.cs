using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Properties;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Reporting;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons bands</c>: phonons along a path.</summary>
internal static class BandsVerb
{
    internal static Command Create()
    {
        var input = new PhononInput();
        var mesh = new MeshOptions();
        var path = new Option<string?>("--path") { Description = "Path: names of special points (G for Γ), or places like Q=0.1,0.2,1/3; a bar separates pieces. Not given: the customary path of the lattice (Setyawan and Curtarolo).", HelpName = "\"G X M | R G\"" };
        var points = new Option<int>("--points") { Description = "Wave vectors on the longest piece.", DefaultValueFactory = _ => 101 };
        var sorted = new Option<bool>("--sorted") { Description = "Sort bands by frequency instead of following them by their eigenvectors." };
        var vectors = new Option<bool>("--eigenvectors") { Description = "Keep eigenvectors in band.yaml." };
        var alone = new Option<bool>("--no-dos") { Description = "Draw no density of states beside the bands." };
        var output = new Option<string>("--output") { Description = "Folder for band.yaml (phonopy's format), bands.svg, bands.png and bands.csv.", Required = true };
        var command = new Command(
            "bands",
            "Phonon bands along a path (THz; imaginary modes negative), as a figure with the density of states and as data.\n"
            + "Example: phonograph phonons bands phonopy_params.yaml --output phonons\n"
            + "         phonograph phonons bands POSCAR --supercell 2,2,2 --force-constants FORCE_CONSTANTS --primitive F --born BORN --path \"G X W K G L\" --output phonons");
        input.AddTo(command);
        foreach (Option option in new Option[] { path, points, sorted, vectors, alone })
        {
            command.Add(option);
        }

        mesh.AddTo(command);
        command.Add(output);
        return CliRun.Verb(command, run =>
        {
            HarmonicCrystal crystal = input.Load(run);
            DynamicalMatrix matrix = input.Matrix(run, crystal);
            BandPath way = Path(run.Get(path), crystal, run.Get(points));
            var bands = BandStructure.Of(matrix, way, new BandStructureOptions(!run.Get(sorted), run.Get(vectors)));
            DensityOfStates? density = run.Get(alone) ? null : DensityOfStates.Of(MeshPhonons.Of(matrix, mesh.Build(run, crystal), withElementShares: true));
            string folder = run.Get(output), yaml = System.IO.Path.Combine(folder, "band.yaml");
            BandYamlFile.Write(yaml, bands);
            ImmutableArray<string> figures = PhononFigures.WriteBands(System.IO.Path.Combine(folder, "bands"), bands, density);
            (double lowest, string where) = Lowest(bands);
            string type = BravaisLattice.Of(crystal.PrimitiveCell.Lattice).Type.ToString();
            string walked = Words(bands);
            PhononOutput.Print(
                run,
                string.Create(CultureInfo.InvariantCulture, $"{input.Describe(run, crystal)}\nlattice {type}, path {walked}\nfrom {lowest:F4} THz at {where} to {bands.HighestTerahertz:F4} THz\n{yaml}, {string.Join(", ", figures)}"),
                new
                {
                    lattice = type,
                    path = walked,
                    wave_vectors = bands.Segments.Sum(segment => segment.Modes.Length),
                    lowest_frequency_THz = lowest,
                    lowest_at = where,
                    highest_frequency_THz = bands.HighestTerahertz,
                    source = crystal.Source,
                    files = figures.Prepend(yaml),
                });
            return Task.FromResult(0);
        });
    }

    private static BandPath Path(string? text, HarmonicCrystal crystal, int points)
    {
        if (points is < 2 or > 100_000)
        {
            throw new InputException($"--points: found {points}; expected 2 or more.");
        }

        return text is null ? BandPath.Automatic(crystal.PrimitiveCell.Lattice, points) : BandPath.Parse(text, crystal.PrimitiveCell.Lattice, points);
    }

    private static (double Frequency, string Where) Lowest(BandStructure bands)
    {
        (WaveVectorModes modes, BandStructureSegment segment) = bands.Segments.SelectMany(segment => segment.Modes.Select(modes => (modes, segment))).MinBy(each => each.modes.FrequenciesTerahertz.Min());
        double lowest = modes.FrequenciesTerahertz.Min();
        return (Math.Abs(lowest) < 5e-5 ? 0 : lowest, $"{Place(modes.WaveVectorFractional)} between {First(segment.Path)} and {Last(segment.Path)}");
    }

    /// <summary>Name of a point of the path, or its place when it has none.</summary>
    private static string First(BandSegment path) => path.From.Length > 0 ? path.From : Place(path.PointsFractional[0]);

    private static string Last(BandSegment path) => path.To.Length > 0 ? path.To : Place(path.PointsFractional[^1]);

    private static string Place(Vector3D q)
    {
        double Shown(double component) => Math.Round(component, 4) + 0.0;
        return string.Create(CultureInfo.InvariantCulture, $"({Shown(q.X)} {Shown(q.Y)} {Shown(q.Z)})");
    }

    private static string Words(BandStructure bands)
    {
        string words = First(bands.Segments[0].Path);
        for (int index = 0; index < bands.Segments.Length; index++)
        {
            BandSegment path = bands.Segments[index].Path;
            bool isJump = index > 0 && (path.PointsFractional[0] - bands.Segments[index - 1].Path.PointsFractional[^1]).Length > 1e-9;
            words += (isJump ? $" | {First(path)}" : "") + $" {Last(path)}";
        }

        return words;
    }
}
