using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Datasets;

/// <summary>
/// Which revision of each date a log shows, and the version of the entry that brought it. Every entry of ours carries it, so that the next
/// one needs no other entry; days in a row that came one after the other take one item: <c>2026-11-21x3:1@0</c> are three days from the
/// 21st, revision 1, versions 0 to 2.
/// </summary>
internal sealed class DeltaDates
{
    private readonly ImmutableSortedDictionary<DateOnly, (int Revision, long Version)> _dates;

    private DeltaDates(ImmutableSortedDictionary<DateOnly, (int Revision, long Version)> dates) => _dates = dates;

    public static DeltaDates None { get; } = new(ImmutableSortedDictionary<DateOnly, (int Revision, long Version)>.Empty);

    public (int Revision, long Version)? Of(RunDate date) => _dates.TryGetValue(date.Day, out (int, long) found) ? found : null;

    public DeltaDates With(RunDate date, int revision, long version) => new(_dates.SetItem(date.Day, (revision, version)));

    /// <summary>Reads what <see cref="ToString"/> wrote; null where it is no such text.</summary>
    public static DeltaDates? Parse(string text)
    {
        ImmutableSortedDictionary<DateOnly, (int Revision, long Version)>.Builder dates =
            ImmutableSortedDictionary.CreateBuilder<DateOnly, (int Revision, long Version)>();
        foreach (string item in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = item.IndexOf(':'), at = item.IndexOf('@'), times = item.IndexOf('x');
            if (colon < 0 || at < colon || times > colon) return null;
            string day = item[..(times < 0 ? colon : times)];
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly first)
                || !TryNumber(times < 0 ? "1" : item[(times + 1)..colon], out long count) || count > 100_000
                || !TryNumber(item[(colon + 1)..at], out long revision) || revision > int.MaxValue
                || !TryNumber(item[(at + 1)..], out long version)) return null;
            for (int i = 0; i < count; i++) dates[first.AddDays(i)] = ((int)revision, version + i);
        }

        return new DeltaDates(dates.ToImmutable());
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new();
        (DateOnly First, int Count, int Revision, long Version) run = default;
        foreach ((DateOnly day, (int revision, long version)) in _dates)
        {
            if (run.Count > 0 && day == run.First.AddDays(run.Count) && revision == run.Revision && version == run.Version + run.Count)
            {
                run.Count++;
                continue;
            }

            Append(run);
            run = (day, 1, revision, version);
        }

        Append(run);
        return text.ToString();

        void Append((DateOnly First, int Count, int Revision, long Version) item)
        {
            if (item.Count == 0) return;
            if (text.Length > 0) text.Append(';');
            text.Append(CultureInfo.InvariantCulture, $"{item.First:yyyy-MM-dd}");
            if (item.Count > 1) text.Append(CultureInfo.InvariantCulture, $"x{item.Count}");
            text.Append(CultureInfo.InvariantCulture, $":{item.Revision}@{item.Version}");
        }
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
