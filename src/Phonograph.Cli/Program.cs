using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Cli.Verbs;

var root = new RootCommand("Phonograph: from a crystal to a trustworthy model of its finite-temperature properties. Lengths in Å, energies in eV, temperatures in K, frequencies in THz, stress in GPa.");
Command[] verbsInPipelineOrder =
[
    CrystalVerb.Create(),
    PhononsVerb.Create(),
    SampleVerb.Create(),
    LabelVerb.Create(),
    ElectronsVerb.Create(),
    DatasetVerb.Create(),
    GraphVerb.Create(),
    TrainVerb.Create(),
    TuneVerb.Create(),
    HamiltonianVerb.Create(),
    EvaluateVerb.Create(),
    PredictVerb.Create(),
    ExplainVerb.Create(),
    StudyVerb.Create(),
    ReportVerb.Create(),
    EnginesVerb.Create(),
];
foreach (Command verb in verbsInPipelineOrder)
{
    root.Add(verb);
}

ParseResult arguments = root.Parse(args);
if (arguments.Errors.Count > 0)
{
    return UsageErrors.Print(arguments);
}

// Ctrl-C: the work ends at the next safe place, which may be some seconds away.
return await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
