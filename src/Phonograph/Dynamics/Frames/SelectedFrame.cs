namespace Phonograph.Dynamics.Frames;

/// <summary>One frame of a selection.</summary>
/// <param name="Run">Run, from 0.</param>
/// <param name="Index">Number of the frame in its run, from 0.</param>
/// <param name="Block">Block of its run, from 0.</param>
public sealed record SelectedFrame(int Run, int Index, int Block);
