using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace BatchScoring.Hosting;

/// <summary>Writes log messages as lines: for people, or one JSON object each for whoever collects them.</summary>
/// <remarks>Thread safe if the sink is.</remarks>
public sealed class LineLogger : ILogger
{
    private readonly Action<string> _sink;
    private readonly bool _json;
    private readonly LogLevel _least;
    private readonly TimeProvider _time;

    /// <summary>Makes a logger.</summary>
    /// <param name="sink">Takes a line without its end.</param>
    /// <param name="json">True for one JSON object per line.</param>
    /// <param name="least">What is less than this is not written.</param>
    /// <param name="time">The clock; lines are in UTC.</param>
    public LineLogger(Action<string> sink, bool json, LogLevel least, TimeProvider time) =>
        (_sink, _json, _least, _time) = (sink, json, least, time);

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel)) return;
        string message = formatter(state, exception);
        string time = _time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), level = logLevel.ToString()
            .ToLowerInvariant();
        _sink(_json ? Json(time, level, eventId.Name, message, state as IReadOnlyList<KeyValuePair<string, object?>>)
            : $"{time} {level} {message}");
    }

    private static string Json(string time, string level, string? name, string message,
        IReadOnlyList<KeyValuePair<string, object?>>? values)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", time);
            json.WriteString("level", level);
            json.WriteString("event", name);
            json.WriteString("message", message);
            foreach ((string key, object? value) in values ?? [])
            {
                // The template itself, which the message says already.
                if (key == "{OriginalFormat}") continue;
                string snake = JsonNamingPolicy.SnakeCaseLower.ConvertName(key);
                if (value is long or int) json.WriteNumber(snake, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                else if (value is double number && double.IsFinite(number)) json.WriteNumber(snake, number);
                else json.WriteString(snake, Convert.ToString(value, CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
