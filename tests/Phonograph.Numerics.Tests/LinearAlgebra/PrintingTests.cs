using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Numerics.Tests.LinearAlgebra;

public sealed class PrintingTests
{
    [Fact]
    public void A_matrix_prints_its_rows_and_ends() =>
        Assert.Equal("[(1, 0, 0), (0, 0.1, 0), (0, 0, -3)]", Matrix3x3.Diagonal(1, 0.1, -3).ToString());
}
