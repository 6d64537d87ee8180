namespace BatchScoring.Dispatcher.Timetable;

/// <summary>When a pipeline is due: local times, and the rules by which they become instants.</summary>
internal abstract class Schedule(TimeZoneInfo zone)
{
    /// <summary>What a person wrote, for pages: <c>30 2 * * * Europe/Berlin</c>.</summary>
    public abstract string Text { get; }

    /// <summary>The zone of all local times of the pipeline.</summary>
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>The local time of the one firing that a date has (later where the clock leaves it out). Null: it may have more.</summary>
    public abstract TimeOnly? OnceADateAt { get; }

    /// <summary>The calendar by which its dates are found; null: none.</summary>
    public virtual Holidays? Calendar => null;

    /// <summary>Local times of a repeated hour fire in both passes: what runs every quarter of an hour runs on.</summary>
    protected abstract bool FiresInBothPasses { get; }

    /// <summary>The times on the clock from one on (itself too), in order, as if no clock were ever changed.</summary>
    protected abstract IEnumerable<DateTime> WallTimes(DateTime from);

    /// <summary>
    /// Every firing after one instant and not after another, in order. Lazy: an endless span may be given. A local time that the clock
    /// leaves out fires once, at the first valid instant; of several that are left out together, one firing comes.
    /// </summary>
    public IEnumerable<Firing> Between(DateTimeOffset after, DateTimeOffset until)
    {
        Firing? held = null;
        foreach (Firing firing in InOrder(after))
        {
            if (firing.Due <= after) continue;
            // Times that were left out fall on one instant, with the valid time there as the last: that one names the firing.
            if (held is { } before && before.Due != firing.Due) yield return before;
            held = null;
            if (firing.Due > until) yield break;
            held = firing;
        }

        if (held is { } last) yield return last;
    }

    /// <summary>The first firing after an instant; null where none comes within five years.</summary>
    public Firing? Next(DateTimeOffset after)
    {
        foreach (Firing firing in Between(after, after.AddYears(5))) return firing;
        return null;
    }

    /// <summary>What people should know of a firing, such as what a changed clock does to it; null where nothing is to say.</summary>
    public virtual string? Note(Firing firing)
    {
        if (OnceADateAt is { } at && at != TimeOnly.FromDateTime(firing.Due.DateTime))
            return $"{at:HH:mm} is left out: the clock goes forward";
        if (firing.Slot.EndsWith('b')) return "second pass: the clock went back";
        if (OnceADateAt is not null && LocalTimes.Instants(Zone, firing.Due.DateTime).Count > 1)
            return "this time comes twice: the clock goes back";
        TimeSpan change = firing.Due.Offset - Zone.GetUtcOffset(firing.Due.AddHours(-25));
        string way = change > TimeSpan.Zero ? "forward" : "back";
        return change == TimeSpan.Zero ? null : $"the clock went {way} by {change.Duration():h\\:mm} since the day before";
    }

    /// <summary>Firings from about an instant on; a second pass begins when the whole first one is over.</summary>
    private IEnumerable<Firing> InOrder(DateTimeOffset after)
    {
        Queue<Firing> secondPass = new();
        foreach (DateTime wall in WallTimes(LocalTimes.EarliestAfter(Zone, after)))
        {
            IReadOnlyList<DateTimeOffset> instants = LocalTimes.Instants(Zone, wall);
            while (secondPass.TryPeek(out Firing waiting) && waiting.Due < instants[0]) yield return secondPass.Dequeue();
            yield return Named(instants[0], wall, "");
            if (FiresInBothPasses && instants.Count > 1) secondPass.Enqueue(Named(instants[1], wall, "b"));
        }

        while (secondPass.TryDequeue(out Firing waiting)) yield return waiting;
    }

    private Firing Named(DateTimeOffset due, DateTime wall, string pass)
    {
        string date = $"{wall:yyyy-MM-dd}";
        string slot = OnceADateAt is not null ? date : wall.Second == 0 ? $"{date}t{wall:HHmm}{pass}" : $"{date}t{wall:HHmmss}{pass}";
        return new Firing(due, slot, DateOnly.FromDateTime(wall));
    }
}

/// <summary>One moment at which a pipeline is due.</summary>
/// <param name="Due">The instant, with the zone's offset then.</param>
/// <param name="Slot">
/// What names the run besides its pipeline: the local date (<c>2026-11-28</c>) where at most one firing falls on a date, else with the
/// local time (<c>2026-11-28t0215</c>, the second pass of a repeated hour with a <c>b</c> behind).
/// </param>
/// <param name="Date">The run date: the local date.</param>
internal readonly record struct Firing(DateTimeOffset Due, string Slot, DateOnly Date);
