using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Phonograph.Cli.Terminal;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Properties;
using Phonograph.Reporting;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons displacement-matrices</c>: thermal displacement tensors.</summary>
internal static class DisplacementMatricesVerb
{
    internal static Command Create()
    {
        var command = new Command(
            "displacement-matrices",
            "Mean square displacements and thermal displacement tensors (Å²) of the atoms of the primitive cell, Cartesian and along the cell's axes as in CIF files.\n"
            + "Example: phonograph phonons displacement-matrices phonopy_params.yaml --mesh 20,20,20 --temperatures 0,100,300 --output phonons");
        var input = new ThermalInput(command, "Folder for thermal_displacement_matrices.yaml (phonopy's format), displacements.svg, displacements.png and displacements.csv.");
        return CliRun.Verb(command, run =>
        {
            ThermalSum sum = input.Load(run);
            var displacements = ThermalDisplacements.Of(sum.Matrix, sum.Mesh, sum.Crystal.Group, sum.TemperaturesKelvin, sum.Rule);
            string yaml = sum.File("thermal_displacement_matrices.yaml");
            ThermalYamlFile.Write(yaml, displacements, sum.Rule);
            ImmutableArray<string> figures = PhononFigures.WriteDisplacements(sum.File("displacements"), displacements);
            int atoms = sum.Crystal.PrimitiveCell.AtomCount;
            PhononOutput.Print(
                run,
                $"{sum.Description}\n{Text(displacements)}\n{yaml}, {string.Join(", ", figures)}",
                new
                {
                    mesh = sum.MeshNumbers,
                    wave_vectors = sum.Mesh.PointsFractional.Length,
                    left_out_share = displacements.LeftOutShare,
                    imaginary_share = displacements.ImaginaryShare,
                    temperatures_K = sum.TemperaturesKelvin,
                    atoms = Enumerable.Range(0, atoms).Select(atom => new
                    {
                        atom = atom + 1,
                        element = sum.Crystal.PrimitiveCell.Elements[atom].Symbol,
                        order = "xx yy zz yz xz xy",
                        cartesian_A2 = sum.TemperaturesKelvin.Select((_, t) => Six(displacements.MatricesCartesian[t][atom])),
                        cif_A2 = sum.TemperaturesKelvin.Select((_, t) => Six(displacements.CrystallographicMatrix(t, atom))),
                    }),
                    source = sum.Crystal.Source,
                    files = figures.Prepend(yaml),
                });
            return Task.FromResult(0);
        });
    }

    private static string Text(ThermalDisplacements displacements)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"imaginary modes {displacements.ImaginaryShare:P2}, left out {displacements.LeftOutShare:P2}\n");
        using var table = new StringWriter(CultureInfo.InvariantCulture);
        int last = displacements.TemperaturesKelvin.Length - 1;
        int[] shown = [.. new[] { 0, last / 3, last }.Distinct()];
        TextTable.Write(
            table,
            ["T (K)", "atom", "Uxx (Å²)", "Uyy", "Uzz", "Uyz", "Uxz", "Uxy"],
            shown.SelectMany(t => Enumerable.Range(0, displacements.Crystal.AtomCount).Select(atom => (IReadOnlyList<string>)
            [
                displacements.TemperaturesKelvin[t].ToString("0.###", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{atom + 1} {displacements.Crystal.Elements[atom].Symbol}"),
                .. Six(displacements.MatricesCartesian[t][atom]).Select(value => (Math.Round(value, 6) + 0.0).ToString("F6", CultureInfo.InvariantCulture)),
            ])));
        return text.Append(table.ToString().TrimEnd()).ToString();
    }

    private static double[] Six(Matrix3x3 u) => [u[0, 0], u[1, 1], u[2, 2], u[1, 2], u[0, 2], u[0, 1]];
}
