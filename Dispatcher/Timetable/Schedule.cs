namespace BatchScoring.Dispatcher.Timetable;

/// <summary>When a pipeline is due.</summary>
internal abstract class Schedule
{
    /// <summary>What a person wrote, for pages: <c>30 2 * * * Europe/Berlin</c>.</summary>
    public abstract string Text { get; }

    /// <summary>The zone of all local times of the pipeline.</summary>
    public abstract TimeZoneInfo Zone { get; }

    /// <summary>Every firing after one instant and not after another, in order. Lazy: an endless span may be given.</summary>
    public abstract IEnumerable<Firing> Between(DateTimeOffset after, DateTimeOffset until);
}

/// <summary>One moment at which a pipeline is due.</summary>
/// <param name="Due">The instant.</param>
/// <param name="Slot">
/// What names the run besides its pipeline: the local date (<c>2026-11-28</c>) where at most one firing falls on a date, else with the
/// local time (<c>2026-11-28t0215</c>, the second pass of a repeated hour with a <c>b</c> behind).
/// </param>
/// <param name="Date">The run date: the local date.</param>
internal readonly record struct Firing(DateTimeOffset Due, string Slot, DateOnly Date);
