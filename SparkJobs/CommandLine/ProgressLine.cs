using System.Globalization;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>A bar with rows/s and time left on a terminal; a plain line every ten seconds and at the end elsewhere.</summary>
internal sealed class ProgressLine(TextWriter writer, bool terminal, TimeProvider time) : IProgressDisplay
{
    private const int Width = 24;
    private static readonly TimeSpan TerminalEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private string _title = "";
    private long _total;
    private long _done;
    private long _started;
    private long _shown;

    public void Begin(string title, long total)
    {
        lock (_lock)
        {
            (_title, _total, _done) = (title, total, 0);
            _started = _shown = time.GetTimestamp();
            if (terminal) Show();
        }
    }

    public void Advance(long rows)
    {
        lock (_lock)
        {
            _done += rows;
            if (time.GetElapsedTime(_shown) < (terminal ? TerminalEvery : PlainEvery)) return;
            _shown = time.GetTimestamp();
            Show();
        }
    }

    public void Say(string text)
    {
        lock (_lock)
        {
            if (terminal) writer.Write("\r\e[K");
            writer.WriteLine(text);
            writer.Flush();
        }
    }

    public void End()
    {
        lock (_lock)
        {
            if (_title.Length == 0) return;
            if (terminal) writer.Write("\r\e[K");
            writer.WriteLine(Summary());
            writer.Flush();
            _title = "";
        }
    }

    public void Dispose()
    {
        if (terminal && _title.Length > 0) writer.Write("\r\e[K");
    }

    private void Show()
    {
        if (!terminal)
        {
            writer.WriteLine(Summary());
            return;
        }

        double share = _total > 0 ? Math.Min(1, (double)_done / _total) : 0;
        int filled = (int)(share * Width);
        writer.Write($"\r\e[K{_title} [{new string('#', filled)}{new string('.', Width - filled)}] {Numbers()}");
        writer.Flush();
    }

    private string Summary() => $"{_title}: {Numbers()}";

    private string Numbers()
    {
        double seconds = time.GetElapsedTime(_started).TotalSeconds;
        double rate = seconds > 0 ? _done / seconds : 0;
        string rows = string.Create(CultureInfo.InvariantCulture, $"{_done:N0}{(_total > 0 && _done < _total ? $" of {_total:N0}" : "")} rows");
        string speed = string.Create(CultureInfo.InvariantCulture, $", {rate:N0} rows/s");
        string left = _total > _done && rate > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {(_total - _done) / rate:N0} s left")
            : string.Create(CultureInfo.InvariantCulture, $" in {seconds:N1} s");
        return rows + speed + left;
    }
}
