namespace BatchScoring.Statistics;

/// <summary>
/// How well scores tell bads from goods. Counted in integers and divided once, so each value is the correctly rounded true one: equal on
/// every machine, whatever the order of the rows.
/// </summary>
public static class Discrimination
{
    /// <summary>
    /// Area under the ROC curve: the chance that a random bad scores higher than a random good, ties counting one half. 0.5 = no use,
    /// 1 = perfect. Equals (R − b(b+1)/2) ÷ (b·g), R being the bads' sum of mid-ranks (Mann and Whitney 1947).
    /// </summary>
    public static double Auc(RankedScores ranked) => ExactRatio.Of(TwiceWins(ranked), 2 * Pairs(ranked));

    /// <summary>
    /// 2 · AUC − 1, also known as accuracy ratio or Somers' D: 0 = no use, 1 = perfect, below 0 = the score points the other way.
    /// </summary>
    public static double Gini(RankedScores ranked) => ExactRatio.Of(TwiceWins(ranked) - Pairs(ranked), Pairs(ranked));

    /// <summary>
    /// Kolmogorov–Smirnov distance: the largest gap between the shares of bads and of goods at or below a score, over all distinct scores.
    /// </summary>
    /// <returns>The gap, 0 to 1, the lowest score where it is reached, and both shares above that score.</returns>
    public static KolmogorovSmirnov Ks(RankedScores ranked)
    {
        long goods = 0, bads = 0;
        Int128 widest = -1;
        (double Score, long Goods, long Bads) where = default;
        for (int i = 0; i < ranked.Scores.Length; i++)
        {
            goods += ranked.GoodCounts[i];
            bads += ranked.BadCounts[i];
            var gap = Int128.Abs(((Int128)bads * ranked.Goods) - ((Int128)goods * ranked.Bads));
            if (gap <= widest) continue;
            widest = gap;
            where = (ranked.Scores[i], goods, bads);
        }
        return new KolmogorovSmirnov(
            ExactRatio.Of(widest, Pairs(ranked)), where.Score,
            (ranked.Bads - where.Bads) / (double)ranked.Bads, (ranked.Goods - where.Goods) / (double)ranked.Goods);
    }

    private static Int128 Pairs(RankedScores ranked) => (Int128)ranked.Goods * ranked.Bads;

    /// <summary>2 · (pairs where the bad scores higher) + (pairs with equal scores).</summary>
    private static Int128 TwiceWins(RankedScores ranked)
    {
        Int128 sum = 0;
        long goodsBelow = 0;
        for (int i = 0; i < ranked.Scores.Length; i++)
        {
            sum += (Int128)ranked.BadCounts[i] * ((2 * goodsBelow) + ranked.GoodCounts[i]);
            goodsBelow += ranked.GoodCounts[i];
        }
        return sum;
    }
}
