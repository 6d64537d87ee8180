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

    /// <summary>Of two tables. Where registers cannot be picked from, both numbers of a leaf are read at once.</summary>
    /// <param name="table">By leaf.</param>
    /// <param name="other">By leaf.</param>
    /// <param name="leaves">By row.</param>
    /// <param name="found">Filled, by row.</param>
    /// <param name="otherFound">Filled, by row.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(
        ReadOnlySpan<double> table, ReadOnlySpan<float> other, ReadOnlySpan<int> leaves, Span<double> found, Span<float> otherFound)
    {
        int row = 0;
        if (!Avx512F.IsSupported && Avx.IsSupported && table.Length <= RegisterLeaves)
        {
            Vector128<double>* both = stackalloc Vector128<double>[RegisterLeaves];
            for (int leaf = 0; leaf < table.Length; leaf++)
                both[leaf] = Vector128.Create(table[leaf], Vector128.CreateScalar(other[leaf]).AsDouble().ToScalar());
            fixed (int* from = leaves)
            fixed (double* to = found)
            fixed (float* otherTo = otherFound)
            {
                for (; row <= leaves.Length - Vector256<double>.Count; row += Vector256<double>.Count)
                {
                    Vector128<double> a = both[from[row]], b = both[from[row + 1]], c = both[from[row + 2]], d = both[from[row + 3]];
                    Vector256.Create(Sse2.UnpackLow(a, b), Sse2.UnpackLow(c, d)).Store(to + row);
                    Sse.Shuffle(Sse2.UnpackHigh(a, b).AsSingle(), Sse2.UnpackHigh(c, d).AsSingle(), 0b10_00_10_00).Store(otherTo + row);
                }
            }
        }

        Find(table, leaves[row..], found[row..]);
        Find(other, leaves[row..], otherFound[row..]);
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
