namespace BatchScoring.Bench.Kernels;

/// <summary>A program that is measured, and what came of it, round by round.</summary>
internal sealed record Contender(string Name, string Program, string[] Arguments, (string Name, string Value)[] Environment)
{
    public List<Rate> Rates { get; } = [];
}
