using System.Globalization;

namespace BatchScoring.Storage;

/// <summary>Adds up what failed tries cost, so that nobody watches a silent program for minutes. Thread safe.</summary>
/// <param name="tell">Gets one sentence for people each time another minute is lost; null: nobody is told.</param>
internal sealed class StoreTrouble(Action<string>? tell)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private TimeSpan _lost;
    private int _tries;

    /// <summary>One try failed and will be repeated.</summary>
    /// <param name="lost">The time it took, with the pause after it.</param>
    /// <param name="why">What it failed of.</param>
    public void Count(TimeSpan lost, Exception why)
    {
        string? told = null;
        lock (_lock)
        {
            long before = _lost.Ticks / Every.Ticks;
            (_lost, _tries) = (_lost + lost, _tries + 1);
            if (_lost.Ticks / Every.Ticks > before)
                told = string.Create(CultureInfo.InvariantCulture,
                    $"the store makes trouble: {_tries} tries failed and cost {_lost.TotalSeconds:0} s so far. The last: {why.Message}");
        }
        if (told is not null) tell?.Invoke(told);
    }
}
