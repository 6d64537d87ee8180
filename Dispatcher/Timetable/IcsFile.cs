using System.Text;
using BatchScoring.Dispatcher.Timetable.Yaml;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>
/// Reads holidays from an iCalendar file (RFC 5545): all-day events, at most repeated each year. What could be read in two ways is a
/// mistake with its line, never a guess: a date that is wrongly a business day scores nobody's rows.
/// </summary>
internal sealed class IcsFile
{
    private const int MostBytes = 4 << 20;

    private readonly string _path;
    private readonly List<IcsEvent> _events = [];
    private readonly List<Mistake> _mistakes = [];

    private IcsFile(string path) => _path = path;

    public IReadOnlyList<Mistake> Mistakes => _mistakes;

    /// <summary>The dates with their names, in order of the file.</summary>
    public IEnumerable<(DateOnly Date, string Name)> Dates =>
        _events.SelectMany(found => found.Dates().Select(date => (date, found.Summary)));

    /// <summary>The last date that stands there itself; rules that go on for ever say nothing of it.</summary>
    public DateOnly? LastListed => _events.Where(found => !found.IsEndless).SelectMany(found => found.Dates())
        .Select(date => (DateOnly?)date).Max();

    public static IcsFile Read(string path)
    {
        var file = new IcsFile(path);
        try
        {
            if (new FileInfo(path).Length > MostBytes) file.Wrong(0, "It is larger than 4 MB: no calendar of holidays is.");
            else file.Read(Lines(File.ReadAllText(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Wrong(0, $"It cannot be read: {e.Message}");
        }

        return file;
    }

    /// <summary>Lines as they were before they were folded, each with the number of its first.</summary>
    private static List<(int Number, string Text)> Lines(string text)
    {
        List<(int Number, StringBuilder Text)> lines = [];
        foreach ((int index, string line) in text.Split('\n').Index())
        {
            string plain = line.TrimEnd('\r');
            if (plain.Length > 0 && plain[0] is ' ' or '\t' && lines.Count > 0) lines[^1].Text.Append(plain, 1, plain.Length - 1);
            else if (plain.Length > 0) lines.Add((index + 1, new StringBuilder(plain)));
        }

        return [.. lines.Select(line => (line.Number, line.Text.ToString()))];
    }

    private void Read(List<(int Number, string Text)> lines)
    {
        Stack<string> open = new();
        IcsEvent? found = null;
        foreach ((int number, string text) in lines)
        {
            if (IcsLine.Parse(number, text) is not { } line)
            {
                Wrong(number, $"'{text}' is no line of an .ics file: a name, a colon and a value are.");
                return;
            }

            if (line.Name == "BEGIN")
            {
                open.Push(line.Value);
                if (line.Value == "VEVENT") found = new IcsEvent(number);
            }
            else if (line.Name == "END")
            {
                if (!open.TryPop(out string? name) || name != line.Value)
                {
                    Wrong(number, $"END:{line.Value} ends what was not begun.");
                    return;
                }

                if (line.Value == "VEVENT") Take(found!);
            }
            else if (open.TryPeek(out string? within) && within == "VEVENT")
            {
                found!.Add(line);
            }
        }

        if (open.TryPeek(out string? left)) Wrong(lines[^1].Number, $"The file ends before its {left} does: a part of it is missing.");
        else if (lines is not [(_, "BEGIN:VCALENDAR"), ..]) Wrong(1, "It is no .ics file: those begin with BEGIN:VCALENDAR.");
        else if (_events.Count == 0 && _mistakes.Count == 0) Wrong(1, "It has no event, so no holiday.");
    }

    private void Take(IcsEvent found)
    {
        if (found.IsCancelled) return;
        foreach ((int line, string text) in found.Mistakes()) Wrong(line, text);
        _events.Add(found);
    }

    private void Wrong(int line, string text) => _mistakes.Add(new Mistake(_path, line, line == 0 ? 0 : 1, text));
}

/// <summary>A line of an .ics file.</summary>
/// <param name="Number">Where it stands.</param>
/// <param name="Name">In capitals.</param>
internal sealed record IcsLine(int Number, string Name, string Value)
{
    /// <summary>Null for what is no such line. Parameters say nothing that the value does not show.</summary>
    public static IcsLine? Parse(int number, string text)
    {
        int end = text.IndexOfAny([';', ':']);
        if (end <= 0) return null;
        bool quoted = false;
        for (int i = end; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            if (text[i] == ':' && !quoted) return new IcsLine(number, text[..end].ToUpperInvariant(), text[(i + 1)..].Trim());
        }

        return null;
    }
}
