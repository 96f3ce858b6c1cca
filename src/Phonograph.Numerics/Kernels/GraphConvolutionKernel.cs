using System.Numerics;
using System.Runtime.CompilerServices;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>Chooses the tile of <see cref="ConvolutionProduct{T, TTile}"/> for this processor.</summary>
internal static unsafe class GraphConvolutionKernel
{
    /// <inheritdoc cref="ConvolutionProduct{T, TTile}.Run"/>
    internal static void Run<T>(
        Workspace workspace, in Aggregation<T> aggregation, T* neighbour, T* root, bool transposed, T* bias, T* c, int n, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) && !VectorPath.IsScalar)
        {
            ref readonly Aggregation<float> single = ref Unsafe.As<Aggregation<T>, Aggregation<float>>(ref Unsafe.AsRef(in aggregation));
            if (VectorPath.Is512)
            {
                ConvolutionProduct<float, Vector512Tile>.Run(workspace, in single, (float*)neighbour, (float*)root, transposed, (float*)bias, (float*)c, n, accumulate);
            }
            else if (VectorPath.Is256)
            {
                ConvolutionProduct<float, Vector256Tile>.Run(workspace, in single, (float*)neighbour, (float*)root, transposed, (float*)bias, (float*)c, n, accumulate);
            }
            else
            {
                ConvolutionProduct<float, Vector128Tile>.Run(workspace, in single, (float*)neighbour, (float*)root, transposed, (float*)bias, (float*)c, n, accumulate);
            }
        }
        else
        {
            ConvolutionProduct<T, ScalarTile<T>>.Run(workspace, in aggregation, neighbour, root, transposed, bias, c, n, accumulate);
        }
    }
}
