namespace BatchScoring.Statistics;

/// <summary>One group of a gain table: rows with neighbouring scores.</summary>
public sealed record GainRow
{
    /// <summary>The group's number, from 1 = riskiest.</summary>
    public required int Group { get; init; }

    /// <summary>Lowest score in the group.</summary>
    public required double MinScore { get; init; }

    /// <summary>Highest score in the group.</summary>
    public required double MaxScore { get; init; }

    /// <summary>Rows with label 1.</summary>
    public required long Bads { get; init; }

    /// <summary>Rows with label 0.</summary>
    public required long Goods { get; init; }

    /// <summary>All rows of the group.</summary>
    public long Rows => Bads + Goods;

    /// <summary>Bads ÷ rows, 0 to 1.</summary>
    public required double BadRate { get; init; }

    /// <summary>Share of all bads in this group and the riskier ones, 0 to 1.</summary>
    public required double CumulativeBads { get; init; }

    /// <summary>Share of all goods in this group and the riskier ones, 0 to 1.</summary>
    public required double CumulativeGoods { get; init; }

    /// <summary>|cumulative bads − cumulative goods|; its largest value is never above the exact KS.</summary>
    public required double Ks { get; init; }

    /// <summary>Bad rate of the group ÷ bad rate of all rows.</summary>
    public required double Lift { get; init; }

    /// <summary>Bad rate of this group and the riskier ones ÷ bad rate of all rows.</summary>
    public required double CumulativeLift { get; init; }

    /// <summary>
    /// True when the bad rate is higher than in the riskier neighbour: the scores rank these two groups the wrong way round.
    /// </summary>
    public required bool BreaksRankOrder { get; init; }
}
