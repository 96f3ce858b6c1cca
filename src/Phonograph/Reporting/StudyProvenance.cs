using System.Collections.Immutable;

namespace Phonograph.Reporting;

/// <summary>What made the numbers of a study.</summary>
/// <param name="ProgramVersion">Version of Phonograph.</param>
/// <param name="Command">Command that was given.</param>
/// <param name="Seed">Seed of splits, weights and bootstrap.</param>
/// <param name="ThreadCount">Threads used; results do not depend on it.</param>
/// <param name="WallTimeSeconds">Duration of the study, s.</param>
/// <param name="Machine">Processor and instruction set in words.</param>
/// <param name="Data">Data files with their hashes.</param>
/// <param name="Settings">Settings of the study by name.</param>
public sealed record StudyProvenance(
    string ProgramVersion,
    string Command,
    ulong Seed,
    int ThreadCount,
    double WallTimeSeconds,
    string Machine,
    ImmutableArray<DataFileHash> Data,
    ImmutableArray<NamedValue> Settings);

/// <summary>A data file and what it contained.</summary>
/// <param name="File">Path as the study names it.</param>
/// <param name="Sha256">SHA-256 of its bytes, hexadecimal.</param>
public sealed record DataFileHash(string File, string Sha256);

/// <summary>A setting.</summary>
/// <param name="Name">Name with unit.</param>
/// <param name="Value">Value as text.</param>
public sealed record NamedValue(string Name, string Value);

/// <summary>Settings of one trained model.</summary>
/// <param name="Property">Key of the property.</param>
/// <param name="Model">Model name.</param>
/// <param name="TrainedOn">Kind of training data.</param>
/// <param name="Values">Settings by name, for example layers, width, learning rate, epochs, parameters.</param>
public sealed record HyperparameterRow(string Property, string Model, string TrainedOn, ImmutableArray<NamedValue> Values);

/// <summary>How the configurations were divided.</summary>
/// <param name="Rule">The rule in one sentence.</param>
/// <param name="Seed">Seed of the division.</param>
/// <param name="Counts">Number of configurations per kind and set.</param>
/// <param name="LeakageStatement">What was checked so that no test configuration is known from training, and the outcome.</param>
public sealed record SplitStatement(string Rule, ulong Seed, ImmutableArray<SplitCount> Counts, string LeakageStatement);

/// <summary>Size of one part of a split.</summary>
/// <param name="Scheme">Kind of data.</param>
/// <param name="Set"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Count">Number of configurations.</param>
public sealed record SplitCount(string Scheme, string Set, int Count);
