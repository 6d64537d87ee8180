using System.Globalization;
using System.Text;
using BatchScoring.Dispatcher.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchScoring.Dispatcher.Web;

/// <summary>For machines that watch: is the process alive, does somebody lead, and figures in Prometheus' text format.</summary>
internal static class HealthRoutes
{
    public static void Map(WebApplication app, WebSite site)
    {
        RouteGroupBuilder routes = app.MapGroup("").ExcludeFromDescription();
        routes.MapGet("/health/live", () => "ok\n");
        routes.MapGet("/health/ready", () => site.Reader.LeaderTrouble() is { } trouble
            ? Results.Text(trouble + "\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ok\n"));
        routes.MapGet("/metrics", () => Results.Text(Metrics(site), "text/plain; version=0.0.4; charset=utf-8"));
    }

    private static string Metrics(WebSite site)
    {
        HomeView home = site.Reader.Home();
        Dictionary<RunState, long> runs = site.Reader.Read(sql => sql.Query(
            "SELECT state, count(*) FROM runs GROUP BY state",
            row => (Enum.Parse<RunState>(row.GetString(0), ignoreCase: true), row.GetInt64(1))).ToDictionary());
        var text = new StringBuilder();
        Family(text, "dispatcher_leader", "1 when a dispatcher leads.", "gauge", [("", site.Reader.LeaderTrouble() is null ? 1 : 0)]);
        Family(text, "dispatcher_troubles", "What the banner of the page shows.", "gauge", [("", home.Troubles.Count)]);
        MailView mail = site.Reader.Mail();
        Family(text, "dispatcher_letters_dead", "Letters that were given up.", "gauge", [("", mail.Dead)]);
        Family(text, "dispatcher_letters_waiting", "Letters that were tried in vain so far.", "gauge", [("", mail.Waiting)]);
        Family(text, "dispatcher_runs", "Runs in the ledger by state.", "gauge",
            [.. Enum.GetValues<RunState>().Select(state => ($"state=\"{state.Word()}\"", (double)runs.GetValueOrDefault(state)))]);
        Family(text, "dispatcher_pipeline_last_run_ok", "1 when a pipeline's newest run went well.", "gauge",
            [.. home.Pipelines.Where(line => line.Last is { Ended: not null })
                .Select(line => (Label(line), line.Last!.State == RunState.Ok ? 1d : 0d))]);
        Family(text, "dispatcher_pipeline_last_success_timestamp_seconds", "When a pipeline last delivered in time.", "gauge",
            [.. home.Pipelines.Select(line => (line, Done: line.Recent.FirstOrDefault(run => run.State == RunState.Ok)?.Ended))
                .Where(pair => pair.Done is not null).Select(pair => (Label(pair.line), (double)pair.Done!.Value.ToUnixTimeSeconds()))]);
        Family(text, "dispatcher_pipeline_next_due_timestamp_seconds", "When a pipeline is due next.", "gauge",
            [.. home.Pipelines.Where(line => line.Next is not null)
                .Select(line => (Label(line), (double)line.Next!.Value.ToUnixTimeSeconds()))]);
        Family(text, "dispatcher_pipeline_paused", "1 for a pipeline that somebody paused.", "gauge",
            [.. home.Pipelines.Select(line => (Label(line), line.Paused is null ? 0d : 1d))]);
        return text.ToString();
    }

    private static string Label(PipelineLine line) => $"pipeline=\"{line.Name}\"";

    private static void Family(StringBuilder text, string name, string help, string type, (string Labels, double Value)[] values)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach ((string labels, double value) in values)
            text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {value}\n");
    }
}
