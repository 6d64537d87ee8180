using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Ledger;

/// <summary>
/// Who leads. Of several dispatchers on one ledger one leads; every taking of the lease raises the fencing number. Nothing here looks at
/// the calendar: a lease is free when its beat has not moved for its life on the watcher's own steady clock, so clocks that jump or differ
/// cannot make two leaders.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="holder">Names this process: <c>host:boot:pid:start</c>.</param>
/// <param name="time">The steady clock.</param>
/// <param name="isDead">True when a holder is known to be dead, so that a restart need not wait.</param>
/// <param name="life">How long a silent leader keeps the lease.</param>
internal sealed class Lease(Ledger ledger, string holder, TimeProvider time, Func<string, bool> isDead, TimeSpan life)
{
    private (long Fence, long Beat, long Since)? _watched;
    private long _renewed;

    /// <summary>How often it wants to be held, also where nothing else is to do.</summary>
    public TimeSpan Beat { get; } = life / 4;

    private long _fence;

    /// <summary>Our fencing number while we lead, else null. Any thread may ask.</summary>
    public long? Fence
    {
        get => Volatile.Read(ref _fence) is > 0 and var fence ? fence : null;
        private set => Volatile.Write(ref _fence, value ?? 0);
    }

    /// <summary>Who led at the last look, while it is not us.</summary>
    public string? Other { get; private set; }

    /// <summary>Takes or renews the lease where that is due. True: we lead.</summary>
    public bool Hold()
    {
        if (Fence is not null && time.GetElapsedTime(_renewed) < Beat) return true;
        return Fence is { } mine ? Renew(mine) : TryTake();
    }

    /// <summary>Throws where we no longer lead; the first statement of every write of a leader.</summary>
    /// <exception cref="BatchScoringException"><c>LEDGER_NOT_LEADER</c>.</exception>
    public long Require(LedgerSql sql)
    {
        if (Fence is { } mine && (long)sql.Scalar("SELECT fence FROM lease")! == mine) return mine;
        Fence = null;
        throw new BatchScoringException(LedgerErrors.NotLeader, $"Another dispatcher took the lead from {holder}.");
    }

    /// <summary>Gives the lease up, so that the next one need not wait.</summary>
    public void Release()
    {
        if (Fence is { } mine)
            ledger.Write(sql => sql.Execute("UPDATE lease SET holder = NULL WHERE fence = $fence", ("$fence", mine)));
        Fence = null;
    }

    private bool Renew(long mine)
    {
        bool kept = ledger.Write(sql => sql.Execute("UPDATE lease SET beat = beat + 1 WHERE fence = $fence", ("$fence", mine)) == 1);
        _renewed = time.GetTimestamp();
        if (!kept) Fence = null;
        return kept;
    }

    private bool TryTake()
    {
        (string? other, long fence, long beat) = Look();
        long now = time.GetTimestamp();
        if (_watched is not { } seen || seen.Fence != fence || seen.Beat != beat) _watched = (fence, beat, now);
        bool free = other is null || isDead(other) || time.GetElapsedTime(_watched.Value.Since, now) >= life;
        Other = free ? null : other;
        if (!free) return false;
        bool taken = ledger.Write(sql => sql.Execute(
            "UPDATE lease SET holder = $me, fence = fence + 1, beat = 0 WHERE fence = $fence AND beat = $beat",
            ("$me", holder), ("$fence", fence), ("$beat", beat)) == 1);
        _renewed = now;
        if (taken) Fence = fence + 1;
        return taken;
    }

    private (string? Holder, long Fence, long Beat) Look() => ledger.Sql.Query(
        "SELECT holder, fence, beat FROM lease", row => (row.IsDBNull(0) ? null : row.GetString(0), row.GetInt64(1), row.GetInt64(2)))[0];
}
