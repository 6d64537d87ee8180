using BatchScoring.Dispatcher.Timetable.Yaml;
using BatchScoring.Hosting;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Reads the schedule of a pipeline file; what is wrong is noted there.</summary>
internal sealed class ScheduleReader(YamlFile file, YamlMappingNode schedule, HolidaysFile calendars)
{
    /// <summary>Null where something is wrong.</summary>
    public Schedule? Read() => Zone(file, schedule) is not { } zone ? null : schedule.Has("cron") ? Cron(zone) : Calendar(zone);

    /// <summary>The zone that a group names; null where it names none.</summary>
    public static TimeZoneInfo? Zone(YamlFile file, YamlMappingNode group)
    {
        if (group.Text("zone") is not { Length: > 0 } name) return null;
        // The system takes paths, too, and names of the machine's own zone: only names of the public list mean the same everywhere.
        bool plain = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+') && char.IsAsciiLetter(name[0]);
        if (plain && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)) return zone;
        file.Wrong(group.Child("zone")!, $"There is no time zone '{name}'." +
            $"{Similar.Hint(name, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id))} Names are like Europe/Berlin or UTC.");
        return null;
    }

    private CronSchedule? Cron(TimeZoneInfo zone)
    {
        foreach (string key in new[] { "on", "calendar", "on_holiday" }.Where(schedule.Has))
            file.Wrong(schedule.Child(key)!, $"'{key}' goes with 'at'; a cron expression knows no holidays. Write 'at' and 'on' instead.");
        if (schedule.Text("cron") is not { Length: > 0 } text) return null;
        try
        {
            return CronSchedule.Parse(text, schedule.Text("seconds") == "true", schedule.Text("days"), zone);
        }
        catch (FormatException e)
        {
            file.Wrong(schedule.Child("cron")!, e.Message);
            return null;
        }
    }

    private CalendarSchedule? Calendar(TimeZoneInfo zone)
    {
        foreach (string key in new[] { "seconds", "days" }.Where(schedule.Has))
            file.Wrong(schedule.Child(key)!, $"'{key}' goes with 'cron'.");
        DateRule? rule = schedule.Child("on") switch
        {
            YamlSequenceNode => DateRules.Parse([.. schedule.Items("on").Select(item => item.Value ?? "")]),
            YamlScalarNode { Value: { } words } => DateRules.Parse(words),
            _ => null,
        };
        if (!schedule.Has("on")) file.Wrong(schedule, "'on' is missing from the schedule: which dates? For example 'on: every-day'.");
        Holidays? holidays = HolidaysOf();
        int onHoliday = schedule.Text("on_holiday") is { } word ? OnHolidays.Words.ToList().IndexOf(word) : 0;
        if (rule is { BusinessDaysOnly: true } && schedule.Child("on_holiday") is { } needless)
            file.Wrong(needless, $"'on_holiday' says nothing with 'on: {rule.Text}': a holiday is no business day. Leave it out.");
        else if (onHoliday > 0 && !schedule.Has("calendar"))
            file.Wrong(schedule.Child("on_holiday")!, "'on_holiday' needs a 'calendar', which lists the holidays.");
        return LocalTimeValue.Parse(schedule.Text("at")) is { Days: 0 } at && rule is not null && holidays is not null && onHoliday >= 0
            ? new CalendarSchedule(TimeOnly.FromTimeSpan(at), rule, holidays, (OnHoliday)onHoliday, zone)
            : null;
    }

    private Holidays? HolidaysOf()
    {
        if (schedule.Text("calendar") is not { } name) return Holidays.None;
        if (!Names.Pipeline.Pattern!.IsMatch(name)) return null;
        if (calendars.Find(name) is { } found) return found;
        string[] known = [.. calendars.Names];
        file.Wrong(schedule.Child("calendar")!, $"There is no calendar '{name}' (calendars/{name}.yaml).{Similar.Hint(name, known)} " +
            (known.Length == 0 ? "There is none at all." : $"There are: {string.Join(", ", known)}."));
        return null;
    }
}
