namespace BatchScoring.Models.CatBoost.Numerics;

/// <summary>
/// The exponential that CatBoost uses for softmax and Exponent: a table of 2,048 powers and a short polynomial, relative error about 9e-16,
/// not the C library's bits. This gives CatBoost's bits.
/// </summary>
/// <remarks>Source: the constants of fmath (BSD) as CatBoost 1.2.10 uses it on x86-64.</remarks>
internal static class CatBoostExp
{
    private const double StepsPerUnit = PowersOfTwo.Count / 0.6931471805599453;
    private const double UnitsPerStep = 1 / StepsPerUnit;
    private const double RoundToInteger = 6755399441055744; // 3 * 2^51
    private const int TableBits = 11;
    private const ulong ExponentBias = (1UL << (TableBits + 10)) - (1UL << TableBits);

    private const double MinInput = -708.39641853226408;
    private const double MaxInput = 709.78272569338397;
    private const double MaxScalarInput = 709.78271289338397;

    /// <summary>e to the x; beyond the range of double the value at the border of that range.</summary>
    public static double Exp(double x)
    {
        x = x < MinInput ? MinInput : x > MaxInput ? MaxInput : x;
        double rounded = (x * StepsPerUnit) + RoundToInteger;
        double t = ((rounded - RoundToInteger) * UnitsPerStep) - x;
        ulong bits = BitConverter.DoubleToUInt64Bits(rounded);
        double power = BitConverter.UInt64BitsToDouble(
            (((bits + ExponentBias) >> TableBits) << 52) | PowersOfTwo.Mantissas[bits & (PowersOfTwo.Count - 1)]);
        double y = ((3.0000000027955394 - t) * (t * t) * 0.16666666685227835) - t + 1;
        return y * power;
    }

    /// <summary>
    /// The same on the last <c>length % 4</c> elements of an array, which CatBoost computes one by one: 0 and infinity beyond the range.
    /// </summary>
    public static double ExpOfRest(double x) => x <= MinInput ? 0 : x >= MaxScalarInput ? double.PositiveInfinity : Exp(x);
}
