using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Training.Trees;

/// <summary>The sums of a column's cells in several leaves side by side: a sum alone waits for itself.</summary>
internal static unsafe class LeafTotals
{
    /// <summary>Leaves that are found at a time.</summary>
    public const int Most = 2 * Together;

    private const int Together = 8;

    /// <summary>The next leaves that have rows; the others are worth nothing.</summary>
    /// <param name="leaves">The cells of each leaf.</param>
    /// <param name="leaf">The first that was not looked at yet; moved on.</param>
    /// <param name="count">How many leaves there are.</param>
    /// <param name="cells">Of each.</param>
    /// <param name="some">Filled: leaves that have rows, in their order.</param>
    /// <param name="totals">Filled: theirs.</param>
    /// <returns>How many were found.</returns>
    public static int Of(double** leaves, ref int leaf, int count, int cells, double** some, Vector128<double>* totals)
    {
        int have = 0;
        for (; have <= Together && leaf < count; leaf += Together)
            have += WithRows(leaves + leaf, Math.Min(Together, count - leaf), cells, some + have, totals + have);
        return have;
    }

    /// <summary>Of up to eight leaves.</summary>
    /// <returns>How many have rows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int WithRows(double** leaves, int count, int cells, double** some, Vector128<double>* totals)
    {
        double** own = stackalloc double*[Together];
        for (int leaf = 0; leaf < Together; leaf++) own[leaf] = leaf < count ? leaves[leaf] : PairSums.NoRows;
        double* a = own[0], b = own[1], c = own[2], d = own[3], e = own[4], f = own[5], g = own[6], h = own[7];
        Vector256<double> ab = default, cd = default, ef = default, gh = default;
        Vector256<long> abHave = default, cdHave = default, efHave = default, ghHave = default;
        for (int cell = 0; cell < cells; cell++)
        {
            Total(BorderScores.Load(a, b, cell), ref ab, ref abHave);
            Total(BorderScores.Load(c, d, cell), ref cd, ref cdHave);
            Total(BorderScores.Load(e, f, cell), ref ef, ref efHave);
            Total(BorderScores.Load(g, h, cell), ref gh, ref ghHave);
        }

        Span<Vector256<double>> sums = [ab, cd, ef, gh];
        Span<Vector256<long>> any = [abHave, cdHave, efHave, ghHave];
        int have = 0;
        for (int leaf = 0; leaf < count; leaf++)
        {
            if (any[leaf / 2][leaf % 2 * 2 + 1] == 0) continue;
            some[have] = own[leaf];
            totals[have] = leaf % 2 == 0 ? sums[leaf / 2].GetLower() : sums[leaf / 2].GetUpper();
            have++;
        }

        return have;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Total(Vector256<double> cell, ref Vector256<double> total, ref Vector256<long> any)
    {
        total += cell;
        any |= cell.AsInt64();
    }
}
