using System.Globalization;

namespace BatchScoring.DataGen.CommandLine;

/// <summary>Rows done, rows/s and time left: one line that is written over on a terminal, a line every ten seconds elsewhere. Thread safe.</summary>
internal sealed class ProgressLine(TextWriter writer, bool terminal, long total, TimeProvider time)
{
    private readonly TimeSpan _every = terminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(10);
    private readonly long _started = time.GetTimestamp();
    private readonly Lock _lock = new();
    private long _shown = time.GetTimestamp();
    private long _done;

    public void Advance(int rows)
    {
        lock (_lock)
        {
            _done += rows;
            if (time.GetElapsedTime(_shown) < _every) return;
            _shown = time.GetTimestamp();
            double rate = _done / time.GetElapsedTime(_started).TotalSeconds;
            string text = string.Create(CultureInfo.InvariantCulture,
                $"{_done:N0} of {total:N0} rows, {rate:N0} rows/s, {(total - _done) / rate:N0} s left");
            if (terminal) writer.Write($"\r\e[K{text}");
            else writer.WriteLine(text);
            writer.Flush();
        }
    }

    /// <summary>Takes the line away.</summary>
    public void End()
    {
        if (terminal) writer.Write("\r\e[K");
    }
}
