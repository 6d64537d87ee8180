namespace BatchScoring.Models.CatBoost.Numerics;

/// <summary>
/// The natural logarithm with the same bits on every processor: a guess by a series, then one step of Newton's iteration with an exponential of
/// about 72 bits.
/// </summary>
internal static class Logarithm
{
    private const double StepsPerUnit = 184.6649652337873; // 128 / ln 2
    private const double RoundToInteger = 6755399441055744; // 1.5 * 2^52

    // ln 2 / 128 in two parts; the first has so few bits that its multiples are exact.
    private const double StepHigh = 0.005415212347998022;
    private const double StepLow = 1.2655086083325438E-13;

    /// <summary>The natural logarithm, off by at most 0.51 units in the last place; NaN below 0.</summary>
    public static double Log(double y)
    {
        if (double.IsNaN(y) || y < 0) return double.NaN;
        if (y == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(y)) return y;
        double guess = GuessLog(y);
        (double high, double low, int exponent) = Expand(guess);
        double scaled = Math.ScaleB(y, -exponent);
        return guess + (((scaled - high) - low) / scaled);
    }

    /// <summary>e^x = (high + low) * 2^exponent to about 72 bits. |x| is below 750.</summary>
    private static (double High, double Low, int Exponent) Expand(double x)
    {
        // x = steps * ln 2 / 128 + r
        double rounded = ((x * StepsPerUnit) + RoundToInteger) - RoundToInteger;
        int steps = (int)rounded;
        (double r, double rLow) = Remainder(x, rounded);

        // e^r - 1 = e + eLow, |r| < 0.0028; terms from the third on need no second part.
        double square = r * r;
        double squareLow = Math.FusedMultiplyAdd(r, r, -square);
        double tail = r * square * ((1.0 / 6) + (r * ((1.0 / 24) + (r * ((1.0 / 120) + (r * ((1.0 / 720) + (r * (1.0 / 5040)))))))));
        double e = r + (square * 0.5);
        double eLow = (r - e) + (square * 0.5) + (tail + ((squareLow * 0.5) + rLow + (r * rLow)));

        // 2^(index/128) * (1 + e + eLow)
        int index = steps & (PowersOfTwo.CoarseCount - 1);
        double power = PowersOfTwo.High[index];
        double powerLow = power * PowersOfTwo.Tail[index];
        double product = power * e;
        double productLow = Math.FusedMultiplyAdd(power, e, -product);
        double high = power + product;
        double low = (power - high) + product + (productLow + (power * eLow) + powerLow + (powerLow * e));
        return (high, low, steps >> 7);
    }

    private static (double R, double Low) Remainder(double x, double steps)
    {
        double first = x - (steps * StepHigh);
        double product = steps * StepLow;
        double productLow = Math.FusedMultiplyAdd(steps, StepLow, -product);
        double r = first - product;
        double back = first - r;
        return (r, (back - product) - productLow);
    }

    /// <summary>A few units in the last place off: 2 artanh((m - 1) / (m + 1)) with y = m * 2^exponent.</summary>
    private static double GuessLog(double y)
    {
        const double Ln2 = 0.6931471805599453, SquareRootOfHalf = 0.7071067811865476;
        int exponent = Math.ILogB(y) + 1;
        double m = Math.ScaleB(y, -exponent);
        if (m < SquareRootOfHalf)
        {
            m *= 2;
            exponent--;
        }

        double z = (m - 1) / (m + 1);
        double square = z * z;
        double sum = 0.0;
        for (int n = 27; n >= 1; n -= 2) sum = (sum * square) + (1.0 / n);
        return (exponent * Ln2) + (2 * z * sum);
    }
}
