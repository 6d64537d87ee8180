namespace BatchScoring.SparkJobs.Submit;

/// <summary>What spark-submit said, in a file of this user's; stays when the submission failed.</summary>
internal sealed class SubmitLog : IDisposable
{
    private const int TailLines = 20;

    private readonly Lock _lock = new();
    private readonly StreamWriter _writer;
    private readonly Queue<string> _tail = new();

    public SubmitLog(string submission)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"batch-score-submit-{submission}.log");
        _writer = new StreamWriter(PrivateFile.Create(Path)) { AutoFlush = true };
    }

    public string Path { get; }

    public void Add(string line)
    {
        lock (_lock)
        {
            _writer.WriteLine(line);
            _tail.Enqueue(line);
            if (_tail.Count > TailLines) _tail.Dequeue();
        }
    }

    public string Tail()
    {
        lock (_lock) return string.Join('\n', _tail);
    }

    /// <summary>Nobody needs it any more.</summary>
    public void Drop() => File.Delete(Path);

    public void Dispose() => _writer.Dispose();
}
