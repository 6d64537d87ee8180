using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Training.Trees;

/// <summary>
/// What rows' leaves have: a double and a float by leaf. Up to 64 leaves lie in registers where the processor can pick from them;
/// elsewhere both numbers of a leaf lie side by side and are read at once.
/// </summary>
internal sealed unsafe class LeafLookup
{
    /// <summary>That lie in registers.</summary>
    private const int RegisterLeaves = 64;

    private readonly PinnedBuffer<int> _parts = new(3 * RegisterLeaves);
    private PinnedBuffer<Vector128<double>> _both = new(RegisterLeaves);

    /// <summary>Whether <see cref="Picked"/> can be asked; otherwise <see cref="Both"/> is set.</summary>
    public bool AreInRegisters { get; private set; }

    /// <summary>Lower halves of 64 doubles, upper halves, then the floats.</summary>
    public int* Parts => _parts.Start;

    /// <summary>By leaf: the double, and the float in the lowest bits of the other place.</summary>
    public Vector128<double>* Both => _both.Start;

    /// <summary>Takes other tables.</summary>
    /// <param name="table">By leaf.</param>
    /// <param name="other">By leaf.</param>
    public void Set(ReadOnlySpan<double> table, ReadOnlySpan<float> other)
    {
        AreInRegisters = Avx512F.IsSupported && table.Length <= RegisterLeaves;
        if (_both.Count < table.Length) _both = new PinnedBuffer<Vector128<double>>(table.Length);
        for (int leaf = 0; leaf < table.Length; leaf++)
        {
            if (!AreInRegisters)
            {
                Both[leaf] = Vector128.Create(table[leaf], Vector128.CreateScalar(other[leaf]).AsDouble().ToScalar());
                continue;
            }

            long bits = BitConverter.DoubleToInt64Bits(table[leaf]);
            (Parts[leaf], Parts[RegisterLeaves + leaf]) = ((int)bits, (int)(bits >> 32));
            Parts[(2 * RegisterLeaves) + leaf] = BitConverter.SingleToInt32Bits(other[leaf]);
        }
    }

    /// <summary>By sixteen rows, those of a table of 64 that lies in four registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Picked(Vector512<int> a, Vector512<int> b, Vector512<int> c, Vector512<int> d, Vector512<int> leaves) =>
        Vector512.ConditionalSelect(
            Vector512.GreaterThan(leaves, Vector512.Create((RegisterLeaves / 2) - 1)),
            Avx512F.PermuteVar16x32x2(c, leaves, d),
            Avx512F.PermuteVar16x32x2(a, leaves, b));

    /// <summary>The numbers of eight rows' leaves.</summary>
    /// <param name="both">By leaf.</param>
    /// <param name="leaves">Of the rows.</param>
    /// <param name="first">Doubles of the first four.</param>
    /// <param name="second">Of the others.</param>
    /// <param name="floats">Of all.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Eight(
        Vector128<double>* both, ushort* leaves, out Vector256<double> first, out Vector256<double> second, out Vector256<float> floats)
    {
        Vector128<double> a = both[leaves[0]], b = both[leaves[1]], c = both[leaves[2]], d = both[leaves[3]],
            e = both[leaves[4]], f = both[leaves[5]], g = both[leaves[6]], h = both[leaves[7]];
        if (Sse2.IsSupported)
        {
            first = Vector256.Create(Sse2.UnpackLow(a, b), Sse2.UnpackLow(c, d));
            second = Vector256.Create(Sse2.UnpackLow(e, f), Sse2.UnpackLow(g, h));
            floats = Vector256.Create(
                Sse.Shuffle(Sse2.UnpackHigh(a, b).AsSingle(), Sse2.UnpackHigh(c, d).AsSingle(), 0b10_00_10_00),
                Sse.Shuffle(Sse2.UnpackHigh(e, f).AsSingle(), Sse2.UnpackHigh(g, h).AsSingle(), 0b10_00_10_00));
            return;
        }

        (first, second) = (Vector256.Create(a[0], b[0], c[0], d[0]), Vector256.Create(e[0], f[0], g[0], h[0]));
        floats = Vector256.Create(Float(a), Float(b), Float(c), Float(d), Float(e), Float(f), Float(g), Float(h));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Float(Vector128<double> both) => both.AsSingle()[2];
}
