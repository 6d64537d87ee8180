using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Tests.Dispatch.Timetable;

/// <summary>When pipelines are due, in cases that people can check with a calendar in hand.</summary>
public sealed class ScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly Holidays Bank = new("bank", [DayOfWeek.Saturday, DayOfWeek.Sunday], new Dictionary<DateOnly, string>
    {
        [new(2026, 12, 25)] = "Christmas",
        [new(2027, 1, 1)] = "New Year",
        [new(2026, 11, 30)] = "A day off",
    });

    [Theory]
    [InlineData("30 2 * * *", "2027-03-28", "2027-03-28 03:00:00 +02:00 2027-03-28")] // the clock goes from 02:00 to 03:00
    [InlineData("30 2 * * *", "2026-10-25", "2026-10-25 02:30:00 +02:00 2026-10-25")] // 02:30 comes twice
    [InlineData("15,45 2 * * *", "2027-03-28", "2027-03-28 03:00:00 +02:00 2027-03-28t0245")]
    [InlineData("30 2-2 * * *", "2026-10-25",
        "2026-10-25 02:30:00 +02:00 2026-10-25t0230", "2026-10-25 02:30:00 +01:00 2026-10-25t0230b")]
    [InlineData("0 2-3 * * *", "2027-03-28", "2027-03-28 03:00:00 +02:00 2027-03-28t0300")]
    [InlineData("0 7,19 * * *", "2026-11-28", "2026-11-28 07:00:00 +01:00 2026-11-28t0700", "2026-11-28 19:00:00 +01:00 2026-11-28t1900")]
    public void Cron_OnADate_IsDueAndNamed(string text, string date, params string[] expected) =>
        OnDate(CronSchedule.Parse(text, false, null, Berlin), date).ShouldBe(expected);

    [Fact]
    public void Cron_Seconds_NameTheSecond() =>
        CronSchedule.Parse("30 0 7 * * *", true, null, Berlin).Between(At("2026-11-28"), At("2026-11-29")).Select(f => f.Slot)
            .ShouldBe(["2026-11-28"]);

    [Theory]
    [InlineData("and", "2026-11-13")] // the only Friday the 13th of that month
    [InlineData("or", "2026-11-06", "2026-11-13", "2026-11-20", "2026-11-27")]
    public void Cron_BothDayFields_GoTogetherAsSaid(string days, params string[] expected) =>
        Dates(CronSchedule.Parse("0 6 13 * FRI", false, days, Berlin), "2026-11-01", "2026-12-01").ShouldBe(expected);

    [Theory]
    [InlineData("0 6 13 * FRI", false, null, "days: and")]
    [InlineData("0 6 13 * *", false, "or", "Leave it out")]
    [InlineData("0 30 2 * * *", false, null, "seconds: true")]
    [InlineData("30 2 * * *", true, null, "asks for 6")]
    [InlineData("0 0 30 2 *", false, null, "never due")]
    [InlineData("61 2 * * *", false, null, "no cron expression")]
    [InlineData("H 2 * * *", false, null, "no cron expression")]
    [InlineData("@daily", false, null, "write its 5 fields")]
    [InlineData("", false, null, "0 fields")]
    public void Cron_Doubtful_IsRefused(string text, bool seconds, string? days, string said) =>
        Should.Throw<FormatException>(() => CronSchedule.Parse(text, seconds, days, Berlin)).Message.ShouldContain(said);

    [Theory]
    [InlineData("every-day", OnHoliday.Skip, "2026-12-23", "2026-12-28", "2026-12-23", "2026-12-24", "2026-12-26", "2026-12-27")]
    [InlineData("every-day", OnHoliday.NextBusinessDay, "2026-12-24", "2026-12-29", "2026-12-24", "2026-12-26", "2026-12-27", "2026-12-28")]
    [InlineData("business-days", OnHoliday.Run, "2026-12-23", "2026-12-30", "2026-12-23", "2026-12-24", "2026-12-28", "2026-12-29")]
    [InlineData("first-business-day", OnHoliday.Run, "2026-12-02", "2027-02-28", "2027-01-04", "2027-02-01")]
    [InlineData("last-business-day", OnHoliday.Run, "2026-11-01", "2027-02-01", "2026-11-27", "2026-12-31", "2027-01-29")]
    [InlineData("day-of-month 25", OnHoliday.NextBusinessDay, "2026-10-01", "2027-01-01", "2026-10-26", "2026-11-25", "2026-12-28")]
    [InlineData("day-of-month 31", OnHoliday.Run, "2026-10-01", "2027-01-01", "2026-10-31", "2026-12-31")]
    public void Calendar_Words_NameDates(string words, object onHoliday, string from, string until, params string[] expected) =>
        Dates(new CalendarSchedule(new TimeOnly(6, 0), DateRules.Parse(words)!, Bank, (OnHoliday)onHoliday, Berlin), from, until)
            .ShouldBe(expected);

    [Fact]
    public void Calendar_MovedDate_ComesAlsoWhenAskedFromTheHoliday() =>
        Dates(new CalendarSchedule(new TimeOnly(6, 0), DateRules.Parse(["fri"]), Bank, OnHoliday.NextBusinessDay, Berlin),
            "2026-12-26", "2026-12-30").ShouldBe(["2026-12-28"]);

    [Fact]
    public void Calendar_NotCarriedOn_IsTold()
    {
        var schedule = new CalendarSchedule(new TimeOnly(6, 0), DateRules.Parse("business-days")!, Bank, OnHoliday.Run, Berlin);

        schedule.Between(At("2027-12-31"), DateTimeOffset.MaxValue).Take(2).Select(schedule.Note)
            .ShouldBe([null, "the calendar bank lists no holiday after 2027"]);
    }

    [Fact]
    public void Calendar_SkippedAndRepeatedTime_FiresOnce()
    {
        var schedule = new CalendarSchedule(new TimeOnly(2, 30), DateRules.Parse("every-day")!, Bank, OnHoliday.Run, Berlin);

        OnDate(schedule, "2027-03-28").ShouldBe(["2027-03-28 03:00:00 +02:00 2027-03-28"]);
        OnDate(schedule, "2026-10-25").ShouldBe(["2026-10-25 02:30:00 +02:00 2026-10-25"]);
        schedule.Between(At("2026-11-27"), DateTimeOffset.MaxValue).Take(400).Select(f => f.Date).Distinct().Count().ShouldBe(400);
    }

    [Theory]
    [InlineData("2027-03-28", "02:30", "2027-03-28 03:00:00 +02:00")]
    [InlineData("2026-10-25", "02:30", "2026-10-25 02:30:00 +02:00")]
    [InlineData("2026-11-28", "1.06:30", "2026-11-29 06:30:00 +01:00")]
    public void Instant_OfAWindow_IsTheFirst(string date, string time, string expected) =>
        $"{LocalTimes.Instant(Berlin, DateOnly.Parse(date), TimeSpan.Parse(time)):yyyy-MM-dd HH:mm:ss zzz}".ShouldBe(expected);

    private static IEnumerable<string> OnDate(Schedule schedule, string date) =>
        schedule.Between(At(date), At(date).AddDays(1)).Select(f => $"{f.Due:yyyy-MM-dd HH:mm:ss zzz} {f.Slot}");

    private static IEnumerable<string> Dates(Schedule schedule, string from, string until) =>
        schedule.Between(At(from), At(until)).Select(f => $"{f.Date:yyyy-MM-dd}");

    private static DateTimeOffset At(string date) => LocalTimes.Instant(Berlin, DateOnly.Parse(date), TimeSpan.Zero).AddTicks(-1);
}
