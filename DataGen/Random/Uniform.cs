namespace BatchScoring.DataGen.Random;

/// <summary>
/// From random words to distributions, with nothing but + − × ÷ and square roots: IEEE 754 defines these to the last bit, which it does not
/// do for exponentials and logarithms. So a seed gives the same table on every processor.
/// </summary>
internal static class Uniform
{
    /// <summary>2⁻³²: makes a word a number of at least 0 and less than 1.</summary>
    public const double Step = 1.0 / 4294967296.0;

    // The sum of n words has mean n/2 and variance n/12, in units of 2³²; these bring it to mean 0 and variance 1.
    private const double Mean2 = 65535.0;
    private const double PerDeviation2 = 2.4494897427831781 / 65536.0;
    private const double Mean4 = 2.0 * 4294967295.0;
    private const double PerDeviation4 = 1.7320508075688772 / 4294967296.0;

    /// <summary>A bell-like number of mean 0 and deviation 1 from the word's two halves: at most 2.45 either way.</summary>
    public static double Bell(uint word) => ((int)(word >> 16) + (int)(word & 0xFFFF) - Mean2) * PerDeviation2;

    /// <summary>Nearer to the normal distribution, from the four halves of two words: at most 3.47 either way.</summary>
    public static double Bell(uint w0, uint w1) =>
        ((int)(w0 >> 16) + (int)(w0 & 0xFFFF) + (int)(w1 >> 16) + (int)(w1 & 0xFFFF) - (2 * Mean2)) * (PerDeviation4 * 65536.0);

    /// <summary>The same from four words, without visible steps.</summary>
    public static double Normal(uint w0, uint w1, uint w2, uint w3) => ((double)((ulong)w0 + w1 + w2 + w3) - Mean4) * PerDeviation4;

    /// <summary>The share of a normal population below <paramref name="z"/>, to 0.0003: between 0 and 1, ascending.</summary>
    /// <remarks>Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.27, for erf(z/√2).</remarks>
    public static double NormalShare(double z)
    {
        double x = Math.Abs(z) * 0.70710678118654757;
        double denominator = 1 + (x * (0.278393 + (x * (0.230389 + (x * (0.000972 + (x * 0.078108)))))));
        denominator *= denominator;
        double tail = 0.5 / (denominator * denominator);
        return z < 0 ? tail : 1 - tail;
    }
}
