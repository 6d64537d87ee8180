namespace BatchScoring.Statistics;

/// <summary>Cuts rows into groups of about equal count by score, riskiest first, and counts bads in each.</summary>
public static class GainTable
{
    /// <summary>The number of groups that people expect.</summary>
    public const int DefaultGroups = 10;

    /// <summary>
    /// Makes the table. Rows with equal scores stay together: they go where the middle one of them falls, so groups are as equal as that
    /// allows, and a group that ties leave empty is absent (its number is skipped).
    /// </summary>
    /// <param name="ranked">The scores, higher = riskier.</param>
    /// <param name="groups">How many groups; at least 2.</param>
    /// <returns>At most <paramref name="groups"/> rows, highest scores first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 groups.</exception>
    public static IReadOnlyList<GainRow> Create(RankedScores ranked, int groups = DefaultGroups)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        var table = new List<GainRow>(groups);
        long goodsAbove = 0, badsAbove = 0;
        int at = ranked.Scores.Length - 1;
        while (at >= 0)
        {
            int first = at, group = GroupOf(ranked, at, goodsAbove + badsAbove, groups);
            long goods = 0, bads = 0;
            do
            {
                goods += ranked.GoodCounts[at];
                bads += ranked.BadCounts[at];
                at--;
            }
            while (at >= 0 && GroupOf(ranked, at, goodsAbove + badsAbove + goods + bads, groups) == group);

            goodsAbove += goods;
            badsAbove += bads;
            table.Add(Row(ranked, group, ranked.Scores[at + 1], ranked.Scores[first], goods, bads, goodsAbove, badsAbove, table));
        }
        return table;
    }

    /// <summary>The group, from 0, in which the middle of the tied rows at <paramref name="at"/> falls.</summary>
    private static int GroupOf(RankedScores ranked, int at, long rowsAbove, int groups)
    {
        long tied = ranked.GoodCounts[at] + (long)ranked.BadCounts[at];
        return (int)(groups * ((2 * rowsAbove) + tied) / (2 * ranked.Rows));
    }

    private static GainRow Row(
        RankedScores ranked, int group, double min, double max, long goods, long bads, long goodsAbove, long badsAbove, List<GainRow> table)
    {
        long rows = goods + bads, rowsAbove = goodsAbove + badsAbove;
        double all = ranked.Bads / (double)ranked.Rows;
        var gap = Int128.Abs(((Int128)badsAbove * ranked.Goods) - ((Int128)goodsAbove * ranked.Bads));
        return new GainRow
        {
            Group = group + 1,
            MinScore = min,
            MaxScore = max,
            Bads = bads,
            Goods = goods,
            BadRate = bads / (double)rows,
            CumulativeBads = badsAbove / (double)ranked.Bads,
            CumulativeGoods = goodsAbove / (double)ranked.Goods,
            Ks = ExactRatio.Of(gap, (Int128)ranked.Goods * ranked.Bads),
            Lift = bads / (double)rows / all,
            CumulativeLift = badsAbove / (double)rowsAbove / all,
            BreaksRankOrder = table.Count > 0 && (Int128)bads * table[^1].Rows > (Int128)table[^1].Bads * rows,
        };
    }
}
