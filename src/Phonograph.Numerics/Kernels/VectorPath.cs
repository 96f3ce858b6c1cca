using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Phonograph.Numerics.Kernels;

/// <summary>The family of kernels that single precision uses on this processor.</summary>
/// <remarks>
/// Chosen by instruction set, not by <c>Vector512.IsHardwareAccelerated</c>, which is false where the preferred width is 256 bits although
/// the instructions are there. All three properties are constants for the just-in-time compiler.
/// </remarks>
internal static class VectorPath
{
    /// <summary>AVX-512: 32 registers of 512 bits.</summary>
    internal static bool Is512 => Avx512F.IsSupported;

    /// <summary>AVX2 with fused multiply-add: 16 registers of 256 bits.</summary>
    internal static bool Is256 => !Is512 && Avx2.IsSupported && Fma.IsSupported;

    /// <summary>128-bit registers: Arm's AdvSimd or x86's SSE.</summary>
    internal static bool Is128 => !Is512 && !Is256 && Vector128.IsHardwareAccelerated;

    /// <summary>No vector instructions at all.</summary>
    internal static bool IsScalar => !Is512 && !Is256 && !Is128;

    /// <summary>Name of the path, for benchmarks and tests.</summary>
    internal static string Name => Is512 ? "Vector512" : Is256 ? "Vector256" : Is128 ? "Vector128" : "scalar";
}
