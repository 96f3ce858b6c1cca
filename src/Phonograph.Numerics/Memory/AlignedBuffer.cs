using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Phonograph.Numerics.Memory;

/// <summary>
/// A growing block of numbers at a fixed address that is a multiple of 64 bytes (one cache line, one 512-bit register), with as many spare
/// bytes at the end, so that a kernel may read past the last row by less than one register. It lives on the pinned heap of the garbage
/// collector: no one has to free it, and a pointer stays valid while the buffer object is alive and not grown.
/// </summary>
internal sealed unsafe class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;
    private byte[] _storage = [];
    private int _offset;

    /// <summary>First element; valid for <see cref="Capacity"/> elements.</summary>
    internal T* Pointer { get; private set; }

    /// <summary>Number of elements there is room for.</summary>
    internal int Capacity { get; private set; }

    /// <summary>Makes room for at least this many elements. The contents are zero after growth and untouched otherwise.</summary>
    internal T* Reserve(int length)
    {
        if (length > Capacity)
        {
            // Batches differ a little in size: an eighth more room keeps the buffer from growing at every new largest batch.
            long capacity = Math.Min(length + (length / 8L), (Array.MaxLength - (2 * Alignment)) / sizeof(T));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, capacity);
            _storage = GC.AllocateArray<byte>(((int)capacity * sizeof(T)) + (2 * Alignment), pinned: true);
            nuint address = (nuint)Unsafe.AsPointer(ref _storage[0]);
            Pointer = (T*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
            _offset = (int)((nuint)Pointer - address);
            Capacity = (int)capacity;
        }

        return Pointer;
    }

    /// <summary>The first elements. Unlike the pointer, the span keeps the memory alive.</summary>
    internal Span<T> Span(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Capacity);
        return length == 0 ? [] : MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref _storage[_offset]), length);
    }
}
