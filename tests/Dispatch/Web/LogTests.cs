using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using BatchScoring.Dispatcher.Web;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Web;

/// <summary>Logs of steps: as they grow, in parts, searched, and however large.</summary>
public sealed partial class LogTests : IAsyncLifetime
{
    private const string Run = "app.2026-11-28.r1", Log = $"/runs/{Run}/steps/score/log";

    private readonly SampleSite _site = new();
    private string _file = "";

    public async Task InitializeAsync()
    {
        _site.AddHistory(3);
        _file = _site.LogFile(Run, "score", 1);
        await _site.StartAsync();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Events_LogThatGrows_TellEveryByteOnceAndTheEnd()
    {
        await File.WriteAllTextAsync(_file, "score: 1 of 4 rows\nscore: 2 of 4 rows\n");
        using var reader = new EventReader(await _site.Client.GetStreamAsync(Log + "/events?from=19"));
        (await NextAsync(reader)).ShouldBe(("message", "score: 2 of 4 rows\n", 38));

        byte[] euro = Encoding.UTF8.GetBytes("12 € \e[31mred\n");
        Append(euro.AsSpan(0, 5)); // cut within the letter
        (await NextAsync(reader)).ShouldBe(("message", "12 ", 41));
        Append(euro.AsSpan(5));
        (await NextAsync(reader)).ShouldBe(("message", "€ ␛[31mred\n", 38 + euro.Length));

        Append("done"u8);
        End();
        (await NextAsync(reader)).ShouldBe(("message", "done", 42 + euro.Length));
        (await NextAsync(reader)).Name.ShouldBe("end");
        (await reader.NextAsync()).ShouldBeNull(); // and the stream with it
    }

    [Fact]
    public async Task Events_ReaderWhoComesBack_GoesOnWhereItWas()
    {
        await File.WriteAllTextAsync(_file, "first\nsecond\n");
        End();
        using var request = new HttpRequestMessage(HttpMethod.Get, Log + "/events?from=0") { Headers = { { "Last-Event-ID", "6" } } };
        string all = await (await _site.Client.SendAsync(request)).Content.ReadAsStringAsync();

        all.ShouldBe("id: 13\ndata: second\ndata: \n\nevent: end\ndata: all of it\n\n");
    }

    [Fact]
    public async Task Events_MoreReadersThanThereArePlaces_AreSentAwayAndLaterTaken()
    {
        List<Stream> readers = [];
        for (int i = 0; i < LogEvents.MostReaders; i++) readers.Add(await _site.Client.GetStreamAsync(Log + "/events"));
        (await _site.Client.GetAsync(Log + "/events")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await _site.Client.GetAsync(Log)).StatusCode.ShouldBe(HttpStatusCode.OK); // the page is there all the same

        foreach (Stream reader in readers) await reader.DisposeAsync();
        await Poll.UntilAsync(
            () =>
            {
                _site.Time.Advance(TimeSpan.FromSeconds(1));
                using HttpRequestMessage request = new(HttpMethod.Get, Log + "/events");
                using HttpResponseMessage answer = _site.Client.Send(request, HttpCompletionOption.ResponseHeadersRead);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            TimeSpan.FromMinutes(1), "a place, once the server has seen that a reader left");
    }

    [Fact]
    public async Task Page_WhatAProgramPrinted_IsTextOnly()
    {
        await File.WriteAllTextAsync(_file, $"{SampleSite.Hostile}\n\u202Eevil\0\rover\n");
        foreach (string address in new[] { Log, $"/runs/{Run}" })
        {
            string page = await _site.Client.GetStringAsync(address);
            page.ShouldContain("&lt;script&gt;alert(1)");
            page.ShouldNotContain("<script>alert");
            WebUtility.HtmlDecode(page).ShouldContain("\uFFFDevil␀\nover");
            page.ShouldContain($"data-events=\"{Log}/events?attempt=1\"");
        }
    }

    [Fact]
    public async Task Page_LargeLog_JumpsAndPages()
    {
        string[] lines = [.. Enumerable.Range(0, 20_000).Select(i => $"line {i:00000} of the log")];
        await File.WriteAllTextAsync(_file, string.Join('\n', lines) + "\n");
        string end = await _site.Client.GetStringAsync(Log);
        end.ShouldContain("line 19999 of");
        end.ShouldNotContain("line 00000 of");

        string page = await _site.Client.GetStringAsync(Log + "?from=0");
        HashSet<string> seen = [];
        for (int i = 0; i < 100; i++)
        {
            foreach (Match line in Line().Matches(page)) seen.Add(line.Value).ShouldBeTrue(line.Value);
            if (Later().Match(page) is not { Success: true } later) break;
            page = await _site.Client.GetStringAsync(WebUtility.HtmlDecode(later.Groups["href"].Value));
        }

        seen.Count.ShouldBe(20_000);
    }

    [Fact]
    public async Task Find_Text_LeadsToItsLine()
    {
        await File.WriteAllTextAsync(_file, $"first\nsecond it's $(touch hacked)\n{new string('x', 1_000_000)} Error: late\n");
        string page = await _site.Client.GetStringAsync(Log + "?find=" + Uri.EscapeDataString("IT'S $(TOUCH"));
        page.ShouldContain("One line has");
        string link = WebUtility.HtmlDecode(Hit().Match(page).Groups["href"].Value);
        (await _site.Client.GetStringAsync(link)).ShouldContain(">second it&#x27;s $(touch hacked)");

        string wide = await _site.Client.GetStringAsync(Log + "?find=error");
        wide.ShouldContain("line 3");
        wide.Length.ShouldBeLessThan(120_000);
        (await _site.Client.GetStringAsync(Log + "?find=nowhere")).ShouldContain("No line has");
        (await _site.Client.GetStringAsync(Log + "?find=-v")).ShouldContain("No line has");
    }

    [Fact]
    public async Task Bytes_ByRange_AreThoseOfTheFile()
    {
        byte[] all = new byte[300_000];
        new Random(20261128).NextBytes(all);
        await File.WriteAllBytesAsync(_file, all);
        (await _site.Client.GetByteArrayAsync(Log + "/bytes")).ShouldBe(all);
        (await RangeAsync(100, 299)).ShouldBe((206, "bytes 100-299/300000", 200));
        (await RangeAsync(299_990, null)).ShouldBe((206, "bytes 299990-299999/300000", 10));
        (await RangeAsync(null, 5)).ShouldBe((206, "bytes 299995-299999/300000", 5));
        (await RangeAsync(300_000, null)).ShouldBe((416, "bytes */300000", 0));

        async Task<(int Status, string? Range, int Bytes)> RangeAsync(long? from, long? to)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Log + "/bytes");
            request.Headers.Range = new RangeHeaderValue(from, to);
            HttpResponseMessage answer = await _site.Client.SendAsync(request);
            byte[] got = await answer.Content.ReadAsByteArrayAsync();
            long begin = from ?? all.Length - to!.Value;
            got.ShouldBe(all.Skip((int)begin).Take(got.Length).ToArray());
            return ((int)answer.StatusCode, answer.Content.Headers.ContentRange?.ToString(), got.Length);
        }
    }

    [Fact]
    public async Task Log_OfAGigabyte_IsNeverHeld()
    {
        const long Size = 1L << 30;
        await using (FileStream file = File.Create(_file))
        {
            file.SetLength(Size); // a hole: it costs no disk
            file.Position = Size - 10;
            file.Write("\nthe end.\n"u8);
        }

        (await _site.Client.GetStringAsync(Log)).ShouldContain("the end.");
        long before = GC.GetTotalMemory(forceFullCollection: true), most = 0, got = 0;
        await using Stream bytes = await _site.Client.GetStreamAsync(Log + "/bytes");
        byte[] buffer = new byte[1 << 16];
        while (await bytes.ReadAsync(buffer) is > 0 and int count)
        {
            got += count;
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
        }

        got.ShouldBe(Size);
        // Garbage until the next collection, and what other tests of this process hold.
        (most - before).ShouldBeLessThan(200 << 20);
    }

    [Theory]
    [InlineData($"/runs/{Run}/steps/none/log", 404)]
    [InlineData(Log + "?attempt=2", 404)]
    [InlineData(Log + "/bytes?attempt=0", 404)]
    [InlineData($"/runs/{Run}/steps/clean/log", 404)]
    [InlineData($"/runs/{Run}/steps/upload/log/events", 204)]
    [InlineData($"/runs/{Run}/steps/upload/log/bytes", 404)]
    [InlineData($"/runs/{Run}/steps/upload/log", 200)]
    public async Task Logs_NotThere_AreAnswers(string address, int status) =>
        ((int)(await _site.Client.GetAsync(address)).StatusCode).ShouldBe(status);

    private void Append(ReadOnlySpan<byte> bytes)
    {
        // As a job's shell writes it: the page may read it at the same moment.
        using FileStream file = File.Open(_file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(bytes);
    }

    private void End() => _site.Ledger.Write(sql => sql.Execute(
        "UPDATE attempts SET ended = 1 WHERE run = $run AND step = 'score'", ("$run", Run)));

    /// <summary>The stream sleeps by the clock of the test.</summary>
    private async Task<(string Name, string Data, long Id)> NextAsync(EventReader reader)
    {
        Task<(string, string, long)?> next = reader.NextAsync();
        while (!next.IsCompleted)
        {
            await Task.Yield();
            _site.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        return (await next).ShouldNotBeNull();
    }

    [GeneratedRegex("line [0-9]{5} of", RegexOptions.None, 1000)]
    private static partial Regex Line();

    [GeneratedRegex("<a href=\"(?<href>[^\"]+)\">later", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Later();

    [GeneratedRegex("<li><a href=\"(?<href>[^\"]+)\">line", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hit();

    /// <summary>Reads server-sent events as the standard says.</summary>
    private sealed class EventReader(Stream stream) : IDisposable
    {
        private readonly StreamReader _lines = new(stream);
        private long _id;

        public void Dispose() => _lines.Dispose();

        public async Task<(string Name, string Data, long Id)?> NextAsync()
        {
            string name = "message";
            List<string> data = [];
            while (await _lines.ReadLineAsync() is { } line)
            {
                if (line.Length == 0 && data.Count > 0) return (name, string.Join('\n', data), _id);
                if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
                if (line.StartsWith("id: ", StringComparison.Ordinal)) _id = long.Parse(line[4..], CultureInfo.InvariantCulture);
                if (line.StartsWith("data: ", StringComparison.Ordinal)) data.Add(line[6..]);
            }

            return null;
        }
    }
}
