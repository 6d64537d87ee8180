using System.Globalization;

namespace BatchScoring.Engines;

/// <summary>Says what a progress line cannot: that tasks fail and are tried again, or that none is at work.</summary>
/// <param name="say">Takes a line for people.</param>
internal sealed class JobTrouble(Action<string> say)
{
    /// <summary>A cluster needs some seconds for its first executors; after that, and not more often than that, people are told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TimeSpan _idle;
    private int _failed;

    /// <summary>Looks at a job that is not done.</summary>
    /// <param name="active">Tasks at work.</param>
    /// <param name="failed">Attempts that failed, since the job began.</param>
    /// <param name="since">Time since the last look.</param>
    public void Look(int active, int failed, TimeSpan since)
    {
        if (failed > _failed)
        {
            _failed = failed;
            say(string.Create(CultureInfo.InvariantCulture,
                $"{failed} task attempt(s) failed so far, or their executors died; Spark tries again. Its log and " +
                $"artifacts/runs/…/errors/ tell why."));
        }

        _idle = active > 0 ? TimeSpan.Zero : _idle + since;
        if (_idle < Patience) return;
        _idle = TimeSpan.Zero;
        say("no task is at work: the cluster gives no executors, or they end before they begin (too little memory, a full queue)");
    }
}
