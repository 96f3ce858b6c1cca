using System.Numerics;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Rearranges a matrix B[k, n] into panels as wide as a tile: panel p holds columns p·width to p·width + width - 1, step by step, columns
/// beyond n as zeros. Panels of several matrices that share n may follow each other step-wise: <c>stepsInAll</c> is then their total.
/// </summary>
internal static unsafe class PanelPacking
{
    /// <summary>Number of elements that packed panels need.</summary>
    internal static int Length(int steps, int columns, int width) => checked(steps * Panels(columns, width) * width);

    /// <summary>Number of panels for so many columns.</summary>
    internal static int Panels(int columns, int width) => (columns + width - 1) / width;

    /// <summary>Packs B[steps, columns], row-major with the given distance of rows.</summary>
    internal static void Pack<T>(T* b, int stride, int steps, int columns, int width, T* panels, int stepsInAll)
        where T : unmanaged
    {
        bool whole = width % Vector<T>.Count == 0;
        for (int step = 0; step < steps; step++)
        {
            T* row = b + ((long)step * stride);
            int first = 0;
            for (; whole && first <= columns - width; first += width)
            {
                T* destination = panels + ((long)first * stepsInAll) + (step * width);
                for (int lane = 0; lane < width; lane += Vector<T>.Count)
                {
                    Vector.Load(row + first + lane).Store(destination + lane);
                }
            }

            for (; first < columns; first += width)
            {
                T* destination = panels + ((long)first * stepsInAll) + (step * width);
                int count = Math.Min(width, columns - first);
                new ReadOnlySpan<T>(row + first, count).CopyTo(new Span<T>(destination, count));
                new Span<T>(destination + count, width - count).Clear();
            }
        }
    }

    /// <summary>Packs Bᵀ, where B[columns, steps] is row-major without padding.</summary>
    internal static void PackTransposed<T>(T* b, int steps, int columns, int width, T* panels, int stepsInAll)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int first = 0; first < columns; first += width)
        {
            T* panel = panels + ((long)first * stepsInAll);
            for (int lane = 0; lane < width; lane++)
            {
                if (first + lane >= columns)
                {
                    for (int step = 0; step < steps; step++)
                    {
                        panel[(step * width) + lane] = T.Zero;
                    }

                    continue;
                }

                T* row = b + ((long)(first + lane) * steps);
                for (int step = 0; step < steps; step++)
                {
                    panel[(step * width) + lane] = row[step];
                }
            }
        }
    }
}
