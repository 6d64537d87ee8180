namespace BatchScoring.Training.Trees;

/// <summary>How well splits part all leaves at once, added up leaf by leaf.</summary>
internal interface ISplitScore
{
    /// <summary>The score of a split.</summary>
    double this[int split] { get; }

    /// <summary>The two sides of a split in one more leaf.</summary>
    void Add(int split, Sums no, Sums yes);

    static ISplitScore Of(ScoreFunction function, int splits, double lambda) =>
        function == ScoreFunction.L2 ? new L2Score(splits, lambda) : new CosineScore(splits, lambda);
}
