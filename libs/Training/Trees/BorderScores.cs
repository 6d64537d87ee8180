using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Training.Trees;

/// <summary>
/// <see cref="CosineScore"/> of all borders of a column over all leaves, two leaves and two borders at a time: the same operations in the
/// same order for each.
/// </summary>
internal static unsafe class BorderScores
{
    /// <param name="numerators">As many as the squares that follow them.</param>
    /// <param name="count">Of either.</param>
    public static void Clear(double* numerators, int count)
    {
        new Span<double>(numerators, count).Clear();
        new Span<double>(numerators + count, count).Fill(CosineScore.Smallest);
    }

    /// <returns>The highest.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Finish(double* numerators, double* squares, Span<double> scores)
    {
        int split = 0;
        var highest = Vector256.Create(double.NegativeInfinity);
        for (; split <= scores.Length - Vector256<double>.Count; split += Vector256<double>.Count)
        {
            Vector256<double> own = Vector256.Load(numerators + split) / Vector256.Sqrt(Vector256.Load(squares + split));
            own.CopyTo(scores[split..]);
            highest = Vector256.Max(highest, own);
        }

        double best = Math.Max(Math.Max(highest[0], highest[1]), Math.Max(highest[2], highest[3]));
        for (; split < scores.Length; split++) best = Math.Max(best, scores[split] = numerators[split] / Math.Sqrt(squares[split]));
        return best;
    }

    /// <param name="leaves">The column's cells in each leaf, in the leaves' order.</param>
    /// <param name="count">How many leaves.</param>
    /// <param name="borders">The cells are one more; if they are odd, an empty one comes after them.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="numerators">Added to: one per border, and one more.</param>
    /// <param name="squares">Likewise.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double** leaves, int count, int borders, double lambda, double* numerators, double* squares)
    {
        var pull = Vector256.Create(lambda);
        double** some = stackalloc double*[LeafTotals.Most + 1];
        Vector128<double>* totals = stackalloc Vector128<double>[LeafTotals.Most + 1];
        for (int leaf = 0; leaf < count;)
        {
            int have = LeafTotals.Of(leaves, ref leaf, count, borders + 1, some, totals);
            some[have] = PairSums.NoRows;
            totals[have] = default;
            for (int one = 0; one < have; one += 2)
                AddTwo(some[one], some[one + 1], Vector256.Create(totals[one], totals[one + 1]), borders, pull, numerators, squares);
        }
    }

    /// <summary>Of two leaves. Where two borders have no rows between them and the last one, they are worth the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTwo(
        double* a, double* b, Vector256<double> yes, int borders, Vector256<double> pull, double* numerators, double* squares)
    {
        Vector256<double> no = default, numerator = default, square = default;
        for (int border = 0; border < borders; border += 2)
        {
            Vector256<double> cell = Load(a, b, border), next = Load(a, b, border + 1);
            if (border > 0 && (cell.AsInt64() | next.AsInt64()) == Vector256<long>.Zero)
            {
                numerator = High(numerator, numerator);
                square = High(square, square);
            }
            else
            {
                Vector256<double> no1 = no + cell, yes1 = yes - cell;
                no = no1 + next;
                yes = yes1 - next;
                Vector256<double> noG = Low(no1, no), noW = High(no1, no), yesG = Low(yes1, yes), yesW = High(yes1, yes),
                    noValue = Average(noG, noW, pull), yesValue = Average(yesG, yesW, pull);
                numerator = (noValue * noG) + (yesValue * yesG);
                square = (noValue * noValue * noW) + (yesValue * yesValue * yesW);
            }

            (Vector128.Load(numerators + border) + numerator.GetLower() + numerator.GetUpper()).Store(numerators + border);
            (Vector128.Load(squares + border) + square.GetLower() + square.GetUpper()).Store(squares + border);
        }
    }

    /// <summary>A cell of two leaves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(double* a, double* b, int cell) =>
        Vector256.Create(Vector128.Load(a + (2 * cell)), Vector128.Load(b + (2 * cell)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Average(Vector256<double> g, Vector256<double> w, Vector256<double> pull) =>
        Vector256.GreaterThan(w, Vector256<double>.Zero) & (g * (Vector256<double>.One / (w + pull)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Low(Vector256<double> a, Vector256<double> b) =>
        Avx.IsSupported ? Avx.UnpackLow(a, b) : Vector256.Create(a[0], b[0], a[2], b[2]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> High(Vector256<double> a, Vector256<double> b) =>
        Avx.IsSupported ? Avx.UnpackHigh(a, b) : Vector256.Create(a[1], b[1], a[3], b[3]);
}
