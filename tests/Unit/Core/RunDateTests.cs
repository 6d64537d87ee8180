using BatchScoring.Core;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Core;

public sealed class RunDateTests
{
    /// <summary>21 November 2026, noon, in UTC.</summary>
    private readonly SteppedTime _time = new();

    [Theory]
    [InlineData("2026-11-20", "2026-11-20")]
    [InlineData("today", "2026-11-21")]
    [InlineData("yesterday", "2026-11-20")]
    public void Parse_WhatPeopleWrite_IsADay(string text, string day) => RunDate.Parse(text, _time).ToString().ShouldBe(day);

    [Fact]
    public void Parse_Today_ChangesAtMidnightInUtc()
    {
        _time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        RunDate.Parse("today", _time).ToString().ShouldBe("2026-11-21");
        _time.Advance(TimeSpan.FromSeconds(1));
        RunDate.Parse("today", _time).ToString().ShouldBe("2026-11-22");
        RunDate.Parse("yesterday", _time).ToString().ShouldBe("2026-11-21");
    }

    [Theory]
    [InlineData("Today")]
    [InlineData("tomorrow")]
    [InlineData("21.11.2026")]
    [InlineData("2026-11-31")]
    [InlineData("")]
    public void Parse_NoDay_IsRefused(string text) =>
        Should.Throw<BatchScoringException>(() => RunDate.Parse(text, _time)).Error.ShouldBe(CoreErrors.RunDateInvalid);
}
