using Phonograph.Learning.Evaluation;

namespace Phonograph.Tests.Learning.Evaluation;

public sealed class NormalDistributionTests
{
    [Fact]
    public void The_probability_is_the_integral_of_the_density()
    {
        foreach (double z in (double[])[0.01, 0.5, 1, 1.96, 3, 5, 7])
        {
            // Simpson's rule with 2000 parts.
            const int Parts = 2000;
            double step = 2 * z / Parts, sum = 0;
            for (int part = 0; part <= Parts; part++)
            {
                double x = -z + (part * step);
                sum += (part is 0 or Parts ? 1 : part % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
            }

            Assert.Equal(sum * step / 3, NormalDistribution.CentralProbability(z), 1e-10);
            Assert.Equal(NormalDistribution.CentralProbability(z), NormalDistribution.CentralProbability(-z));
        }
    }

    [Fact]
    public void The_half_width_is_the_inverse_of_the_probability()
    {
        foreach (double share in (double[])[1e-6, 0.05, 0.5, 0.6826894921370859, 0.95, 0.999999])
        {
            Assert.Equal(share, NormalDistribution.CentralProbability(NormalDistribution.HalfWidth(share)), 1e-12);
        }

        Assert.Equal(1, NormalDistribution.HalfWidth(0.6826894921370859), 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.HalfWidth(1));
    }
}
