using Phonograph.Benchmarks;

return args switch
{
    ["training", .. string[] rest] => Training.Run(rest),
    ["peak", .. string[] rest] => Peak.Run(rest),
    ["graphs", .. string[] rest] => GraphBuilding.Run(rest),
    ["phonons", .. string[] rest] => Phonons.Run(rest),
    ["explain", .. string[] rest] => Explain.Run(rest),
    ["heads", .. string[] rest] => Heads.Run(rest),
    ["teacher", .. string[] rest] => Teacher.Run(rest),
    ["journal", .. string[] rest] => JournalSpeed.Run(rest),
    ["overhead", .. string[] rest] => Overhead.Run(rest),
    ["kills", .. string[] rest] => Kills.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Phonograph.Benchmarks training [--seconds N] [--threads N] [--hidden N] [--layers N] [--anyway]");
    Console.Error.WriteLine("       Phonograph.Benchmarks peak [--seconds N] [--threads N] [--anyway]");
    Console.Error.WriteLine("       Phonograph.Benchmarks graphs [--seconds N] [--write FILE] [--anyway]");
    Console.Error.WriteLine("       Phonograph.Benchmarks phonons [--seconds N] [--write FOLDER] [--anyway]");
    Console.Error.WriteLine("       Phonograph.Benchmarks explain [--seconds N] [--hidden N] [--structures N] [--epochs N] [--anyway]");
    Console.Error.WriteLine("       Phonograph.Benchmarks heads CELLS FOLDER");
    Console.Error.WriteLine(TeacherArguments.Usage.Replace("usage:", "      ", StringComparison.Ordinal));
    Console.Error.WriteLine("       Phonograph.Benchmarks journal [--seconds N] [--anyway]");
    Console.Error.WriteLine("       Phonograph.Benchmarks overhead [--anyway]");
    Console.Error.WriteLine("       Phonograph.Benchmarks kills NUMBER [SEED]");
    return 2;
}
