using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Timetable;

/// <summary>Holidays of .ics files: the dates that they mean, and what is refused rather than guessed.</summary>
public sealed class IcsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AllDayEvents_AreDatesWithNames()
    {
        // As calendars are exported: folded lines, CR LF, a zone and an alarm of no interest, parameters with a colon in quotes.
        Holidays bank = Load(string.Join("\r\n",
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bank//DE", "BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "BEGIN:STANDARD",
            "DTSTART:19701025T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "END:VTIMEZONE",
            "BEGIN:VEVENT", "UID:1", "DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227", "SUMMARY;ALTREP=\"http://x:1\":Christ",
            " mas\\, both days", "BEGIN:VALARM", "TRIGGER:-PT15M", "DTSTART:20300101", "END:VALARM", "END:VEVENT",
            "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20260101", "SUMMARY:Gone", "STATUS:CANCELLED", "END:VEVENT",
            "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20270326", "SUMMARY:Good Friday", "END:VEVENT", "END:VCALENDAR", ""));

        bank.Dates.ShouldBe(new Dictionary<DateOnly, string>
        {
            [new(2026, 12, 24)] = "bank closes",
            [new(2026, 12, 25)] = "Christmas, both days",
            [new(2026, 12, 26)] = "Christmas, both days",
            [new(2027, 3, 26)] = "Good Friday",
        }, ignoreOrder: true);
        bank.LastYear.ShouldBe(2027);
    }

    [Theory]
    [InlineData("20260501", "FREQ=YEARLY", "2026-05-01 2027-05-01 2028-05-01", 2026)]
    [InlineData("20241128", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26 2027-11-25 2028-11-23", 2026)]
    [InlineData("20260525", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;WKST=MO", "2026-05-25 2027-05-31 2028-05-29", 2026)]
    [InlineData("20260501", "FREQ=YEARLY;UNTIL=20270501", "2026-05-01 2027-05-01", 2027)]
    [InlineData("20260501", "FREQ=YEARLY;COUNT=2;BYMONTH=5;BYMONTHDAY=1", "2026-05-01 2027-05-01", 2027)]
    [InlineData("20260501", "FREQ=YEARLY;INTERVAL=2", "2026-05-01 2028-05-01", 2026)]
    [InlineData("20240229", "FREQ=YEARLY", "2028-02-29", 2026)]
    public void Read_Yearly_RepeatsAsTheRuleSays(string start, string rule, string dates, int lastYear)
    {
        Holidays bank = Load(Event($"DTSTART;VALUE=DATE:{start}\nRRULE:{rule}"));

        string.Join(' ', bank.Dates.Keys.Where(date => date.Year is >= 2026 and <= 2028 && date != new DateOnly(2026, 12, 24)).Order()
            .Select(date => $"{date:yyyy-MM-dd}")).ShouldBe(dates);
        bank.LastYear.ShouldBe(lastYear); // what repeats for ever does not carry a calendar on
    }

    [Fact]
    public void Read_ExceptedDate_IsABusinessDay()
    {
        Holidays bank = Load(Event("DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20270501"));
        (bank.IsHoliday(new(2026, 5, 1)), bank.IsHoliday(new(2027, 5, 1)), bank.IsHoliday(new(2028, 5, 1))).ShouldBe((true, false, true));
    }

    [Theory]
    [InlineData("DTSTART:20261225T000000Z", 3, "DTSTART is '20261225T000000Z', a time: holidays are whole days")]
    [InlineData("DTSTART;VALUE=DATE:20260230", 3, "it must be a date like 20261225")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261225", 4, "an event lasts 1 to 31 whole days")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nDURATION:PT24H", 4, "an event lasts 1 to 31 whole days")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=WEEKLY", 4, "understood are FREQ=YEARLY")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", 4, "DTSTART (20261225) is none of its dates")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;BYEASTER=1", 4, "understood are FREQ=YEARLY")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;BYMONTH=13", 4, "none of its dates")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nRDATE;VALUE=DATE:20261226", 4, "RDATE is not understood")]
    [InlineData("DTSTART;VALUE=DATE:20261225\nDTSTART;VALUE=DATE:20261226", 4, "DTSTART stands twice")]
    [InlineData("SUMMARY:Nothing", 2, "An event without DTSTART is on no date.")]
    [InlineData("what is this", 3, "'what is this' is no line of an .ics file")]
    public void Read_Unclear_IsAMistakeWithItsLine(string lines, int line, string told) =>
        Mistakes(Event(lines)).ShouldContain(text => text.Contains($"bank.ics:{line}:1: ") && text.Contains(told));

    [Theory]
    [InlineData("", "no .ics file")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "It has no event, so no holiday.")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\n", "The file ends before its VEVENT does")]
    [InlineData("BEGIN:VCALENDAR\nEND:VEVENT\n", "ends what was not begun")]
    public void Read_NoCalendar_IsAMistake(string text, string told) => Mistakes(text).ShouldContain(line => line.Contains(told));

    [Theory]
    [InlineData("file: other.ics", "There is no file")]
    [InlineData("file: ../bank.ics", "the name of an .ics file")]
    [InlineData("weekend: [sun]", "A calendar has 'holidays'")]
    public void Find_FileThatIsNone_IsAMistake(string yaml, string told)
    {
        File.WriteAllText(_folder.File("bank.yaml"), yaml);
        var files = new HolidaysFile(_folder.Path);
        files.Find("bank");
        files.Mistakes.ShouldContain(mistake => mistake.Text.Contains(told));
    }

    private static string Event(string lines) => $"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n";

    private Holidays Load(string ics)
    {
        HolidaysFile files = Files(ics);
        Holidays found = files.Find("bank").ShouldNotBeNull();
        files.Mistakes.ShouldBeEmpty();
        return found;
    }

    private List<string> Mistakes(string ics)
    {
        HolidaysFile files = Files(ics);
        files.Find("bank");
        return [.. files.Mistakes.Select(mistake => mistake.ToString())];
    }

    private HolidaysFile Files(string ics)
    {
        File.WriteAllText(_folder.File("bank.ics"), ics);
        File.WriteAllText(_folder.File("bank.yaml"), "holidays: {2026-12-24: bank closes}\nfile: bank.ics\n");
        return new HolidaysFile(_folder.Path);
    }
}
