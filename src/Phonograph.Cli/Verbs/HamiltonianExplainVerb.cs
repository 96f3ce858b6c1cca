using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Explaining;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Hamiltonians;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph hamiltonian explain</c>: which bonds and orbitals make the band edges.</summary>
internal static class HamiltonianExplainVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string[] Quantities = ["vbm_part_eV", "cbm_part_eV", "gap_part_eV", "gap_change_without_eV", "size_of_gap_change_eV"];

    internal static Command Create()
    {
        var file = new Argument<string>("file") { Description = "File of 'phonograph hamiltonian learn'." };
        var structures = new Argument<string[]>("structures") { Description = PredictVerb.StructuresDescription, Arity = ArgumentArity.OneOrMore };
        var width = new Option<double>("--width") { Description = "Width of the ranges of bond lengths, Å.", DefaultValueFactory = _ => 0.5 };
        var output = new Option<string>("--output", "-o") { Description = "CSV file to write: one row for each pair of elements and range of lengths, and one for all its lengths, with 95 % intervals over structures.", Required = true };
        var command = new Command(
            "explain",
            "Take band edges apart: what each kind of bond gives to them (the parts and those of the levels add up to the eigenvalue), how the gap changes without these bonds, and which orbitals the edges are made of (eV, Å).\n"
            + "Example: phonograph hamiltonian explain bands.safetensors cells.xyz.gz --output bonds-that-matter.csv")
        {
            file, structures, width, output,
        };
        return CliRun.Verb(command, run =>
        {
            if (!(run.Get(width) is > 0.01 and <= 20))
            {
                throw new InputException($"--width: found {run.Get(width).ToString(CultureInfo.InvariantCulture)}; expected more than 0.01 and at most 20 Å.");
            }

            HamiltonianModel model = HamiltonianFile.Read(run.Get(file));
            CrystalGraph[] graphs = [.. run.Get(structures).SelectMany(PredictVerb.Read).Select(each => CrystalGraphBuilder.Build(each.Crystal, model.GraphOptions))];
            var explanation = HamiltonianExplanation.Of(model, graphs, run.Get(width), run.Progress, run.Cancellation);
            if (explanation.Cells == 0)
            {
                throw new InputException("No structure can be explained: all hold other elements, or have no closed shells. Give other files.");
            }

            AtomicFile.WriteText(run.Get(output), writer =>
            {
                writer.WriteLine("first,second,length_low_A,length_high_A,all_lengths,bonds_per_cell," + string.Join(',', Quantities.SelectMany(name => new[] { name, name + "_low", name + "_high" })));
                foreach (BondShell shell in explanation.Shells)
                {
                    writer.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{shell.First},{shell.Second},{shell.LowAngstrom:0.###},{shell.HighAngstrom:0.###},{(shell.LowAngstrom == 0 ? "true" : "false")},{shell.BondsPerCell:0.##},{string.Join(',', Values(shell).SelectMany(each => new[] { each.Value, each.Low, each.High }).Select(PredictVerb.Number))}"));
                }
            });
            run.Progress.Finish();
            Print(run, explanation, run.Get(output));
            return Task.FromResult(0);
        });
    }

    private static Interval[] Values(BondShell shell) => [shell.Valence, shell.Conduction, shell.Gap, shell.GapChange, shell.GapChangeSize];

    private static void Print(CliRun run, HamiltonianExplanation explanation, string path)
    {
        BondShell[] pairs = [.. explanation.Shells.Where(shell => shell.LowAngstrom == 0)];
        if (run.IsJson)
        {
            Console.Out.WriteLine(new JsonObject
            {
                ["structures"] = explanation.Cells,
                ["left_out"] = explanation.LeftOut,
                ["orbitals"] = new JsonArray([.. explanation.Orbitals.Select(share => new JsonObject
                {
                    ["element"] = share.Element, ["shell"] = share.Shell.ToString(), ["vbm_share"] = share.Valence.Value, ["cbm_share"] = share.Conduction.Value,
                })]),
                ["pairs"] = new JsonArray([.. pairs.Select(pair => new JsonObject
                {
                    ["first"] = pair.First, ["second"] = pair.Second, ["bonds_per_cell"] = pair.BondsPerCell, ["gap_part_eV"] = pair.Gap.Value, ["gap_change_without_eV"] = pair.GapChange.Value,
                })]),
                ["output"] = path,
            }.ToJsonString(Indented));
            return;
        }

        static string Text(Interval interval, string format) => interval.Value.ToString(format, CultureInfo.InvariantCulture)
            + (double.IsNaN(interval.Low) ? "" : $" [{interval.Low.ToString(format, CultureInfo.InvariantCulture)}, {interval.High.ToString(format, CultureInfo.InvariantCulture)}]");
        TextTable.Write(Console.Out, ["orbital", "share of the VBM", "share of the CBM"], explanation.Orbitals.Select(share => (string[])[$"{share.Element} {share.Shell}", Text(share.Valence, "0.000"), Text(share.Conduction, "0.000")]));
        Console.Out.WriteLine();
        TextTable.Write(Console.Out, ["bonds", "per cell", "part of the VBM / eV", "part of the CBM / eV", "part of the gap / eV", "gap without them, change / eV"], pairs.Select(pair => (string[])
        [
            $"{pair.First}-{pair.Second}", pair.BondsPerCell.ToString("0.#", CultureInfo.InvariantCulture), Text(pair.Valence, "0.000"), Text(pair.Conduction, "0.000"), Text(pair.Gap, "0.000"), Text(pair.GapChange, "0.000"),
        ]));
        Console.Out.WriteLine($"{explanation.Cells} structures{(explanation.LeftOut > 0 ? $", {explanation.LeftOut} left out" : "")}; by length: {path}");
    }
}
