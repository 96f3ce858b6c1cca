namespace Phonograph.Labelling.Campaigns;

/// <summary>Jobs (distinct computations) of a campaign by where they stand.</summary>
/// <param name="Waiting">Neither finished nor in flight.</param>
/// <param name="Running">In flight now.</param>
/// <param name="Done">With a label.</param>
/// <param name="Failed">Failed on every rung.</param>
/// <param name="Refused">Of no use to the engine.</param>
public sealed record StageCounts(int Waiting, int Running, int Done, int Failed, int Refused);

/// <summary>Jobs without a label for one reason.</summary>
/// <param name="Reason">Reason of the deciding attempt.</param>
/// <param name="Jobs">Number of jobs.</param>
/// <param name="Example">What the engine said of one of them.</param>
public sealed record ReasonCount(string Reason, int Jobs, string Example);

/// <summary>Finished attempts on one rung of the ladder.</summary>
/// <param name="Rung">Rung from 0.</param>
/// <param name="Labels">Attempts that gave a label.</param>
/// <param name="Failures">Attempts that failed.</param>
/// <param name="MeanSeconds">Mean wall time without pauses, s.</param>
/// <param name="LongestSeconds">Longest, s.</param>
public sealed record RungCount(int Rung, int Labels, int Failures, double MeanSeconds, double LongestSeconds);

/// <summary>What made attempts, and where.</summary>
/// <param name="ProgramVersion">Version of this program; empty when the records do not say.</param>
/// <param name="EngineVersion">Version of the engine.</param>
/// <param name="Host">Machine; empty when the records do not say.</param>
/// <param name="Attempts">Number of finished attempts.</param>
public sealed record AttemptOrigin(string ProgramVersion, string EngineVersion, string Host, int Attempts);

/// <summary>An attempt in flight.</summary>
/// <param name="Id">Configuration that asked for it first.</param>
/// <param name="Rung">Rung of the ladder.</param>
/// <param name="Seconds">Since it began, pauses included, s.</param>
public sealed record RunningAttempt(string Id, int Rung, double Seconds);
