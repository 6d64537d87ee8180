using System.Runtime.CompilerServices;

namespace BatchScoring.Training.Metrics;

/// <summary>Sorts scores by counting: three passes over their upper bits, then what is equal in those is put right.</summary>
internal static class ScoreOrder
{
    private const int Digits = 11, Passes = 3, Buckets = 1 << Digits, FirstBit = 64 - (Passes * Digits), FewRows = 512;

    /// <summary>The rows with the smallest score first; scores are sorted in place.</summary>
    public static int[] Sort(double[] scores)
    {
        int[] order = new int[scores.Length];
        for (int row = 0; row < order.Length; row++) order[row] = row;
        if (scores.Length < FewRows)
        {
            Array.Sort(scores, order);
            return order;
        }

        ulong[] keys = new ulong[scores.Length], otherKeys = new ulong[scores.Length];
        int[] other = new int[scores.Length], counts = new int[Passes * Buckets];
        Count(scores, keys, counts);
        for (int pass = 0; pass < Passes; pass++)
        {
            Move(keys, order, otherKeys, other, counts.AsSpan(pass * Buckets, Buckets), FirstBit + (pass * Digits));
            (keys, otherKeys, order, other) = (otherKeys, keys, other, order);
        }

        Finish(keys, order);
        for (int i = 0; i < scores.Length; i++) scores[i] = Value(keys[i]);
        return order;
    }

    /// <summary>Keys rise as their numbers do; -0 is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(double[] scores, ulong[] keys, int[] counts)
    {
        for (int row = 0; row < scores.Length; row++)
        {
            long bits = BitConverter.DoubleToInt64Bits(scores[row] + 0.0);
            ulong key = (ulong)(bits ^ ((bits >> 63) | long.MinValue));
            keys[row] = key;
            for (int pass = 0; pass < Passes; pass++) counts[(pass * Buckets) + Digit(key, FirstBit + (pass * Digits))]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move(ulong[] keys, int[] order, ulong[] toKeys, int[] to, Span<int> counts, int bit)
    {
        int start = 0;
        foreach (ref int count in counts) (count, start) = (start, start + count);
        for (int i = 0; i < keys.Length; i++)
        {
            int at = counts[Digit(keys[i], bit)]++;
            (toKeys[at], to[at]) = (keys[i], order[i]);
        }
    }

    private static void Finish(ulong[] keys, int[] order)
    {
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            bool isSorted = true;
            for (; end < keys.Length && keys[end] >> FirstBit == keys[start] >> FirstBit; end++) isSorted &= keys[end] >= keys[end - 1];
            if (!isSorted) Array.Sort(keys, order, start, end - start);
            start = end;
        }
    }

    private static int Digit(ulong key, int bit) => (int)(key >> bit) & (Buckets - 1);

    private static double Value(ulong key)
    {
        long bits = (long)key;
        return BitConverter.Int64BitsToDouble(bits < 0 ? bits ^ long.MinValue : ~bits);
    }
}
