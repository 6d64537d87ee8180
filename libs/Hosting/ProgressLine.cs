using System.Globalization;
using BatchScoring.Core;

namespace BatchScoring.Hosting;

/// <summary>
/// A line that is written over on a terminal; elsewhere a plain line after a second, then every ten, and one at a stage's end. It has a
/// clock of its own, so work that counts nothing shows at least that it goes on.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class ProgressLine : IProgressDisplay
{
    private const int WidestBar = 24;
    private const int NarrowestBar = 8;
    private const int UnknownWidth = 80;
    private const string Clear = "\r\e[K";

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TerminalEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly string _work;
    private readonly int? _columns;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private readonly ITimer _timer;

    private string _title;
    private long _total;
    private long _done;
    private long _started;
    private long? _shown;
    private bool _over;

    /// <summary>Begins to show the work; the first sign of it comes after a second.</summary>
    /// <param name="writer">Where lines go; owned by the caller.</param>
    /// <param name="work">What is shown between stages: the command's name.</param>
    /// <param name="columns">The terminal's width; null where there is no terminal that takes control characters.</param>
    /// <param name="time">The clock.</param>
    public ProgressLine(TextWriter writer, string work, int? columns, TimeProvider time)
    {
        (_writer, _work, _title, _columns, _time) = (writer, work, work, columns, time);
        _begun = _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => OnTick(), null, Tick, Tick);
    }

    /// <summary>For standard error of this process.</summary>
    /// <param name="writer">Standard error.</param>
    /// <param name="work">The command's name.</param>
    /// <param name="environment">Reads variables: <c>TERM=dumb</c> is a terminal without control characters.</param>
    /// <param name="time">The clock.</param>
    public static ProgressLine OnConsole(TextWriter writer, string work, Func<string, string?> environment, TimeProvider time) =>
        new(writer, work, Console.IsErrorRedirected || environment("TERM") is null or "" or "dumb" ? null : Width(), time);

    /// <inheritdoc/>
    public void Begin(string title, long total)
    {
        lock (_lock)
        {
            (_title, _total, _done, _started) = (title, total, 0, _time.GetTimestamp());
            if (_columns is not null) Draw();
        }
    }

    /// <inheritdoc/>
    public void Advance(long rows)
    {
        lock (_lock)
        {
            _done += rows;
            if (_columns is not null && (_shown is not { } shown || _time.GetElapsedTime(shown) >= TerminalEvery)) Draw();
        }
    }

    /// <inheritdoc/>
    public void Say(string text)
    {
        lock (_lock)
        {
            Wipe();
            _writer.WriteLine(text);
            _writer.Flush();
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        lock (_lock)
        {
            // Some of the rows may have been done by an earlier attempt, which nobody counts again.
            _done = Math.Max(_done, _total);
            if (_done > 0)
            {
                Wipe();
                WriteLine($"{_title}: {Numbers()}");
            }

            (_title, _total, _done, _started) = (_work, 0, 0, _begun);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_over) return;
            _over = true;
            Wipe();
        }

        _timer.Dispose();
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth is > 0 and int width ? width : UnknownWidth;
        }
        catch (IOException)
        {
            return UnknownWidth;
        }
    }

    private void OnTick()
    {
        lock (_lock)
        {
            if (_over) return;
            if (_columns is not null) Draw();
            else if (_shown is not { } shown || _time.GetElapsedTime(shown) >= PlainEvery) WriteLine($"{_title}: {Numbers()}");
        }
    }

    private void Draw()
    {
        // A full last column makes some terminals go on in the next line.
        int room = _columns!.Value - 1;
        string numbers = Numbers();
        int bar = _total > 0 ? Math.Min(WidestBar, room - _title.Length - numbers.Length - " [] ".Length) : 0;
        string line = bar >= NarrowestBar ? $"{_title} [{Bar(bar)}] {numbers}" : $"{_title}: {numbers}";
        _writer.Write(Clear + line[..Math.Min(line.Length, Math.Max(0, room))]);
        _writer.Flush();
        _shown = _time.GetTimestamp();
    }

    private void WriteLine(string text)
    {
        _writer.WriteLine(text);
        _writer.Flush();
        _shown = _time.GetTimestamp();
    }

    private void Wipe()
    {
        if (_columns is null || _shown is null) return;
        _writer.Write(Clear);
        _writer.Flush();
    }

    private string Bar(int width)
    {
        int filled = (int)(Math.Min(1, (double)_done / _total) * width);
        return new string('#', filled) + new string('.', width - filled);
    }

    private string Numbers()
    {
        double seconds = _time.GetElapsedTime(_started).TotalSeconds;
        if (_done == 0 && _total == 0) return string.Create(CultureInfo.InvariantCulture, $"{seconds:N0} s");
        double rate = seconds > 0 ? _done / seconds : 0;
        string of = _done < _total ? string.Create(CultureInfo.InvariantCulture, $" of {_total:N0}") : "";
        string left = _done < _total && rate > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {(_total - _done) / rate:N0} s left")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{_done:N0}{of} rows, {rate:N0} rows/s{left}");
    }
}
