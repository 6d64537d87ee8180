namespace BatchScoring.Core;

/// <summary>Shows how far long work is; on standard error, so that standard output holds only the answer.</summary>
/// <remarks>Thread safe. What is shown is a courtesy: no member throws because nobody looks.</remarks>
public interface IProgressDisplay : IDisposable
{
    /// <summary>Starts a stage; a stage that was not ended is given up.</summary>
    /// <param name="title">What is being done, for example <c>score</c>.</param>
    /// <param name="total">Rows to do; 0 when not known.</param>
    void Begin(string title, long total);

    /// <summary>Counts rows that are done.</summary>
    /// <param name="rows">How many more.</param>
    void Advance(long rows);

    /// <summary>The stage is done, in full.</summary>
    void End();

    /// <summary>A line about how the work goes, for example where to look at it.</summary>
    /// <param name="text">One line.</param>
    void Say(string text);
}
