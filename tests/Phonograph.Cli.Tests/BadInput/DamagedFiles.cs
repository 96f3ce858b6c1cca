using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.BadInput;

/// <summary>A folder with good files and with the ways in which they get damaged, made once for all tests of bad input.</summary>
public sealed class DamagedFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DamagedFiles(SmallStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        string crystal = Copy(study.UnitCell, "POSCAR");
        string cells = Copy(study.Cells, "cells.xyz.gz");
        Copy(study.Model, "gap.safetensors");
        string sets = Copy(study.ForceSets, "FORCE_SETS"), constants = Copy(study.ForceConstants, "FORCE_CONSTANTS");
        Copy(study.Forces, "forces.xyz.gz");
        Copy(System.IO.Path.Combine(study.Report, "study-result.json"), "study.json");

        byte[] noise = [.. Enumerable.Range(0, 300).Select(index => (byte)new Philox(7, (ulong)index).NextInt32(256))];
        _folder.Write("empty", "");
        _folder.Write("prose", "Once upon a time\nthere was a file\n");
        File.WriteAllBytes(At("noise"), noise);
        File.WriteAllBytes(At("noise.xyz.gz"), noise);
        Directory.CreateDirectory(At("folder.xyz"));

        Lines("cut.vasp", crystal, lines => lines.Take(6));
        Lines("cut-positions.vasp", crystal, lines => lines.Take(10));
        Line("unknown.vasp", crystal, 6, "Ag S Qq");
        Line("flat.vasp", crystal, 5, "0 4.793 0");
        Line("counts.vasp", crystal, 7, "3 1");
        Line("more.vasp", crystal, 7, "2 1 1");
        Line("fewer.vasp", crystal, 7, "3 1 2");
        Line("nan.vasp", crystal, 9, "0.5 NaN 0");
        Line("salt.vasp", crystal, 6, "Na Cl Br");

        // Frames have 42 lines: count, comment, 40 atoms.
        Lines("cut.xyz", cells, lines => lines.Take(20));
        Line("count-41.xyz", cells, 1, "41");
        Line("count-39.xyz", cells, 1, "39");
        Line("count-many.xyz", cells, 1, "many");
        Edit("unknown.xyz", cells, 3, line => Regex.Replace(line, "^Ag", "Qq"));
        Edit("nan.xyz", cells, 5, line => Regex.Replace(line, @"^Ag \S+", "Ag NaN"));
        Edit("short-line.xyz", cells, 5, line => "Ag 1.0");
        Edit("flat.xyz", cells, 2, line => Regex.Replace(line, "Lattice=\"[^\"]*\"", "Lattice=\"1 0 0 2 0 0 0 0 1\""));
        Edit("no-lattice.xyz", cells, 2, line => Regex.Replace(line, "Lattice=\"[^\"]*\"", ""));
        Edit("not-periodic.xyz", cells, 2, line => line.Replace("T T T", "T T F", StringComparison.Ordinal));
        Edit("no-gap.xyz", cells, 2, line => Regex.Replace(line, "band_gap_eV=[^ ]*", ""));
        Edit("nan-energy.xyz", cells, 2, line => Regex.Replace(line, "REF_energy=[^ ]*", "REF_energy=NaN"));
        Edit("two-stresses.xyz", cells, 2, line => Regex.Replace(line, "hydrostatic_stress_GPa=[^ ]*", "hydrostatic_stress_GPa=99"));
        Edit("mixed.xyz", cells, 44, line => line.Replace("level=slater-koster", "level=other", StringComparison.Ordinal));
        Edit("other-level.xyz", cells, 0, line => line.Replace("level=slater-koster", "level=other", StringComparison.Ordinal));
        Lines("one.xyz", cells, lines => lines.Take(42));
        Lines("twice.xyz", cells, lines => lines.Take(42).Concat(lines.Take(42)));
        byte[] whole = File.ReadAllBytes(At("cells.xyz.gz"));
        File.WriteAllBytes(At("cut.xyz.gz"), whole[..(whole.Length / 2)]);
        File.WriteAllBytes(At("cut-end.xyz.gz"), whole[..^12]);

        Lines("cut.sets", sets, lines => lines.Take(30));
        Line("atoms.sets", sets, 1, "39");
        Line("more.sets", sets, 2, "4");
        Line("fewer.sets", sets, 2, "2");
        Line("words.sets", sets, 10, "a b c");
        Line("nan.sets", sets, 10, "NaN 0 0");
        Lines("cut.constants", constants, lines => lines.Take(30));
        Line("atoms.constants", constants, 1, "39 39");
        Line("words.constants", constants, 4, "a b c");
        Line("nan.constants", constants, 4, "NaN 0 0");
        File.WriteAllBytes(At("cut.safetensors"), File.ReadAllBytes(At("gap.safetensors"))[..2000]);
        string result = File.ReadAllText(At("study.json"));
        _folder.Write("cut.json", result[..result.IndexOf("\"unit_cell\"", StringComparison.Ordinal)]);
        _folder.Write("cluster.yaml", "partition: compute\ntime: 30\n");
        _folder.Write("cluster-time.yaml", "partition: compute\ntime: soon\n");
        _folder.Write("study.yaml", "data: cells.xyz.gz\nunit-cell: POSCAR\n");
        _folder.Write("study-key.yaml", "data: cells.xyz.gz\ntrainig:\n  hidden: 8\n");
        _folder.Write("study-value.yaml", "data: cells.xyz.gz\ntraining:\n  hidden: eight\n");
        _folder.Write("study-data.yaml", "unit-cell: POSCAR\ndata: [cells.xyz.gz, gone.xyz]\n");
        _folder.Write("study-curve.yaml", "data: cells.xyz.gz\nbudgets:\n  full:\n    curve: [0.5, 0.75]\n");
        _folder.Write("study-size.yaml", "data: cells.xyz.gz\ncomparison:\n  size: 64\n");
        _folder.Write("study-models.yaml", "data: cells.xyz.gz\ncomparison:\n  models: [m6, m9]\n");
        _folder.Write("empty.yaml", "");
        _folder.Write("study-cut.yaml", "data: [cells.xyz.gz\n");
        _folder.Write("space.yaml", "model: [m2, m5]\nhidden: [4, 8]\n");
        _folder.Write("range.yaml", "hidden: [4, 8]\ndropout: {low: 0, high: 0.5}\n");
        _folder.Write("unknown.yaml", "model: m5\nepochs: [10, 20]\n");
        _folder.Write("empty-list.yaml", "model: m5\nhidden: []\n");
        _folder.Write("layers.yaml", "model: [m1, m5]\nlayers: [2, 3]\n");
        _folder.Write("value.yaml", "model:\n  - m5\n  - m9\n");
        _folder.Write("reversed.yaml", "dropout: {low: 0.5, high: 0.1}\n");
        _folder.Write("tune.json", "{\"property\": 1}\n");
        Directory.CreateDirectory(At("tuned"));
        _folder.Write("tuned/tuning.json", "nonsense\n");
        _folder.Write("tuned/lock", "");
        Directory.CreateDirectory(At("damaged-ensemble"));
        Directory.CreateDirectory(At("emptied-ensemble"));
        Directory.CreateDirectory(At("lonely"));
        File.Copy(At("cells.xyz.gz"), At("lonely/cells.xyz.gz"));
        _folder.Write("damaged-ensemble/ensemble.json", "{\"format\": \"phonograph-ensemble\", \"members\": 3}\n");
        _folder.Write("emptied-ensemble/ensemble.json", "{\"format\":\"phonograph-ensemble\",\"format_version\":1,\"property\":\"band_gap\",\"unit\":\"eV\",\"members\":[\"gone.safetensors\"],\"calibration\":{\"factor\":1,\"shared\":1,\"cells\":9}}\n");
        Directory.CreateDirectory(At("damaged"));
        Directory.CreateDirectory(At("older"));
        _folder.Write("damaged/campaign.json", "nonsense\n");
        _folder.Write("older/campaign.json", "{\"Format\":\"phonograph-campaign-0\",\"Engine\":\"tight-binding\",\"EngineVersion\":\"1\",\"Level\":\"slater-koster\"}\n");
    }

    /// <summary>The folder.</summary>
    internal string Path => _folder.Path;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string At(string name) => _folder.File(name);

    private string Copy(string source, string name)
    {
        File.Copy(source, At(name));
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            return source.EndsWith(".safetensors", StringComparison.Ordinal) ? "" : File.ReadAllText(source);
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(source), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private void Line(string name, string text, int number, string replacement) => Edit(name, text, number, _ => replacement);

    /// <summary>Changes one line, counted from 1, or every line for 0.</summary>
    private void Edit(string name, string text, int number, Func<string, string> change) =>
        Lines(name, text, lines => lines.Select((line, index) => number == 0 || index == number - 1 ? change(line) : line));

    private void Lines(string name, string text, Func<IEnumerable<string>, IEnumerable<string>> change) =>
        _folder.Write(name, string.Join('\n', change(text.TrimEnd('\n').Split('\n'))) + "\n");
}
