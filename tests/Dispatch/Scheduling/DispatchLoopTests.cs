namespace BatchScoring.Tests.Dispatch.Scheduling;

/// <summary>The scheduler's step, repeated.</summary>
public class DispatchLoopTests
{
    /// <summary>As on a machine that is so busy that seconds pass between one line of the program and the next.</summary>
    [Theory]
    [InlineData(5.0004)] // what is due after 15 s is seen 1 ms after, which as a wait is one for ever
    [InlineData(6)]
    [InlineData(20)]
    public async Task Run_ClockThatLeapsBetweenTwoLooks_GoesOn(double seconds)
    {
        using var bench = new SchedulerBench(new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero));
        int steps = 0;

        await bench.Loop(new LeapingClock(TimeSpan.FromSeconds(seconds)))
            .RunAsync(() => { }, () => ++steps == 20, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        steps.ShouldBe(20);
    }

    /// <summary>Every look at it is so much later, and nothing is waited for.</summary>
    private sealed class LeapingClock(TimeSpan leap) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += leap.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
