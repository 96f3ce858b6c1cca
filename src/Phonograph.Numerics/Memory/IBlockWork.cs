namespace Phonograph.Numerics.Memory;

/// <summary>
/// Work cut into numbered blocks. The cut must not depend on the number of threads, and no block may write what another block reads or
/// writes: then the result does not depend on the number of threads either.
/// </summary>
internal interface IBlockWork
{
    /// <summary>Does one block.</summary>
    /// <param name="block">Number of the block, from zero.</param>
    /// <param name="worker">Number of the thread doing it, from zero: the key of scratch memory, never of a result.</param>
    void Execute(int block, int worker);
}
