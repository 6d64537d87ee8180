namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Shows how far long work is; on stderr, so that stdout holds only the answer.</summary>
internal interface IProgressDisplay : IDisposable
{
    /// <summary>Starts a stage.</summary>
    /// <param name="title">What is being done, for example <c>score</c>.</param>
    /// <param name="total">Rows to do; 0 when not known.</param>
    void Begin(string title, long total);

    void Advance(long rows);

    void End();

    /// <summary>A line about how the work goes, for example where to look at it.</summary>
    void Say(string text);
}
