using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Phonons.Polar;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary>The crystal of the verbs about phonons: a phonopy YAML file, or a POSCAR with its supercell and forces or force constants.</summary>
internal sealed class PhononInput
{
    private readonly Argument<string> _input = new("crystal") { Description = "phonopy_params.yaml or phonopy_disp.yaml (.xz, .gz; FORCE_CONSTANTS, FORCE_SETS and BORN beside it are used), or POSCAR of the unit cell (Å) with the same files beside it." };
    private readonly Option<string> _supercell = SupercellOption.Create();
    private readonly Option<string?> _primitive = new("--primitive") { Description = "Primitive cell: auto (found from the symmetry), P (the cell as it stands), F, I, A, C or R, or nine numbers, its vectors by rows in units of the cell's (0,1/2,1/2,...). Not given: the YAML file's; auto with a POSCAR.", HelpName = "CELL" };
    private readonly Option<string?> _constants = new("--force-constants") { Description = "FORCE_CONSTANTS file (eV/Å²), full or compact." };
    private readonly Option<string?> _sets = new("--force-sets") { Description = "FORCE_SETS file (Å, eV/Å), type 1 or 2." };
    private readonly Option<string?> _born = new("--born") { Description = "BORN file: dielectric tensor and Born charges of the primitive cell." };
    private readonly Option<string> _term = new("--nac") { Description = "Long-range (non-analytical) term of a polar crystal: gonze (Gonze and Lee), wang (Wang et al.) or none.", DefaultValueFactory = _ => "gonze" };
    private readonly Option<string?> _masses = new("--masses") { Description = "Masses of elements, amu, instead of the YAML file's or the table's: isotopes, or another table's numbers.", HelpName = "Na=22.99,Cl=34.97" };
    private readonly Option<string?> _order = new("--supercell-order") { Description = "POSCAR or extended XYZ of the supercell at rest that lists the atoms in the order of the files; not given: phonopy's order.", HelpName = "FILE" };

    private readonly Option<bool> _symmetrise = new("--symmetrise") { Description = "Enforce the acoustic sum rule and the permutation symmetry on constants that are read; those made from forces obey them already." };

    internal PhononInput()
    {
        _supercell.Required = false;
        _term.AcceptOnlyFromAmong("gonze", "wang", "none");
    }

    /// <summary>Adds the argument and options to a verb.</summary>
    internal void AddTo(Command command)
    {
        command.Add(_input);
        foreach (Option option in new Option[] { _supercell, _primitive, _constants, _sets, _born, _term, _order, _masses, _symmetrise })
        {
            command.Add(option);
        }
    }

    /// <summary>Loads the crystal.</summary>
    internal HarmonicCrystal Load(CliRun run)
    {
        HarmonicCrystal crystal = Read(run);
        if (run.Get(_masses) is { } masses)
        {
            crystal = crystal.WithMasses(Masses(masses, crystal.PrimitiveCell));
        }

        return run.Get(_symmetrise) ? crystal with { Constants = crystal.Constants.Symmetrised(), Source = crystal.Source + " (symmetrised)" } : crystal;
    }

    private HarmonicCrystal Read(CliRun run)
    {
        string input = run.Get(_input);
        var files = new PhononFiles(run.Get(_constants), run.Get(_sets), run.Get(_born));
        string? matrix = run.Arguments.GetValue(_supercell);
        if (PhonopyYamlFile.Matches(input))
        {
            if (matrix is not null || run.Get(_order) is not null)
            {
                throw new InputException($"{(matrix is null ? "--supercell-order" : "--supercell")}: found with {input}, which says itself what its supercell is; expected with a POSCAR only.");
            }

            PhonopyDocument document = PhonopyYamlFile.Read(input);
            return files.Load(input, document, run.Get(_primitive) is { } text ? Primitive(text, document.Supercell.Unit) : null);
        }

        if (matrix is null)
        {
            throw new InputException($"--supercell: found nothing; expected the supercell of the forces, because {input} is no YAML file. Write for example --supercell 2,2,2.");
        }

        Supercell supercell = SupercellOption.Build(Poscar.Read(input), matrix);
        ImmutableArray<int> order = run.Get(_order) is { } listed ? SupercellMatching.ToOwn(listed, supercell, CrystalFile.Read(listed)) : default;
        return files.Beside(input).Load(supercell, Primitive(run.Get(_primitive) ?? "auto", supercell.Unit), order);
    }

    private static PrimitiveTransformation Primitive(string text, Crystal unit) =>
        text.Trim().Equals("auto", StringComparison.OrdinalIgnoreCase) ? PrimitiveTransformation.Automatic(unit) : PrimitiveTransformation.Parse(text);

    private static Dictionary<Element, double> Masses(string text, Crystal crystal)
    {
        var masses = new Dictionary<Element, double>();
        foreach (string each in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (each.Split('=') is not [var symbol, var number] || !Element.TryFind(symbol, out Element? element) || !crystal.Elements.Contains(element) || masses.ContainsKey(element)
                || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double mass) || !(mass is > 0 and < 1e4))
            {
                throw new InputException($"--masses: found '{each}'; expected an element of the crystal ({string.Join(", ", crystal.Elements.Distinct())}), once, and its mass in amu. Write for example --masses {crystal.Elements[0]}={crystal.Elements[0].MassAmu.ToString(CultureInfo.InvariantCulture)}.");
            }

            masses.Add(element, mass);
        }

        return masses;
    }

    /// <summary>The dynamical matrix with the long-range term that was chosen.</summary>
    internal DynamicalMatrix Matrix(CliRun run, HarmonicCrystal crystal) => crystal.Matrix(run.Get(_term) switch
    {
        "gonze" => NonAnalyticalTerm.GonzeLee,
        "wang" => NonAnalyticalTerm.Wang,
        _ => null,
    });

    /// <summary>What was loaded, in one line.</summary>
    internal string Describe(CliRun run, HarmonicCrystal crystal)
    {
        string term = crystal.Charges is null ? "no Born charges" : run.Get(_term) switch
        {
            "gonze" => "long-range term of Gonze and Lee",
            "wang" => "long-range term of Wang et al.",
            _ => "long-range term left out",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ChemicalFormula.Reduced(crystal.PrimitiveCell)}: {crystal.PrimitiveCell.AtomCount} atoms in the primitive cell, {crystal.Constants.Supercell.Crystal.AtomCount} in the supercell; {term}\nfrom {crystal.Source}; acoustic sum rule broken by {crystal.Constants.AcousticSumRuleViolation():G2} eV/Å²");
    }
}
