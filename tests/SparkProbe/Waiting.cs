using BatchScoring.Spark;

namespace BatchScoring.Tests.SparkProbe;

/// <summary>A thread that waits for a job of two tasks: one is done at once, the other reads from a pipe that only Dispose opens.</summary>
internal sealed class Waiting : IDisposable
{
    private readonly TaskCompletionSource<Exception> _end = new();
    private readonly Thread _thread;
    private readonly string _gate;

    public Waiting(Probe probe, string group)
    {
        _gate = probe.Folder($"gate-{group}");
        _thread = new Thread(() =>
        {
            try
            {
                probe.Spark.SparkContext.SetJobGroup(group, "waits for its gate", interruptOnCancel: true);
                probe.Spark.SparkContext.Parallelize(["wait", "go"], 2)
                    .Pipe(["sh", "-c", $"read word; if [ $word = wait ]; then mkfifo '{_gate}'; cat '{_gate}'; fi"],
                        new Dictionary<string, string>())
                    .Collect();
                _end.SetResult(new InvalidOperationException("The job came to its end."));
            }
            catch (SparkException e)
            {
                _end.SetResult(e);
            }
        });
        _thread.Start();
    }

    public Exception Result() => _end.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System).GetAwaiter().GetResult();

    public void Dispose()
    {
        // Runners outlive their job: this one is let go.
        if (File.Exists(_gate)) File.Open(_gate, FileMode.Open, FileAccess.ReadWrite).Dispose(); // both, or the opening waits for a reader
        _thread.Join();
    }
}
