using BatchScoring.Hosting;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Hosting;

public sealed class ProgressLineTests
{
    private readonly SteppedTime _time = new();
    private readonly StringWriter _shown = new();

    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    [InlineData(20)]
    [InlineData(1)]
    public void Terminal_OfAnyWidth_IsNeverFilledToItsLastColumn(int columns)
    {
        using var line = new ProgressLine(_shown, "score", columns, _time);
        line.Begin("score", 1_234_567_890);
        for (int i = 0; i < 30; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(7));
            line.Advance(41_152_263);
        }

        string[] lines = _shown.ToString().Split("\r\e[K");
        lines.Length.ShouldBeGreaterThan(30);
        lines.ShouldAllBe(text => text.Length < columns);
    }

    [Fact]
    public void Terminal_OfEightyColumns_ShowsBarRateAndTimeLeft()
    {
        using var line = new ProgressLine(_shown, "score", 80, _time);
        line.Begin("score", 600_000);
        _time.Advance(TimeSpan.FromSeconds(2));
        line.Advance(300_000);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        line.Advance(1);

        string last = _shown.ToString().Split("\r\e[K")[^1];
        last.ShouldStartWith("score [########");
        last.ShouldContain("300,001 of 600,000 rows");
        last.ShouldContain("s left");
    }

    [Fact]
    public void NoTerminal_LongWork_IsHeardOfAfterASecondThenEveryTen()
    {
        using var line = new ProgressLine(_shown, "import", null, _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        Lines().ShouldBe(["import: 1 s"]);
        line.Begin("import", 1000);
        for (int i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(200));
            line.Advance(1);
        }

        Lines().Length.ShouldBe(3);
        _shown.ToString().ShouldNotContain("\e");
    }

    [Fact]
    public void NoTerminal_ShortWork_SaysOneLineAtItsEnd()
    {
        using (var line = new ProgressLine(_shown, "score", null, _time))
        {
            line.Begin("score", 100);
            line.Advance(100);
            _time.Advance(TimeSpan.FromMilliseconds(500));
            line.End();
        }

        Lines().ShouldBe(["score: 100 rows, 200 rows/s"]);
    }

    [Fact]
    public void End_RowsThatNobodyCounted_AreDoneAllTheSame()
    {
        using var line = new ProgressLine(_shown, "score", null, _time);
        line.Begin("score", 20_000);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        line.End();

        Lines().ShouldBe(["score: 20,000 rows, 40,000 rows/s"]);
    }

    [Fact]
    public void Dispose_WorkThatFailed_LeavesNoLineOnTheTerminalAndNoSummary()
    {
        using (var line = new ProgressLine(_shown, "score", 80, _time))
        {
            line.Begin("score", 20_000);
            _time.Advance(TimeSpan.FromSeconds(3));
        }

        _time.Advance(TimeSpan.FromSeconds(3));
        _shown.ToString().ShouldEndWith("\r\e[K");
        _shown.ToString().ShouldNotContain("\n");
    }

    [Fact]
    public void Say_OnATerminal_StandsOnALineOfItsOwn()
    {
        using var line = new ProgressLine(_shown, "submit", 80, _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        line.Say("application_1_1: accepted");

        _shown.ToString().ShouldBe($"\r\e[Ksubmit: 1 s\r\e[Kapplication_1_1: accepted{Environment.NewLine}");
    }

    private string[] Lines() => _shown.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
