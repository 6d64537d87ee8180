namespace BatchScoring.Statistics;

/// <summary>Functions that the distributions' tails are made of. Relative errors stay below 1e-12 for arguments up to 10⁶.</summary>
internal static class SpecialFunctions
{
    private const double Tiny = 1e-300;
    private const double Enough = 1e-16;
    private const int MaxSteps = 100_000;

    /// <summary>Lanczos' series with g = 7 and nine terms.</summary>
    private static readonly double[] _lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>Q(a, x) = Γ(a, x) ÷ Γ(a), the upper tail of the gamma distribution.</summary>
    public static double GammaUpper(double a, double x)
    {
        if (x <= 0) return 1;
        // x^a · e^−x ÷ Γ(a) without the cancellation of large logarithms.
        double front = Math.Sqrt(a / (2 * Math.PI)) * Math.Exp((a * LogRatio(x, a)) + (a - x) - Stirling(a));
        return x < a + 1 ? 1 - (front * LowerSeries(a, x)) : front * UpperFraction(a, x);
    }

    /// <summary>I_x(a, b), the distribution function of the beta distribution.</summary>
    public static double BetaLower(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        double mode = a / (a + b);
        double front = Math.Sqrt(a * b / (2 * Math.PI * (a + b)))
            * Math.Exp((a * LogRatio(x, mode)) + (b * LogRatio(1 - x, b / (a + b))) + Stirling(a + b) - Stirling(a) - Stirling(b));
        return x < (a + 1) / (a + b + 2) ? front * BetaFraction(x, a, b) / a : 1 - (front * BetaFraction(1 - x, b, a) / b);
    }

    private static double LogRatio(double x, double y) => Math.Abs(x - y) < 0.5 * y ? double.LogP1((x - y) / y) : Math.Log(x / y);

    /// <summary>What Stirling's formula leaves out of ln Γ(x).</summary>
    private static double Stirling(double x)
    {
        if (x >= 10)
        {
            double y = 1 / (x * x);
            return (1.0 / 12 - (y * (1.0 / 360 - (y * (1.0 / 1260 - (y * (1.0 / 1680 - (y * (1.0 / 1188 - (y * 691.0 / 360360)))))))))) / x;
        }

        return LogGamma(x) - ((x - 0.5) * Math.Log(x)) + x - (0.5 * Math.Log(2 * Math.PI));
    }

    private static double LogGamma(double x)
    {
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        double sum = _lanczos[0];
        for (int i = 1; i < _lanczos.Length; i++) sum += _lanczos[i] / (x - 1 + i);
        double t = x + 6.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x - 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    private static double LowerSeries(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (int n = 1; n < MaxSteps && term > sum * Enough; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    /// <summary>By Lentz' method.</summary>
    private static double UpperFraction(double a, double x)
    {
        double b = x + 1 - a, c = 1 / Tiny, d = 1 / b, value = d;
        for (int n = 1; n < MaxSteps; n++)
        {
            double step = n * (a - n);
            b += 2;
            d = 1 / NotZero(b + (step * d));
            c = NotZero(b + (step / c));
            value *= c * d;
            if (Math.Abs((c * d) - 1) < Enough) break;
        }

        return value;
    }

    private static double BetaFraction(double x, double a, double b)
    {
        double c = 1, d = 1 / NotZero(1 - ((a + b) * x / (a + 1))), value = d;
        for (int n = 1; n < MaxSteps; n++)
        {
            double even = n * (b - n) * x / ((a + (2 * n) - 1) * (a + (2 * n)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= c * d;
            double odd = -(a + n) * (a + b + n) * x / ((a + (2 * n)) * (a + (2 * n) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= c * d;
            if (Math.Abs((c * d) - 1) < Enough) break;
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
