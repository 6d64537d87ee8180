namespace BatchScoring.Training.Trees;

/// <summary>Candidates that share a generator: one column, or all numbers that are made of one projection.</summary>
/// <param name="Candidates">What their splits are worth.</param>
/// <param name="Cost">What their scores are multiplied by while they are new to the model.</param>
/// <param name="CounterCost">The same of numbers that look at no label.</param>
/// <param name="IsUsed">Whether a split's kind stands in the model already; null where it costs nothing.</param>
internal sealed record CandidateTask(CandidateScores[] Candidates, double Cost, double CounterCost, Func<Split, bool>? IsUsed = null)
{
    public double Weight(Split split) => IsUsed is null || IsUsed(split) ? 1
        : split.Ctr!.Description.Type == Models.CtrType.Counter ? CounterCost : Cost;
}
