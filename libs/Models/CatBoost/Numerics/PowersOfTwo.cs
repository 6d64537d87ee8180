using System.Numerics;

namespace BatchScoring.Models.CatBoost.Numerics;

/// <summary>
/// 2^(i/2048) for i = 0 … 2047, computed once from integers, so that no processor and no C library has a say in the bits.
/// </summary>
internal static class PowersOfTwo
{
    /// <summary>Table entries per doubling.</summary>
    public const int Count = 2048;

    /// <summary>Entries of the coarse table per doubling.</summary>
    public const int CoarseCount = 128;

    private const int FractionBits = 192;
    private const int MantissaBits = 52;

    /// <summary>Mantissa bits (without the leading 1) of 2^(i/2048), rounded to nearest.</summary>
    public static readonly ulong[] Mantissas = new ulong[Count];

    /// <summary>2^(i/128), rounded to nearest.</summary>
    public static readonly double[] High = new double[CoarseCount];

    /// <summary>2^(i/128) = High[i] * (1 + Tail[i]).</summary>
    public static readonly double[] Tail = new double[CoarseCount];

    static PowersOfTwo()
    {
        BigInteger root = BigInteger.One << (FractionBits + 1);
        for (int steps = 1; steps < Count; steps *= 2) root = SquareRoot(root << FractionBits);
        BigInteger power = BigInteger.One << FractionBits;
        for (int i = 0; i < Count; i++)
        {
            SetEntry(i, power);
            power = (power * root) >> FractionBits;
        }
    }

    private static void SetEntry(int i, BigInteger power)
    {
        const int Dropped = FractionBits - MantissaBits;
        BigInteger rounded = (power + (BigInteger.One << (Dropped - 1))) >> Dropped;
        Mantissas[i] = (ulong)rounded & ((1UL << MantissaBits) - 1);
        const int Step = Count / CoarseCount;
        if (i % Step != 0) return;
        High[i / Step] = Math.ScaleB((double)rounded, -MantissaBits);
        Tail[i / Step] = Math.ScaleB((double)(((power - (rounded << Dropped)) << MantissaBits) / rounded), -FractionBits);
    }

    /// <summary>Newton's iteration from above, which falls until it is there.</summary>
    private static BigInteger SquareRoot(BigInteger value)
    {
        BigInteger root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (value / root)) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }
}
