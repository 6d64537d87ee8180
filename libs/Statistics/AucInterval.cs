namespace BatchScoring.Statistics;

/// <summary>The 95 % interval of an AUC by DeLong, DeLong and Clarke-Pearson (1988), for one sample of goods and bads.</summary>
/// <param name="Lower">Lower bound, 0 to 1.</param>
/// <param name="Upper">Upper bound, 0 to 1.</param>
/// <param name="Variance">The variance of the AUC; 0 where bads and goods are separated in full or not at all, and then it says
/// nothing.</param>
public readonly record struct AucInterval(double Lower, double Upper, double Variance)
{
    /// <summary>The normal distribution's 97.5 % point, for 95 % confidence.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>Makes the interval, AUC ± 1.96 standard errors, cut at 0 and 1.</summary>
    /// <param name="ranked">Scores with outcomes.</param>
    /// <returns>Null for fewer than two goods or two bads, whose variance is not defined.</returns>
    public static AucInterval? Of(RankedScores ranked)
    {
        if (ranked.Goods < 2 || ranked.Bads < 2) return null;
        double auc = Discrimination.Auc(ranked), ofBads = 0, ofGoods = 0;
        long goodsBelow = 0, badsBelow = 0;
        for (int i = 0; i < ranked.Scores.Length; i++)
        {
            int goods = ranked.GoodCounts[i], bads = ranked.BadCounts[i];
            double wins = (goodsBelow + (goods / 2.0)) / ranked.Goods;
            double losses = (ranked.Bads - badsBelow - (bads / 2.0)) / ranked.Bads;
            ofBads += bads * (wins - auc) * (wins - auc);
            ofGoods += goods * (losses - auc) * (losses - auc);
            goodsBelow += goods;
            badsBelow += bads;
        }

        double variance = (ofBads / (ranked.Bads - 1) / ranked.Bads) + (ofGoods / (ranked.Goods - 1) / ranked.Goods);
        double half = Z * Math.Sqrt(variance);
        return new AucInterval(Math.Max(0, auc - half), Math.Min(1, auc + half), variance);
    }
}
