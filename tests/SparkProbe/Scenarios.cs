namespace BatchScoring.Tests.SparkProbe;

/// <summary>The scenarios by name.</summary>
internal static class Scenarios
{
    public static Dictionary<string, Action<Probe>> All { get; } = new(StringComparer.Ordinal)
    {
        ["facts"] = SessionScenarios.Facts,
        ["references"] = SessionScenarios.References,
        ["rejected"] = SessionScenarios.Rejected,
        ["rows"] = SqlScenarios.Rows,
        ["stream"] = SqlScenarios.Stream,
        ["wide"] = SqlScenarios.Wide,
        ["metadata"] = SqlScenarios.Metadata,
        ["bad-sql"] = SqlScenarios.BadSql,
        ["pipe"] = PipeScenarios.Pipe,
        ["many"] = PipeScenarios.Many,
        ["pipe-fails"] = PipeScenarios.Fails,
        ["cancel"] = PipeScenarios.Cancel,
        ["dispose"] = PipeScenarios.DisposeWhileWaiting,
        ["delta"] = DeltaScenarios.Read,
    };
}
