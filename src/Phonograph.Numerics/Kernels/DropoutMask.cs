using System.Numerics;
using Phonograph.Numerics.Memory;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// A mask of zeros (with the given probability) and 1/(1 - probability). Element i takes word i mod 4 of the Philox block with counter
/// (i / 4, layer, step). Cut into elements.
/// </summary>
internal readonly unsafe struct DropoutMask<T>(T* mask, int length, double probability, ulong key, ulong step, uint layer) : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ElementsPerBlock = 2048;

    /// <summary>Fills the mask.</summary>
    internal void Run(WorkerPool pool) => pool.Run((length + ElementsPerBlock - 1) / ElementsPerBlock, this, large: length > 2 * ElementsPerBlock);

    public void Execute(int block, int worker)
    {
        // Kept when the 32-bit word reaches p·2³²: the probability is exact to 2⁻³².
        ulong threshold = (ulong)Math.Round(probability * 4294967296.0);
        T kept = T.CreateChecked(1 / (1 - probability));
        uint* words = stackalloc uint[4];
        int end = Math.Min(length, (block + 1) * ElementsPerBlock);
        for (int first = block * ElementsPerBlock; first < end; first += 4)
        {
            (words[0], words[1], words[2], words[3]) = Philox.Block((uint)(first / 4), layer, (uint)step, (uint)(step >> 32), (uint)key, (uint)(key >> 32));
            int count = Math.Min(4, end - first);
            for (int word = 0; word < count; word++)
            {
                mask[first + word] = words[word] >= threshold ? kept : T.Zero;
            }
        }
    }
}
