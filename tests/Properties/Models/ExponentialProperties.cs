using BatchScoring.Models.CatBoost.Numerics;
using BatchScoring.Tests.Testing.Models;
using FsCheck;
using FsCheck.Fluent;

namespace BatchScoring.Tests.Properties.Models;

public sealed class ExponentialProperties
{
    // A 53-bit fraction, so that all bits of the mantissa occur.
    private static Gen<double> Between(double low, double high) =>
        Gen.Choose(0, (1 << 27) - 1).SelectMany(head => Gen.Choose(0, (1 << 26) - 1)
            .Select(tail => low + ((high - low) * ((((long)head << 26) + tail) / (double)(1L << 53)))));

    [Fact]
    public void Exp_AnyInput_IsRightToHalfAUnit() =>
        ForAll.Cases(
            Gen.OneOf(Between(-708, 709.78), Between(-40, 40), Between(-1, 1), Between(-1e-3, 1e-3), Between(-1e-15, 1e-15)),
            x => BigExp.ErrorOfExp(x, Exponential.Exp(x)).ShouldBeLessThan(0.51),
            count: 2_500);

    [Fact]
    public void Exp_SubnormalResult_IsRightToOneUnit() =>
        ForAll.Cases(Between(-745.13, -708), x => BigExp.ErrorOfExp(x, Exponential.Exp(x)).ShouldBeLessThan(1), count: 300);

    [Fact]
    public void Log_AnyInput_IsRightToHalfAUnit() =>
        ForAll.Cases(
            Gen.OneOf(Between(1, 2), Between(0.6875, 1.375), Between(0, 1), Between(1, 1e300), Between(0, 1e-300), Between(1, 1 + 1e-12),
                Between(1 - 1e-12, 1))
                .Where(y => y is > 0 and not 1),
            y => BigExp.ErrorOfLog(y, Logarithm.Log(y)).ShouldBeLessThan(0.52),
            count: 2_500);

    [Fact]
    public void CatBoostExp_SmallInput_IsNearTheTruth() =>
        ForAll.Cases(Between(-8, 8), x => (CatBoostExp.Exp(x) / Exponential.Exp(x)).ShouldBe(1, 1e-15), count: 2_000);
}
