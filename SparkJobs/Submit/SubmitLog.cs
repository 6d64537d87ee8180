namespace BatchScoring.SparkJobs.Submit;

/// <summary>What spark-submit said, in a file of this user's; stays when the submission failed.</summary>
internal sealed class SubmitLog : IDisposable
{
    /// <summary>Every log of the folder for temporary files.</summary>
    public const string Pattern = Prefix + "*.log";

    private const string Prefix = "batch-score-submit-";
    private const int TailLines = 20;

    private readonly Lock _lock = new();
    private readonly StreamWriter _writer;
    private readonly Queue<string> _tail = new();
    private readonly SubmitCause _cause = new();

    public SubmitLog(string submission)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Prefix}{submission}.log");
        _writer = new StreamWriter(PrivateFile.Create(Path)) { AutoFlush = true };
    }

    public string Path { get; }

    public void Add(string line)
    {
        lock (_lock)
        {
            _writer.WriteLine(line);
            _cause.Read(line);
            _tail.Enqueue(line);
            if (_tail.Count > TailLines) _tail.Dequeue();
        }
    }

    /// <summary>True when the log tells that somebody killed the application.</summary>
    public bool Killed
    {
        get
        {
            lock (_lock) return _cause.Killed;
        }
    }

    /// <summary>Why it failed, as far as the log tells: the cause and where all of it lies, or its last lines.</summary>
    public string Why()
    {
        lock (_lock)
        {
            return _cause.Text is { } cause
                ? $"{cause} All that spark-submit said: {Path}"
                : $"The end of what spark-submit said (all of it: {Path}):\n{string.Join('\n', _tail)}";
        }
    }

    /// <summary>Nobody needs it any more.</summary>
    public void Drop() => File.Delete(Path);

    public void Dispose() => _writer.Dispose();
}
