using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Cli.Verbs.Phonons;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Crystals.Symmetry;
using Phonograph.Electrons;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Reporting;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph electrons</c>: bands and densities of states of a crystal at rest, the gap along a frozen mode, and what modes do to it.</summary>
internal static class ElectronsVerb
{
    internal static Command Create() => new("electrons", "Electronic bands, densities of states, the band gap along a frozen vibration, and what each vibration does to it.") { Bands(), Mode(), ModeRegressionVerb.Create() };

    private static Command Bands()
    {
        var crystal = new Argument<string>("crystal") { Description = "POSCAR of the unit cell at rest (Å)." };
        var engine = new Option<string>("--engine") { Description = "Engine; 'phonograph engines' lists them.", DefaultValueFactory = _ => "cp2k" };
        var level = new Option<string?>("--level") { Description = "Level of theory with the mesh that leads to the potential, as in pbesol/k4x4x4. Default: the engine's first." };
        var path = new Option<string?>("--path") { Description = "Path: names of special points (G for Γ), or places like Q=0.1,0.2,1/3; a bar separates pieces. Not given: the customary path of the lattice (Setyawan and Curtarolo).", HelpName = "\"G X M | R G\"" };
        var points = new Option<int>("--points") { Description = "Wave vectors on the longest piece.", DefaultValueFactory = _ => 41 };
        var mesh = new Option<string>("--mesh") { Description = "Mesh of the density of states, centred on Γ.", HelpName = "A,B,C", DefaultValueFactory = _ => "8,8,8" };
        var projection = new Option<string?>("--project") { Description = "Supercell whose states at Γ are taken apart into shells of elements; it holds the wave vectors that it folds to Γ. Not given: no shares.", HelpName = "A,B,C" };
        var shells = new Option<string[]>("--shells") { Description = "Shells whose shares are drawn on the bands, as in Ag-s.", AllowMultipleArgumentsPerToken = true };
        var width = new Option<double>("--width") { Description = "Width (standard deviation) of each state in the density, eV.", DefaultValueFactory = _ => 0.1 };
        var threads = new Option<int>("--threads") { Description = "Threads of the engine.", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--output") { Description = "Folder for bands.svg, .png, .csv and bands-density.csv; the engine's files go to work/ in it.", Required = true };
        var command = new Command(
            "bands",
            "Electronic bands along a path and the density of states (eV), without spin.\n"
            + "Example: phonograph electrons bands POSCAR --engine cp2k --level pbesol/k4x4x4 --project 2,2,2 --shells Ag-s S-s --output electrons")
        {
            crystal, engine, level, path, points, mesh, projection, shells, width, threads, output,
        };
        return CliRun.Verb(command, async run =>
        {
            Crystal cell = Poscar.Read(run.Get(crystal));
            (IElectronicStructureEngine found, string chosen) = ElectronicStructureEngines.Find(run.Get(engine), run.Get(level), null, 0);
            IBandStructureEngine able = found as IBandStructureEngine ?? throw new InputException($"--engine {found.Name}: found an engine without band structures; expected one of {string.Join(", ", ElectronicStructureEngines.All().OfType<IBandStructureEngine>().Select(each => each.Name))}.");
            if (run.Get(points) is < 2 or > 10_000 || !(run.Get(width) is > 0 and < 10))
            {
                throw new InputException($"--points {run.Get(points)} --width {run.Get(width).ToString(CultureInfo.InvariantCulture)}: expected 2 to 10000 wave vectors and a width between 0 and 10 eV.");
            }

            BandPath way = run.Get(path) is { } text ? BandPath.Parse(text, cell.Lattice, run.Get(points)) : BandPath.Automatic(cell.Lattice, run.Get(points));
            var options = new ElectronsOptions(
                chosen, way, WaveVectorMesh.Of(Numbers(run.Get(mesh)), SpaceGroup.Of(cell), isGammaCentred: true), run.Get(projection) is { } given ? SupercellOption.Build(cell, given).Matrix : null)
            {
                WidthElectronvolt = run.Get(width),
                Threads = run.Get(threads),
            };
            string folder = run.Get(output), work = Path.Combine(folder, "work");
            OutputPlace.Prepare(folder);
            OutputPlace.Prepare(work);
            ElectronicBands bands = await ElectronsRun.ComputeAsync(cell, able, options, work, run.Progress, run.Cancellation);
            string[] wanted = [.. (run.Get(shells) ?? []).Select(name => name.Replace('-', ' '))];
            if (bands.Folded is { } folded && wanted.FirstOrDefault(name => folded.Shells.All(shell => shell.ToString() != name)) is { } unknown)
            {
                throw new InputException($"--shells: found '{unknown.Replace(' ', '-')}'; expected shells that the states have: {string.Join(", ", folded.Shells.Select(shell => shell.ToString().Replace(' ', '-')))}.");
            }

            ImmutableArray<string> files = ElectronFigures.WriteBands(Path.Combine(folder, "bands"), bands, wanted);
            BandExtrema edges = bands.Extrema;
            PhononOutput.Print(
                run,
                string.Create(CultureInfo.InvariantCulture, $"{ChemicalFormula.Reduced(cell)}, {found.Name} {options.Level}: gap {edges.GapElectronvolt:F4} eV from {edges.ValenceAt} to {edges.ConductionAt}, smallest direct gap {edges.DirectGapElectronvolt:F4} eV at {edges.DirectAt}\n{string.Join(", ", files)}"),
                new
                {
                    gap_eV = edges.GapElectronvolt,
                    valence_band_maximum_eV = edges.ValenceElectronvolt,
                    valence_at = Triple(edges.ValenceAt),
                    conduction_band_minimum_eV = edges.ConductionElectronvolt,
                    conduction_at = Triple(edges.ConductionAt),
                    direct_gap_eV = edges.DirectGapElectronvolt,
                    direct_at = Triple(edges.DirectAt),
                    bands = bands.States.EnergiesElectronvolt[0].Length,
                    filled = bands.States.Occupied,
                    shells = bands.Density.Shells.Select(shell => shell.ToString()),
                    files,
                });
            return 0;
        });
    }

    private static Command Mode()
    {
        var cells = new Argument<string>("cells") { Description = "Labelled cells of one frozen mode: extended XYZ with displacement and band_gap_eV." };
        var pair = new Option<string>("--pair") { Description = "Elements whose shortest distance is drawn, as in Ag-S.", HelpName = "A-B", Required = true };
        var output = new Option<string>("--output") { Description = "Folder for mode.svg, mode.png and mode.csv.", Required = true };
        var command = new Command(
            "mode",
            "Band gap (eV) along a frozen vibration, against its amplitude and the shortest distance of a pair (Å).\n"
            + "Example: phonograph phonons animate POSCAR --supercell 2,2,2 --force-constants FORCE_CONSTANTS --primitive P --wave-vector 0,0,0 --band 1 --repeats 2,2,2 --amplitude 0.6 --output mode.xyz\n"
            + "         phonograph label mode.xyz --campaign work/mode --level pbesol --export labelled.xyz.gz\n"
            + "         phonograph electrons mode labelled.xyz.gz --pair Ag-S --output electrons")
        {
            cells, pair, output,
        };
        return CliRun.Verb(command, run =>
        {
            string[] elements = run.Get(pair).Split('-');
            if (elements.Length != 2)
            {
                throw new InputException($"--pair: found '{run.Get(pair)}'; expected two elements. Write for example --pair Ag-S.");
            }

            var mode = FrozenMode.Read(run.Get(cells), elements[0], elements[1]);
            OutputPlace.Prepare(run.Get(output));
            ImmutableArray<string> files = ElectronFigures.WriteMode(Path.Combine(run.Get(output), "mode"), mode);
            FrozenModeRow smallest = mode.Rows.MinBy(row => row.GapElectronvolt)!, largest = mode.Rows.MaxBy(row => row.GapElectronvolt)!;
            PhononOutput.Print(
                run,
                string.Create(CultureInfo.InvariantCulture, $"{mode.Rows.Length} cells: gap from {smallest.GapElectronvolt:F4} eV at {smallest.AmplitudeAngstrom:F3} Å r.m.s. to {largest.GapElectronvolt:F4} eV at {largest.AmplitudeAngstrom:F3} Å r.m.s.\n{string.Join(", ", files)}"),
                new { cells = mode.Rows.Length, rows = mode.Rows.Select(row => new { amplitude_rms_A = row.AmplitudeAngstrom, band_gap_eV = row.GapElectronvolt, shortest_pair_A = row.ShortestAngstrom, mean_pair_A = row.MeanAngstrom }), files });
            return Task.FromResult(0);
        });
    }

    private static IntegerVector3 Numbers(string text)
    {
        int[] numbers = [.. text.Split(',').Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        return numbers is [> 0 and < 100, > 0 and < 100, > 0 and < 100]
            ? new IntegerVector3(numbers[0], numbers[1], numbers[2])
            : throw new InputException($"--mesh: found '{text}'; expected three whole numbers from 1 to 99. Write for example --mesh 8,8,8.");
    }

    private static double[] Triple(Numerics.LinearAlgebra.Vector3D vector) => [vector.X, vector.Y, vector.Z];
}
