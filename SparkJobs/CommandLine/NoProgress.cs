namespace BatchScoring.SparkJobs.CommandLine;

internal sealed class NoProgress : IProgressDisplay
{
    public void Begin(string title, long total)
    {
    }

    public void Advance(long rows)
    {
    }

    public void Say(string text)
    {
    }

    public void End()
    {
    }

    public void Dispose()
    {
    }
}
