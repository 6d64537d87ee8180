using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Tests.Dispatch.Web;

/// <summary>Who may act, and what nobody may.</summary>
public sealed partial class ActionTests : IAsyncLifetime
{
    private const string Running = "app.2026-11-28.r1";

    private readonly SampleSite _site = new();

    public async Task InitializeAsync()
    {
        _site.AddHistory(10);
        await _site.StartAsync();
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Cancel_SignedInWithReason_IsWrittenWithWhoAndWhy()
    {
        await SignInAsync();
        HttpResponseMessage answer = await PostAsync($"/runs/{Running}/cancel", await FormAsync(), "the table is wrong");

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        Runs.Find(_site.Ledger.Sql, Running)!.Cancel.ShouldBe("cancelled by jane: the table is wrong");
        (await _site.Client.GetStringAsync($"/runs/{Running}")).ShouldContain("the table is wrong");
    }

    [Fact]
    public async Task Retry_FromAStep_QueuesTheRunAgain()
    {
        await SignInAsync();
        HttpResponseMessage answer = await PostAsync("/runs/app.2026-11-25.r1/retry", await FormAsync(), "mended", ("from", "score"));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        Runs.Find(_site.Ledger.Sql, "app.2026-11-25.r1")!.State.ShouldBe(RunState.Queued);
        ((int)(await PostAsync("/runs/app.2026-11-25.r1/retry", await FormAsync(), "again")).StatusCode).ShouldBe(409);
    }

    [Fact]
    public async Task PauseAndResume_AreShown()
    {
        await SignInAsync();
        await PostAsync("/pipelines/app/pause", await FormAsync(), "the cluster moves");
        (await _site.Client.GetStringAsync("/")).ShouldContain("paused by jane: the cluster moves");
        await PostAsync("/pipelines/app/resume", await FormAsync(), "done");
        (await _site.Client.GetStringAsync("/")).ShouldNotContain("the cluster moves");
    }

    [Fact]
    public async Task Run_OfADate_IsQueuedWithItsParameters()
    {
        await SignInAsync();
        HttpResponseMessage answer = await PostAsync(
            "/pipelines/app/run", await FormAsync(), "late files", ("date", "2026-10-01"), ("set.limit", "5"), ("set.other", "x"));

        (answer.StatusCode, answer.Headers.Location!.ToString()).ShouldBe((HttpStatusCode.SeeOther, "/runs/app.2026-10-01.r1"));
        RunRow run = Runs.Find(_site.Ledger.Sql, "app.2026-10-01.r1")!;
        (run.State, run.Trigger, run.Reason, run.Parameters.ToJsonString())
            .ShouldBe((RunState.Queued, RunTrigger.Manual, "late files", """{"limit":"5"}"""));
        (await _site.Client.GetStringAsync("/runs/app.2026-10-01.r1")).ShouldContain("<td>jane</td><td>run</td><td>late files</td>");

        // A date that has a run wants the word that it is meant once more.
        (string, string)[] again = [("date", "2026-11-25")];
        ((int)(await PostAsync("/pipelines/app/run", await FormAsync(), "why", again)).StatusCode).ShouldBe(409);
        answer = await PostAsync("/pipelines/app/run", await FormAsync(), "why", [.. again, ("revision", "yes")]);
        answer.Headers.Location!.ToString().ShouldBe("/runs/app.2026-11-25.r2");
    }

    [Theory]
    [InlineData("run", "date", "")]
    [InlineData("run", "date", "0001-01-01")]
    [InlineData("skip", "date", "2026-02-30")]
    public async Task Wishes_OfNoDate_AreToldAndChangeNothing(string what, string field, string date)
    {
        await SignInAsync();
        HttpResponseMessage answer = await PostAsync($"/pipelines/app/{what}", await FormAsync(), "why", (field, date));
        ((int)answer.StatusCode).ShouldBe(400);
        _site.Ledger.Sql.Scalar("SELECT count(*) FROM audit WHERE who = 'jane' AND what <> 'retry score'").ShouldBe(0L);
    }

    [Fact]
    public async Task Backfill_IsShownFirstAndThenDone()
    {
        await SignInAsync();
        long before = Count();
        string plan = await _site.Client.GetStringAsync("/pipelines/app/backfill?from=2026-11-10&to=2026-11-19");
        plan.ShouldContain("<li>app.2026-11-17.r1</li>");
        plan.ShouldNotContain("<li>app.2026-11-18.r1</li>"); // it has a run
        plan.ShouldContain("Runs that would be asked for: 8.");
        Count().ShouldBe(before);

        HttpResponseMessage answer = await PostAsync(
            "/pipelines/app/backfill", await FormAsync(), "new table", ("from", "2026-11-10"), ("to", "2026-11-19"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        Count().ShouldBe(before + 8);
        _site.Ledger.Sql.Scalar("SELECT reason FROM audit WHERE what = 'backfill 2026-11-10 to 2026-11-19: 8'").ShouldBe("new table");
        (await _site.Client.GetStringAsync("/pipelines/app/backfill?from=2026-11-10&to=2026-11-19"))
            .ShouldContain("there is nothing to ask for");
        foreach (string span in new[] { "from=2026-11-19&to=2026-11-10", "from=1971-01-01&to=2100-01-01", "from=2010-01-01&to=2019-01-01" })
            ((int)(await _site.Client.GetAsync($"/pipelines/app/backfill?{span}")).StatusCode).ShouldBe(400, span);

        long Count() => (long)_site.Ledger.Sql.Scalar("SELECT count(*) FROM runs")!;
    }

    [Fact]
    public async Task Skip_OfADate_IsARowWithWhoAndWhy()
    {
        await SignInAsync();
        (await PostAsync("/pipelines/app/skip", await FormAsync(), "no loans", ("date", "2026-12-25"))).StatusCode
            .ShouldBe(HttpStatusCode.SeeOther);
        RunRow run = Runs.Find(_site.Ledger.Sql, "app.2026-12-25.r1")!;
        (run.State, run.Reason).ShouldBe((RunState.Skipped, "skipped by jane: no loans"));
    }

    [Fact]
    public async Task ProxyHeader_FromTheProxyAlone_NamesWhoActs()
    {
        await using var site = new SampleSite(2, token: false, page: ", user_header: X-Forwarded-User, proxy: 127.0.0.1");
        site.AddHistory(3);
        await site.StartAsync();
        string form = Hidden().Match(await GetAsync("jane@bank.example")).Groups["value"].Value;
        (await GetAsync("jane@bank.example")).ShouldContain("<p class=\"visitor\">jane@bank.example</p>");
        foreach (string[] names in new string[][] { [], [""], ["a,b"], ["jane", "joe"], [new string('x', 101)] })
            (await GetAsync(names)).ShouldContain("read only");

        ((int)await CancelAsync(form, "joe")).ShouldBe(403); // a form is its visitor's
        ((int)await CancelAsync(form)).ShouldBe(403);
        ((int)await CancelAsync(form, "jane@bank.example", elsewhere: true)).ShouldBe(403);
        Runs.Find(site.Ledger.Sql, Running)!.Cancel.ShouldBeNull();
        ((int)await CancelAsync(form, "jane@bank.example")).ShouldBe(303);
        Runs.Find(site.Ledger.Sql, Running)!.Cancel.ShouldBe("cancelled by jane@bank.example: why");

        async Task<string> GetAsync(params string[] names)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/runs/{Running}");
            request.Headers.TryAddWithoutValidation("X-Forwarded-User", names);
            return await (await site.Client.SendAsync(request)).Content.ReadAsStringAsync();
        }

        async Task<HttpStatusCode> CancelAsync(string secret, string? name = null, bool elsewhere = false)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/runs/{Running}/cancel")
            {
                Content = new FormUrlEncodedContent([new("form", secret), new("reason", "why")]),
            };
            if (name is not null) request.Headers.Add("X-Forwarded-User", name);
            if (elsewhere) request.Headers.Add("Sec-Fetch-Site", "cross-site");
            return (await site.Client.SendAsync(request)).StatusCode;
        }
    }

    [Fact]
    public async Task ProxyHeader_FromAnywhereElse_IsNothing()
    {
        await using var site = new SampleSite(2, token: false, page: ", user_header: X-Forwarded-User, proxy: 127.0.0.2");
        await site.StartAsync();
        site.Client.DefaultRequestHeaders.Add("X-Forwarded-User", "jane");

        (await site.Client.GetStringAsync("/")).ShouldContain("read only");
    }

    [Fact]
    public async Task Api_RunBackfillSkip_AnswerTheirRuns()
    {
        _site.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SampleSite.Token);
        (await RunsAsync("run", new { reason = "why", date = "2026-10-01", parameters = new { limit = "7" } }, 200))
            .ShouldBe("app.2026-10-01.r1");
        (await RunsAsync("backfill", new { reason = "why", from = "2026-11-10", to = "2026-11-11", dry_run = true }, 200))
            .ShouldBe("app.2026-11-10.r1 app.2026-11-11.r1");
        (await RunsAsync("backfill", new { reason = "why", from = "2026-11-10", to = "2026-11-11" }, 200))
            .ShouldBe("app.2026-11-10.r1 app.2026-11-11.r1");
        (await RunsAsync("skip", new { reason = "why", date = "2026-12-24" }, 200)).ShouldBe("app.2026-12-24.r1");
        (await RunsAsync("run", new { reason = "why", date = "2026-10-02", parameters = new { limits = "7" } }, 400))
            .ShouldBe("REQUEST_INVALID");
        (await RunsAsync("run", new { reason = "why", date = "2026-10-01" }, 409)).ShouldBe("RUN_EXISTS");
        (await RunsAsync("run", new { date = "2026-10-03" }, 400)).ShouldBe("REASON_MISSING");

        async Task<string> RunsAsync(string what, object wish, int status)
        {
            HttpResponseMessage answer = await _site.Client.PostAsJsonAsync($"/api/pipelines/app/{what}", wish);
            JsonNode json = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
            ((int)answer.StatusCode).ShouldBe(status, json.ToJsonString());
            return json["code"]?.ToString() ?? string.Join(' ', json["runs"]!.AsArray().Select(run => run!.ToString()));
        }
    }

    [Fact]
    public async Task Letter_GivenUp_IsToldAndTriedAgain()
    {
        _site.Ledger.Write(sql =>
        {
            var note = new OutboxNote(OutboxChannel.Smtp, "<1@test>", OutboxMatter.Run, Running, null, ["risk@bank.example"]);
            Outbox.Add(sql, note, OutboxState.Pending, _site.Time.GetUtcNow(), _site.Time.GetUtcNow());
            Outbox.Seal(sql, 1, $"[FAILED] app {SampleSite.Hostile}", [1]);
            Outbox.Dead(sql, 1, "MAIL_REFUSED", "550 no such user", _site.Time.GetUtcNow());
        });
        (await _site.Client.GetStringAsync("/")).ShouldContain("Letters that were given up: 1.");
        await SignInAsync();
        string page = await _site.Client.GetStringAsync("/mail");
        page.ShouldContain("550 no such user");
        page.ShouldNotContain("<script>alert");
        await PostAsync("/mail/1/retry", await FormAsync(), "the address is right now");

        Outbox.List(_site.Ledger.Sql, OutboxState.Pending, 10).ShouldHaveSingleItem().Id.ShouldBe(1);
        (await _site.Client.GetStringAsync("/")).ShouldNotContain("given up: 1");
    }

    [Fact]
    public async Task Actions_WithoutSignIn_ReasonOrOurForm_ChangeNothing()
    {
        string address = $"/runs/{Running}/cancel";
        ((int)(await PostAsync(address, "x", "why")).StatusCode).ShouldBe(403);
        await SignInAsync();
        string form = await FormAsync();
        ((int)(await PostAsync(address, "", "why")).StatusCode).ShouldBe(403);
        ((int)(await PostAsync(address, form[..^1] + "A", "why")).StatusCode).ShouldBe(403);
        ((int)(await PostAsync(address, form, "  ")).StatusCode).ShouldBe(400);
        ((int)(await _site.Client.PostAsJsonAsync(address, new { form, reason = "why" })).StatusCode).ShouldBe(415);
        ((int)(await _site.Client.GetAsync(address)).StatusCode).ShouldBe(405);
        Runs.Find(_site.Ledger.Sql, Running)!.Cancel.ShouldBeNull();
    }

    [Fact]
    public async Task SignIn_WrongToken_IsRefusedAndSlow()
    {
        Task<HttpResponseMessage> sent = PostFormAsync("/sign-in", ("name", "jane"), ("token", SampleSite.Token + "x"));
        while (!sent.IsCompleted)
        {
            await Task.Yield();
            _site.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        HttpResponseMessage answer = await sent;
        ((int)answer.StatusCode).ShouldBe(403);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Cookie_IsForUsAloneAndEnds()
    {
        string cookie = (await SignInAsync()).Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldNotContain(SampleSite.Token);
        (await _site.Client.GetStringAsync("/")).ShouldContain("Sign out");
        _site.Time.Advance(TimeSpan.FromHours(13));
        (await _site.Client.GetStringAsync("/")).ShouldNotContain("Sign out");
    }

    [Fact]
    public async Task TokenThatWasChanged_EndsWhatWasSignedWithIt()
    {
        await SignInAsync();
        await File.WriteAllTextAsync(_site.Settings.Page.TokenFile!, "another-token-of-the-tests");

        (await _site.Client.GetStringAsync("/")).ShouldNotContain("Sign out");
    }

    [Fact]
    public async Task Page_WithoutTokenFile_OnlyShows()
    {
        await using var site = new SampleSite(2, token: false);
        await site.StartAsync();

        (await site.Client.GetStringAsync("/")).ShouldContain("read only");
        using var form = new FormUrlEncodedContent([new("name", "jane"), new("token", "")]);
        Task<HttpResponseMessage> sent = site.Client.PostAsync("/sign-in", form);
        while (!sent.IsCompleted)
        {
            await Task.Yield();
            site.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        ((int)(await sent).StatusCode).ShouldBe(403);
    }

    [Fact]
    public async Task Api_Twins_TellTheSame()
    {
        JsonNode home = (await _site.Client.GetFromJsonAsync<JsonNode>("/api/pipelines"))!;
        home["pipelines"]!.AsArray().Count.ShouldBe(4);
        home["troubles"]![0]!.GetValue<string>().ShouldStartWith($"{Running}: It will not");
        JsonNode run = (await _site.Client.GetFromJsonAsync<JsonNode>($"/api/runs/{Running}"))!;
        (run["run"]!["state"]!.GetValue<string>(), run["steps"]![1]!["step"]!["state"]!.GetValue<string>())
            .ShouldBe(("running", "running"));
        JsonNode queue = (await _site.Client.GetFromJsonAsync<JsonNode>("/api/queue"))!;
        queue["waiting"]![0]!["id"]!.GetValue<string>().ShouldBe("line-01.2026-11-28.r1");
        (await _site.Client.GetFromJsonAsync<JsonNode>("/api/pipelines/app"))!["runs"]!.AsArray().Count.ShouldBe(11);
        (await _site.Client.GetFromJsonAsync<JsonNode>("/api/today"))!["zone"]!.GetValue<string>().ShouldBe("Europe/Berlin");
        HttpResponseMessage none = await _site.Client.GetAsync("/api/runs/none");
        ((int)none.StatusCode, (await none.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>())
            .ShouldBe((404, "RUN_UNKNOWN"));
    }

    [Fact]
    public async Task Api_Wishes_NeedTheTokenAsBearer()
    {
        string address = $"/api/runs/{Running}/cancel";
        await SignInAsync(); // a cookie is no answer here: another site's page could send it
        ((int)(await _site.Client.PostAsJsonAsync(address, new { reason = "why" })).StatusCode).ShouldBe(403);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = JsonContent.Create(new { reason = "why", who = "cron" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SampleSite.Token);
        ((int)(await _site.Client.SendAsync(request)).StatusCode).ShouldBe(204);
        Runs.Find(_site.Ledger.Sql, Running)!.Cancel.ShouldBe("cancelled by api: cron: why");
    }

    [Fact]
    public async Task OpenApi_DescribesWhatIsThere()
    {
        JsonNode described = (await _site.Client.GetFromJsonAsync<JsonNode>("/openapi.json"))!;
        string[] paths = [.. described["paths"]!.AsObject().Select(pair => pair.Key)];
        paths.ShouldBe(
            [
                "/api", "/api/pipelines", "/api/pipelines/{name}", "/api/runs/{id}", "/api/today", "/api/deadlines", "/api/queue",
                "/api/mail",
                "/api/runs/{id}/cancel",
                "/api/runs/{id}/retry", "/api/pipelines/{name}/pause", "/api/pipelines/{name}/resume", "/api/pipelines/{name}/run",
                "/api/pipelines/{name}/backfill", "/api/pipelines/{name}/skip",
            ], ignoreOrder: true);
    }

    [Fact]
    public async Task Health_FollowsTheLeader()
    {
        (await _site.Client.GetStringAsync("/health/live")).ShouldBe("ok\n");
        (await _site.Client.GetStringAsync("/health/ready")).ShouldBe("ok\n");
        _site.Time.Advance(TimeSpan.FromSeconds(31)); // the beat has not moved
        HttpResponseMessage silent = await _site.Client.GetAsync("/health/ready");
        ((int)silent.StatusCode).ShouldBe(503);
        (await _site.Client.GetStringAsync("/")).ShouldContain("has said nothing for 31 s");
        (await _site.Client.GetStringAsync("/metrics")).ShouldContain("\ndispatcher_leader 0\n");
        _site.Ledger.Write(sql => sql.Execute("UPDATE lease SET beat = beat + 1"));
        string metrics = await _site.Client.GetStringAsync("/metrics");
        metrics.ShouldContain("\ndispatcher_leader 1\n");
        metrics.ShouldContain("\ndispatcher_runs{state=\"running\"} 1\n");
    }

    private Task<HttpResponseMessage> SignInAsync() => PostFormAsync("/sign-in", ("name", "jane"), ("token", SampleSite.Token));

    /// <summary>What our own page's forms carry.</summary>
    private async Task<string> FormAsync() => Hidden().Match(await _site.Client.GetStringAsync("/")).Groups["value"].Value;

    private Task<HttpResponseMessage> PostAsync(string address, string form, string reason, params (string, string)[] more) =>
        PostFormAsync(address, [("form", form), ("reason", reason), .. more]);

    private async Task<HttpResponseMessage> PostFormAsync(string address, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _site.Client.PostAsync(address, content);
    }

    [GeneratedRegex("name=\"form\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}
