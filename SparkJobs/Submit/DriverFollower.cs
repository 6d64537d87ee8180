using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>Shows a driver's progress here, as if the job ran here.</summary>
internal sealed class DriverFollower(Submission submission, IProgressDisplay display, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private JobProgress? _shown;

    public async Task RunAsync(CancellationToken ended)
    {
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended)) Show(await submission.ProgressAsync(ended));
        }
        catch (OperationCanceledException)
        {
            Show(await submission.ProgressAsync(CancellationToken.None));
            if (_shown is { Ended: true }) display.End();
        }
    }

    private void Show(JobProgress? now)
    {
        if (now is null) return;
        if (_shown?.Title != now.Title)
        {
            if (_shown is { Ended: true }) display.End();
            display.Begin(now.Title, now.Total);
            _shown = now with { Done = 0 };
        }

        // Also when nothing is new: the display keeps time.
        display.Advance(Math.Max(0, now.Done - _shown.Done));
        _shown = now;
    }
}
