using System.Numerics;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>
/// exp with 1,200 bits behind the point, enough for every double, from integers alone: what our own exp and log are measured with.
/// </summary>
public static class BigExp
{
    private const int Bits = 1200;
    private static readonly BigInteger _one = BigInteger.One << Bits;
    private static readonly BigInteger _ln2 = Ln2();

    /// <summary>How far a result is from e^x, in units of the result's last place.</summary>
    public static double ErrorOfExp(double x, double result)
    {
        (BigInteger value, int exponent) = Exp(Fixed(x));
        return InUlps(Shift(value, exponent) - Fixed(result), result);
    }

    /// <summary>How far a result is from ln y, in units of the result's last place.</summary>
    public static double ErrorOfLog(double y, double result)
    {
        // ln y - result = ln(y / e^result) = ln(1 + q) = q - q^2 / 2 for tiny q.
        (BigInteger value, int exponent) = Exp(Fixed(result));
        BigInteger q = ((Shift(Fixed(y), -exponent) << Bits) / value) - _one;
        return InUlps(q - ((q * q) >> (Bits + 1)), result);
    }

    private static double InUlps(BigInteger difference, double result)
    {
        BigInteger ulp = Fixed(Math.BitIncrement(Math.Abs(result))) - Fixed(Math.Abs(result));
        return Math.Abs((double)((difference << 60) / ulp)) / (1L << 60);
    }

    /// <summary>e^x as value * 2^exponent, value with <see cref="Bits"/> fraction bits in [1, 2).</summary>
    private static (BigInteger Value, int Exponent) Exp(BigInteger x)
    {
        int exponent = (int)BigInteger.Divide(x, _ln2);
        BigInteger r = x - (exponent * _ln2);
        if (r.Sign < 0)
        {
            r += _ln2;
            exponent--;
        }

        BigInteger sum = _one, term = _one;
        for (int n = 1; !term.IsZero; n++)
        {
            term = ((term * r) >> Bits) / n;
            sum += term;
        }

        return (sum, exponent);
    }

    /// <summary>A finite double, exactly, as an integer with <see cref="Bits"/> fraction bits.</summary>
    private static BigInteger Fixed(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        return Shift(bits < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075 + Bits);
    }

    private static BigInteger Shift(BigInteger value, int left) => left >= 0 ? value << left : value >> -left;

    private static BigInteger Ln2()
    {
        // 2 artanh(1/3)
        BigInteger sum = 0, power = _one * 2 / 3;
        for (int n = 1; !power.IsZero; n += 2)
        {
            sum += power / n;
            power /= 9;
        }

        return sum;
    }
}
