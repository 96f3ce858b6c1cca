using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Phonograph.Numerics.Kernels;

/// <summary>Asks for memory that is needed soon; changes no result. Does nothing on processors without the x86 instruction.</summary>
internal static unsafe class Prefetch
{
    private const int CacheLine = 64;

    /// <summary>Asks for some bytes from a pointer on; they need not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Read(void* start, int bytes)
    {
        if (Sse.IsSupported)
        {
            for (int offset = 0; offset < bytes; offset += CacheLine)
            {
                Sse.Prefetch0((byte*)start + offset);
            }
        }
    }
}
