using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph crystal</c>: reads a crystal, says what it is, and writes it in another format, as a supercell, or as the decorations of an alloy.</summary>
internal static class CrystalVerb
{
    private const double SuspiciousDistanceAngstrom = 0.7;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var file = new Argument<string>("file") { Description = "POSCAR, CONTCAR or extended XYZ file (.xyz, .extxyz; .gz may follow). Lengths in Å." };
        Option<int> frame = FrameOption.Create();
        Option<string> supercell = SupercellOption.Create();
        supercell.Required = false;
        Option<double> cutoff = CutoffOption.Create("Distance within which neighbours are counted, Å.");
        var output = new Option<string?>("--output") { Description = "File to write: extended XYZ when the name ends in .xyz or .extxyz, else POSCAR (.gz compresses).", HelpName = "FILE" };
        var alloy = new AlloyOptions();
        var command = new Command(
            "crystal",
            "Read a crystal, say what it is, and convert it between POSCAR and extended XYZ, as it is or as a supercell. With --decorate: list and write the decorations of an alloy.\n"
            + "Example: phonograph crystal POSCAR --supercell 2,2,2 --output supercell.xyz\n"
            + "         phonograph crystal POSCAR --supercell 2,2,2 --decorate Br=Br,I --lattice I=4.90 --output decorations.xyz")
        {
            file, frame, supercell, cutoff, output,
        };
        alloy.AddTo(command);
        return CliRun.Verb(command, run =>
        {
            double reach = CutoffOption.Check(run.Get(cutoff));
            Crystal crystal = CrystalFile.Read(run.Get(file), run.Get(frame));
            Supercell cell = run.Arguments.GetValue(supercell) is { } matrix ? SupercellOption.Build(crystal, matrix) : Supercell.Of(crystal, 1, 1, 1);
            if (alloy.IsAsked(run))
            {
                if (AlloyOptions.IsGiven(run, cutoff))
                {
                    throw new InputException("--cutoff: found with --decorate, where it has no meaning. Take it out.");
                }

                DecorationOutput.Write(run, alloy.Decorations(run, cell), run.Get(output));
                return Task.FromResult(0);
            }

            alloy.RefuseWithoutAlloy(run);
            crystal = run.Arguments.GetValue(supercell) is null ? crystal : cell.Crystal;
            NeighbourPair closest = NeighbourSearch.Closest(crystal);
            GraphSummary edges = GraphSummary.Of(CrystalGraphBuilder.Build(crystal, new GraphOptions { CutoffAngstrom = reach }));
            string? written = run.Get(output);
            if (written is not null)
            {
                CrystalFile.Write(written, crystal);
            }

            Console.Out.WriteLine(run.IsJson ? Json(crystal, closest, edges, reach, written) : Text(crystal, closest, edges, reach, written));
            return Task.FromResult(0);
        });
    }

    private static string Text(Crystal crystal, NeighbourPair closest, GraphSummary edges, double cutoff, string? written)
    {
        (Lattice lattice, Vector3D angles) = (crystal.Lattice, crystal.Lattice.AnglesDegrees);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"formula            {ChemicalFormula.Reduced(crystal)}, {crystal.AtomCount} atoms in the cell ({ChemicalFormula.OfCell(crystal)})");
        text.AppendLine(CultureInfo.InvariantCulture, $"lattice            a {lattice.A.Length:F4}  b {lattice.B.Length:F4}  c {lattice.C.Length:F4} Å, α {angles.X:F3}  β {angles.Y:F3}  γ {angles.Z:F3}°");
        foreach ((string name, Vector3D row) in new[] { ("a", lattice.A), ("b", lattice.B), ("c", lattice.C) })
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name} (Å)            {row.X,10:F5} {row.Y,10:F5} {row.Z,10:F5}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"volume             {lattice.Volume:F3} Å³, {lattice.Volume / crystal.AtomCount:F3} Å³ per atom, {(lattice.Rows.Determinant < 0 ? "left" : "right")}-handed");
        text.AppendLine(CultureInfo.InvariantCulture, $"shortest distance  {closest.Distance:F4} Å ({crystal.Elements[closest.Target]}-{crystal.Elements[closest.Source]}, atoms {closest.Target + 1} and {closest.Source + 1}){Warning(closest)}");
        text.Append(CultureInfo.InvariantCulture, $"within {cutoff} Å       {edges.DirectedEdges} directed edges, {edges.SelfLoops} of them self-loops");
        return written is null ? text.ToString() : text.AppendLine().Append(CultureInfo.InvariantCulture, $"written            {written}").ToString();
    }

    private static string Warning(NeighbourPair closest) => closest.Distance < SuspiciousDistanceAngstrom ? ": suspiciously short, check cell and positions" : "";

    private static string Json(Crystal crystal, NeighbourPair closest, GraphSummary edges, double cutoff, string? written)
    {
        Lattice lattice = crystal.Lattice;
        double[] Row(Vector3D row) => [row.X, row.Y, row.Z];
        return JsonSerializer.Serialize(
            new
            {
                formula = ChemicalFormula.Reduced(crystal),
                cell_formula = ChemicalFormula.OfCell(crystal),
                atoms = crystal.AtomCount,
                lattice_A = new[] { Row(lattice.A), Row(lattice.B), Row(lattice.C) },
                angles_deg = Row(lattice.AnglesDegrees),
                volume_A3 = lattice.Volume,
                left_handed = lattice.Rows.Determinant < 0,
                shortest_distance_A = closest.Distance,
                shortest_distance_atoms = new[] { closest.Target + 1, closest.Source + 1 },
                cutoff_A = cutoff,
                directed_edges = edges.DirectedEdges,
                self_loops = edges.SelfLoops,
                output = written,
            },
            Indented);
    }
}
