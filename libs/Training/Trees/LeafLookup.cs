using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Training.Trees;

/// <summary>
/// What a row's leaf has, for rows one after another. Up to 64 leaves lie in registers where the processor can pick from them: gathering
/// them from memory takes several times as long.
/// </summary>
internal static unsafe class LeafLookup
{
    private const int RegisterLeaves = 64;

    /// <param name="table">By leaf.</param>
    /// <param name="leaves">By row.</param>
    /// <param name="found">Filled, by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(ReadOnlySpan<double> table, ReadOnlySpan<int> leaves, Span<double> found)
    {
        int row = 0;
        if (Avx512F.IsSupported && table.Length <= RegisterLeaves)
        {
            double* padded = stackalloc double[RegisterLeaves];
            table.CopyTo(new Span<double>(padded, RegisterLeaves));
            Vector512<double> a = Vector512.Load(padded), b = Vector512.Load(padded + 8), c = Vector512.Load(padded + 16),
                d = Vector512.Load(padded + 24), e = Vector512.Load(padded + 32), f = Vector512.Load(padded + 40),
                g = Vector512.Load(padded + 48), h = Vector512.Load(padded + 56);
            Vector512<long> thirtyOne = Vector512.Create(31L), bit = Vector512.Create(16L);
            fixed (int* from = leaves)
            fixed (double* to = found)
            {
                for (; row <= leaves.Length - Vector512<double>.Count; row += Vector512<double>.Count)
                {
                    Vector512<long> leaf = Avx512F.ConvertToVector512Int64(Vector256.Load(from + row));
                    Vector512<double> low = Avx512F.PermuteVar8x64x2(a, leaf, b);
                    if (table.Length > 16)
                    {
                        Vector512<double> isOdd = ~Vector512.Equals(leaf & bit, Vector512<long>.Zero).AsDouble();
                        low = Vector512.ConditionalSelect(isOdd, Avx512F.PermuteVar8x64x2(c, leaf, d), low);
                        var high = Vector512.ConditionalSelect(
                            isOdd, Avx512F.PermuteVar8x64x2(g, leaf, h), Avx512F.PermuteVar8x64x2(e, leaf, f));
                        low = Vector512.ConditionalSelect(Vector512.GreaterThan(leaf, thirtyOne).AsDouble(), high, low);
                    }

                    low.Store(to + row);
                }
            }
        }

        Each(table, leaves[row..], found[row..]);
    }

    /// <inheritdoc cref="Find(ReadOnlySpan{double}, ReadOnlySpan{int}, Span{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(ReadOnlySpan<float> table, ReadOnlySpan<int> leaves, Span<float> found)
    {
        int row = 0;
        if (Avx512F.IsSupported && table.Length <= RegisterLeaves)
        {
            float* padded = stackalloc float[RegisterLeaves];
            table.CopyTo(new Span<float>(padded, RegisterLeaves));
            Vector512<float> a = Vector512.Load(padded), b = Vector512.Load(padded + 16), c = Vector512.Load(padded + 32),
                d = Vector512.Load(padded + 48);
            var thirtyOne = Vector512.Create(31);
            fixed (int* from = leaves)
            fixed (float* to = found)
            {
                for (; row <= leaves.Length - Vector512<float>.Count; row += Vector512<float>.Count)
                {
                    var leaf = Vector512.Load(from + row);
                    Vector512.ConditionalSelect(
                        Vector512.GreaterThan(leaf, thirtyOne).AsSingle(),
                        Avx512F.PermuteVar16x32x2(c, leaf, d),
                        Avx512F.PermuteVar16x32x2(a, leaf, b)).Store(to + row);
                }
            }
        }

        Each(table, leaves[row..], found[row..]);
    }

    /// <summary>Where registers cannot be picked from, two numbers of a leaf lie side by side and are read at once.</summary>
    /// <param name="table">By leaf.</param>
    /// <param name="other">By leaf.</param>
    /// <param name="both">Filled: both numbers of every leaf.</param>
    /// <returns>Whether <see cref="Eight"/> is the faster way here.</returns>
    public static bool PutTogether(ReadOnlySpan<double> table, ReadOnlySpan<float> other, Span<Vector128<double>> both)
    {
        if (Avx512F.IsSupported || !Avx.IsSupported || table.Length > both.Length) return false;
        for (int leaf = 0; leaf < table.Length; leaf++)
            both[leaf] = Vector128.Create(table[leaf], Vector128.CreateScalar(other[leaf]).AsDouble().ToScalar());
        return true;
    }

    /// <summary>The numbers of eight rows' leaves.</summary>
    /// <param name="both">By leaf.</param>
    /// <param name="leaves">Of the rows.</param>
    /// <param name="first">Of the first four rows, of the first table.</param>
    /// <param name="second">Of the others.</param>
    /// <param name="other">Of all, of the other table.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Eight(
        Vector128<double>* both, int* leaves, out Vector256<double> first, out Vector256<double> second, out Vector256<float> other)
    {
        Vector128<double> a = both[leaves[0]], b = both[leaves[1]], c = both[leaves[2]], d = both[leaves[3]],
            e = both[leaves[4]], f = both[leaves[5]], g = both[leaves[6]], h = both[leaves[7]];
        first = Vector256.Create(Sse2.UnpackLow(a, b), Sse2.UnpackLow(c, d));
        second = Vector256.Create(Sse2.UnpackLow(e, f), Sse2.UnpackLow(g, h));
        other = Vector256.Create(
            Sse.Shuffle(Sse2.UnpackHigh(a, b).AsSingle(), Sse2.UnpackHigh(c, d).AsSingle(), 0b10_00_10_00),
            Sse.Shuffle(Sse2.UnpackHigh(e, f).AsSingle(), Sse2.UnpackHigh(g, h).AsSingle(), 0b10_00_10_00));
    }

    /// <summary>Four at a time: a row alone costs as much in counting as in reading.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Each<T>(ReadOnlySpan<T> table, ReadOnlySpan<int> leaves, Span<T> found)
        where T : unmanaged
    {
        int row = 0;
        fixed (T* of = table, to = found)
        fixed (int* leaf = leaves)
        {
            for (; row <= leaves.Length - 4; row += 4)
            {
                T a = of[leaf[row]], b = of[leaf[row + 1]], c = of[leaf[row + 2]], d = of[leaf[row + 3]];
                (to[row], to[row + 1], to[row + 2], to[row + 3]) = (a, b, c, d);
            }

            for (; row < leaves.Length; row++) to[row] = of[leaf[row]];
        }
    }
}
