using BatchScoring.Core;

namespace BatchScoring.Hosting;

/// <summary>Shows nothing: for <c>--quiet</c> and for programs that read the answer.</summary>
public sealed class NoProgress : IProgressDisplay
{
    /// <inheritdoc/>
    public void Begin(string title, long total)
    {
    }

    /// <inheritdoc/>
    public void Advance(long rows)
    {
    }

    /// <inheritdoc/>
    public void Say(string text)
    {
    }

    /// <inheritdoc/>
    public void End()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
