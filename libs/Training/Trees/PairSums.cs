using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Adds the pairs (derivative, weight) of rows to the cells of their bins, for up to sixteen columns in one pass: so many that the sum of
/// one cell has arrived before it is needed again.
/// </summary>
internal static unsafe class PairSums
{
    /// <summary>Cells from one column's first to the next one's: not a power of two, else their lines would drive each other out.</summary>
    public const int LargeStride = 260;

    private const int TinyStride = 20, SmallStride = 72;

    /// <summary>Ascending.</summary>
    public static int[] Strides { get; } = [TinyStride, SmallStride, LargeStride];

    /// <summary>Columns of one pass at most.</summary>
    public const int Columns = 16;

    /// <summary>Rows to ask memory for ahead: row numbers must be readable for so many more.</summary>
    public const int Ahead = 64;

    private const int PairDoubles = 2;
    private static readonly PinnedBuffer<double> Zeros = Cleared();

    /// <summary>The cells of a column in a leaf that is not there.</summary>
    public static double* NoRows => Zeros.Start;

    /// <summary>Takes sums off those of a leaf that they are a part of.</summary>
    /// <param name="from">The leaf's.</param>
    /// <param name="cells">What is taken off.</param>
    /// <param name="count">Doubles.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(double* from, double* cells, int count)
    {
        int i = 0;
        for (; i <= count - Vector256<double>.Count; i += Vector256<double>.Count)
            (Vector256.Load(from + i) - Vector256.Load(cells + i)).Store(from + i);
        for (; i < count; i++) from[i] -= cells[i];
    }

    private static PinnedBuffer<double> Cleared()
    {
        PinnedBuffer<double> cells = new(LargeStride * PairDoubles);
        cells.Span.Clear();
        return cells;
    }

    /// <summary>Bytes from one row's bins to the next one's: of powers of two no row lies in two lines.</summary>
    public static int PitchOf(int columns) => columns switch
    {
        <= 2 => columns,
        <= 4 => 4,
        <= 8 => 8,
        _ => Columns,
    };

    /// <summary>A kernel: rows, pairs, how many, the bins row by row, cells [column][stride].</summary>
    public static delegate*<int*, TPair*, int, byte*, TPair*, void> Of<TPair>(int columns, int stride)
        where TPair : unmanaged, IAdditionOperators<TPair, TPair, TPair> => stride switch
        {
            TinyStride => Of<TPair, Tiny>(columns),
            SmallStride => Of<TPair, Small>(columns),
            _ => Of<TPair, Large>(columns),
        };

    private static delegate*<int*, TPair*, int, byte*, TPair*, void> Of<TPair, TStride>(int columns)
        where TPair : unmanaged, IAdditionOperators<TPair, TPair, TPair>
        where TStride : IConstant => columns switch
        {
            1 => &Add<TPair, One, TStride>,
            2 => &Add<TPair, Two, TStride>,
            3 => &Add<TPair, Three, TStride>,
            4 => &Add<TPair, Four, TStride>,
            5 => &Add<TPair, Five, TStride>,
            6 => &Add<TPair, Six, TStride>,
            7 => &Add<TPair, Seven, TStride>,
            8 => &Add<TPair, Eight, TStride>,
            9 => &Add<TPair, Nine, TStride>,
            10 => &Add<TPair, Ten, TStride>,
            11 => &Add<TPair, Eleven, TStride>,
            12 => &Add<TPair, Twelve, TStride>,
            13 => &Add<TPair, Thirteen, TStride>,
            14 => &Add<TPair, Fourteen, TStride>,
            15 => &Add<TPair, Fifteen, TStride>,
            _ => &Add<TPair, Sixteen, TStride>,
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TPair, TColumns, TStride>(int* rows, TPair* pairs, int count, byte* bins, TPair* cells)
        where TPair : unmanaged, IAdditionOperators<TPair, TPair, TPair>
        where TColumns : IConstant
        where TStride : IConstant
    {
        for (int i = 0; i < count; i++)
        {
            if (Sse.IsSupported) Sse.Prefetch0(bins + ((nint)rows[i + Ahead] * PitchOf(TColumns.Value)));
            byte* own = bins + ((nint)rows[i] * PitchOf(TColumns.Value));
            TPair pair = pairs[i];
            PutTwo<TPair, TColumns, TStride>(cells, 0, own, pair);
            if (TColumns.Value > 2) PutTwo<TPair, TColumns, TStride>(cells, 2, own, pair);
            if (TColumns.Value > 4) PutTwo<TPair, TColumns, TStride>(cells, 4, own, pair);
            if (TColumns.Value > 6) PutTwo<TPair, TColumns, TStride>(cells, 6, own, pair);
            if (TColumns.Value > 8) PutTwo<TPair, TColumns, TStride>(cells, 8, own, pair);
            if (TColumns.Value > 10) PutTwo<TPair, TColumns, TStride>(cells, 10, own, pair);
            if (TColumns.Value > 12) PutTwo<TPair, TColumns, TStride>(cells, 12, own, pair);
            if (TColumns.Value > 14) PutTwo<TPair, TColumns, TStride>(cells, 14, own, pair);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutTwo<TPair, TColumns, TStride>(TPair* cells, int column, byte* bins, TPair pair)
        where TPair : unmanaged, IAdditionOperators<TPair, TPair, TPair>
        where TColumns : IConstant
        where TStride : IConstant
    {
        if (typeof(TPair) == typeof(long))
        {
            Put<TStride>((long*)cells, column, bins[column], Unsafe.BitCast<TPair, long>(pair));
            if (TColumns.Value > column + 1) Put<TStride>((long*)cells, column + 1, bins[column + 1], Unsafe.BitCast<TPair, long>(pair));
            return;
        }

        TPair* cell = CellOf<TPair, TStride>(cells, column, bins[column]);
        if (TColumns.Value == column + 1)
        {
            *cell += pair;
            return;
        }

        // Both are read before the first is written: a read after a write whose place is not known yet has to wait for it.
        TPair* next = CellOf<TPair, TStride>(cells, column + 1, bins[column + 1]);
        TPair sum = *cell + pair, nextSum = *next + pair;
        *cell = sum;
        *next = nextSum;
    }

    /// <summary>Written so that it becomes one instruction, its place within: a quarter faster than <c>+=</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TStride>(long* cells, int column, nint bin, long pair)
        where TStride : IConstant =>
        *(long*)((byte*)cells + (bin * sizeof(long)) + ((nint)column * TStride.Value * sizeof(long))) =
            *(long*)((byte*)cells + (bin * sizeof(long)) + ((nint)column * TStride.Value * sizeof(long))) + pair;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPair* CellOf<TPair, TStride>(TPair* cells, int column, byte bin)
        where TPair : unmanaged
        where TStride : IConstant =>
        (TPair*)((byte*)cells + ((nint)bin * sizeof(TPair)) + ((nint)column * TStride.Value * sizeof(TPair)));

    private readonly struct Tiny : IConstant
    {
        public static int Value => TinyStride;
    }

    private readonly struct Small : IConstant
    {
        public static int Value => SmallStride;
    }

    private readonly struct Large : IConstant
    {
        public static int Value => LargeStride;
    }
}
