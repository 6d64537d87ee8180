using System.Globalization;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Instants as people read them everywhere: on the clock of the pipeline's zone, with its offset.</summary>
internal static class Moment
{
    /// <summary>The zone of a pipeline's times.</summary>
    public static TimeZoneInfo ZoneOf(Pipeline? pipeline) => pipeline?.Schedule?.Zone ?? TimeZoneInfo.Utc;

    public static string Text(DateTimeOffset instant, TimeZoneInfo zone) => Text(TimeZoneInfo.ConvertTime(instant, zone));

    public static string Text(DateTimeOffset instant, Pipeline? pipeline) => Text(instant, ZoneOf(pipeline));

    /// <summary>With the offset that it has.</summary>
    public static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    /// <summary>For what happens while somebody looks.</summary>
    public static string Clock(DateTimeOffset instant, Pipeline? pipeline) =>
        TimeZoneInfo.ConvertTime(instant, ZoneOf(pipeline)).ToString("HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
