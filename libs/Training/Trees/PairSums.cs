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

    private const int PairDoubles = 2, CellShift = 4;
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
    public static delegate*<int*, Vector128<double>*, int, byte*, double*, void> Of(int columns, int stride) => stride switch
    {
        TinyStride => Of<Tiny>(columns),
        SmallStride => Of<Small>(columns),
        _ => Of<Large>(columns),
    };

    private static delegate*<int*, Vector128<double>*, int, byte*, double*, void> Of<TStride>(int columns)
        where TStride : IConstant => columns switch
        {
            1 => &Add<One, TStride>,
            2 => &Add<Two, TStride>,
            3 => &Add<Three, TStride>,
            4 => &Add<Four, TStride>,
            5 => &Add<Five, TStride>,
            6 => &Add<Six, TStride>,
            7 => &Add<Seven, TStride>,
            8 => &Add<Eight, TStride>,
            9 => &Add<Nine, TStride>,
            10 => &Add<Ten, TStride>,
            11 => &Add<Eleven, TStride>,
            12 => &Add<Twelve, TStride>,
            13 => &Add<Thirteen, TStride>,
            14 => &Add<Fourteen, TStride>,
            15 => &Add<Fifteen, TStride>,
            _ => &Add<Sixteen, TStride>,
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TColumns, TStride>(int* rows, Vector128<double>* pairs, int count, byte* bins, double* cells)
        where TColumns : IConstant
        where TStride : IConstant
    {
        for (int i = 0; i < count; i++)
        {
            if (Sse.IsSupported) Sse.Prefetch0(bins + ((nint)rows[i + Ahead] * PitchOf(TColumns.Value)));
            byte* own = bins + ((nint)rows[i] * PitchOf(TColumns.Value));
            Vector128<double> pair = pairs[i];
            PutTwo<TColumns, TStride>(cells, 0, own, pair);
            if (TColumns.Value > 2) PutTwo<TColumns, TStride>(cells, 2, own, pair);
            if (TColumns.Value > 4) PutTwo<TColumns, TStride>(cells, 4, own, pair);
            if (TColumns.Value > 6) PutTwo<TColumns, TStride>(cells, 6, own, pair);
            if (TColumns.Value > 8) PutTwo<TColumns, TStride>(cells, 8, own, pair);
            if (TColumns.Value > 10) PutTwo<TColumns, TStride>(cells, 10, own, pair);
            if (TColumns.Value > 12) PutTwo<TColumns, TStride>(cells, 12, own, pair);
            if (TColumns.Value > 14) PutTwo<TColumns, TStride>(cells, 14, own, pair);
        }
    }

    /// <summary>Both cells are read before the first is written: a read after a write whose place is not known yet has to wait for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutTwo<TColumns, TStride>(double* cells, int column, byte* bins, Vector128<double> pair)
        where TColumns : IConstant
        where TStride : IConstant
    {
        nint at = (nint)bins[column] << CellShift;
        if (TColumns.Value == column + 1)
        {
            (Vector128.Load(CellOf<TStride>(cells, column, at)) + pair).Store(CellOf<TStride>(cells, column, at));
            return;
        }

        nint nextAt = (nint)bins[column + 1] << CellShift;
        Vector128<double> sum = Vector128.Load(CellOf<TStride>(cells, column, at)) + pair,
            nextSum = Vector128.Load(CellOf<TStride>(cells, column + 1, nextAt)) + pair;
        sum.Store(CellOf<TStride>(cells, column, at));
        nextSum.Store(CellOf<TStride>(cells, column + 1, nextAt));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double* CellOf<TStride>(double* cells, int column, nint at)
        where TStride : IConstant => (double*)((byte*)cells + at + ((nint)column * TStride.Value << CellShift));

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
