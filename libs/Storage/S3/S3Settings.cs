namespace BatchScoring.Storage;

/// <summary>How long and how often requests are tried; tests use shorter times.</summary>
internal sealed record S3Settings
{
    /// <summary>The deadline of every single request; a piece of 8 MiB needs 280 kB/s to make it.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// No try begins later than this after a call's first one: a store that answers nothing but errors, or too late, is told as such after
    /// a minute, and not after as many deadlines as there are tries.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Tries after the first one, while the store answers: 45 seconds of patience with a storm of 503.</summary>
    public int Retries { get; init; } = 10;

    /// <summary>Tries after the first one, while nobody answers: a mistyped address must not keep a person waiting.</summary>
    public int Reconnects { get; init; } = 5;

    /// <summary>The pause before the first retry; it doubles each time, with jitter, up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(8);
}
