using System.Text.Json;
using BatchScoring.Hosting;
using BatchScoring.Runs;
using BatchScoring.SparkJobs;
using BatchScoring.Tests.Testing;
using Microsoft.Extensions.Logging;

namespace BatchScoring.Tests.Unit.Hosting;

public sealed class LineLoggerTests
{
    private readonly List<string> _lines = [];

    [Fact]
    public void Log_ForPeople_IsALineWithTimeLevelAndMessage()
    {
        Logger(json: false, LogLevel.Information).AttemptFails("score-2026-11-21-r1", "0815", "STORE_IO");

        _lines.ShouldBe(["2026-11-21T12:00:00.000Z warning score-2026-11-21-r1: attempt 0815 failed: STORE_IO"]);
    }

    [Fact]
    public void Log_ForPrograms_IsOneObjectWithEveryValue()
    {
        Logger(json: true, LogLevel.Information).CommandEnds("score \"x\"\n", 4, 1.5);

        JsonElement line = JsonDocument.Parse(_lines.ShouldHaveSingleItem()).RootElement;
        _lines[0].ShouldNotContain("\n");
        line.GetProperty("event").GetString().ShouldBe("CommandEnds");
        line.GetProperty("level").GetString().ShouldBe("information");
        line.GetProperty("command").GetString().ShouldBe("score \"x\"\n");
        line.GetProperty("exit_code").GetInt32().ShouldBe(4);
        line.GetProperty("seconds").GetDouble().ShouldBe(1.5);
        line.TryGetProperty("original_format", out _).ShouldBeFalse();
    }

    [Fact]
    public void Log_BelowTheLeastLevel_IsNotWritten()
    {
        ILogger log = Logger(json: false, LogLevel.Information);
        log.SplitAnswered(1, "Done", 10, 10, 0);
        _lines.ShouldBeEmpty();
        Logger(json: false, LogLevel.Debug).SplitAnswered(1, "Done", 10, 9, 1);
        _lines.ShouldHaveSingleItem().ShouldEndWith("split 1: Done, 10 rows read, 9 out, 1 set aside");
    }

    private LineLogger Logger(bool json, LogLevel least) => new(_lines.Add, json, least, new SteppedTime());
}
