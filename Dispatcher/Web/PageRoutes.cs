using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Reporting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What people look at.</summary>
internal static class PageRoutes
{
    private static readonly (string File, string Type)[] Files =
        [("style.css", "text/css; charset=utf-8"), ("live.js", "text/javascript; charset=utf-8"), ("icon.svg", "image/svg+xml")];

    public static void Map(WebApplication app, WebSite site)
    {
        RouteGroupBuilder pages = app.MapGroup("").ExcludeFromDescription();
        foreach ((string file, string type) in Files)
        {
            string text = EmbeddedScript.Read(file);
            pages.MapGet("/" + file, () => Results.Text(text, type));
        }

        pages.MapGet("/", (HttpRequest request) =>
        {
            HomeView view = site.Reader.Home();
            return site.Page(request, "Pipelines", live: true, _ => HomePage.Write(view));
        });
        pages.MapGet("/pipelines/{name}", (HttpRequest request, string name, DateOnly? date) =>
        {
            PipelineView view = site.Reader.Pipeline(name, date);
            return site.Page(request, name, live: true, frame => PipelinePage.Write(view, site.Reader.Find(name), frame));
        });
        pages.MapGet("/pipelines/{name}/backfill", (HttpRequest request, string name, DateOnly from, DateOnly to) =>
        {
            Pipeline pipeline = site.Reader.Find(name);
            IReadOnlyList<RunRow> runs = site.Reader.Ask(
                requests => requests.Backfill(pipeline, from, to, dry: true, new Asker("page", "a look")));
            return site.Page(request, $"Backfill of {name}", live: false, frame => PipelineActions.Plan(pipeline, from, to, runs, frame));
        });
        pages.MapGet("/runs/{id}", (HttpRequest request, string id, CancellationToken cancellation) =>
            RunAsync(site, request, id, cancellation));
        pages.MapGet("/runs/{id}/steps/{step}/report", (HttpResponse response, string id, string step) =>
            Report(site, response, id, step));
        pages.MapGet("/today", (HttpRequest request, DateOnly? date) =>
        {
            TodayView view = site.Reader.Today(date);
            return site.Page(request, "Today", live: date is null,
                _ => TodayPage.Write(view, name => Moment.ZoneOf(site.Reader.FindOrNull(name))));
        });
        pages.MapGet("/queue", (HttpRequest request) =>
        {
            QueueView view = site.Reader.Queue();
            return site.Page(request, "Queue", live: true,
                _ => QueuePage.Write(view, name => Moment.ZoneOf(site.Reader.FindOrNull(name))));
        });
        pages.MapGet("/mail", (HttpRequest request) =>
        {
            MailView view = site.Reader.Mail();
            return site.Page(request, "Mail", live: true, frame => MailPage.Write(view, name => Moment.ZoneOf(site.Reader.FindOrNull(name)), frame));
        });
        pages.MapGet("/sign-in", (HttpRequest request) => site.Page(request, "Sign in", live: false, _ => SignInPage.Write(null)));
    }

    private static async Task<IResult> RunAsync(WebSite site, HttpRequest request, string id, CancellationToken cancellation)
    {
        RunView view = site.Reader.Run(id);
        Pipeline definition = site.Reader.DefinitionOf(view.Run);
        StepLog? log = WebSite.Shown(view, definition) is { } step
            ? await site.Logs.LookAsync(view.Run, step, step.Attempt, null, null, cancellation)
            : null;
        return site.Page(request, view.Run.Id, live: view.Run.Ended is null, frame => RunPage.Write(view, definition, log, frame));
    }

    /// <summary>
    /// The report that a step answered, as its command would write it to a file: made of what the ledger holds, so no path is followed and
    /// runs of clusters have theirs too. It comes from outside, so the browser gives it no origin, no script and no way out.
    /// </summary>
    private static IResult Report(WebSite site, HttpResponse response, string id, string step)
    {
        StepRow? row = site.Reader.Run(id).Steps.Select(other => other.Step).FirstOrDefault(other => other.Name == step);
        if (row is null || RunFigures.ReportsOf(row).LastOrDefault() is not { } report)
            return Results.Text($"{id} has no report of a step '{step}'.\n", statusCode: StatusCodes.Status404NotFound);
        response.Headers.ContentSecurityPolicy = $"{HtmlReport.Policy}; frame-ancestors 'self'; sandbox";
        // Its links lead from where the file lies: here they are words.
        ReportLink[] links = [.. report.Links.Select(link => link with { Href = null })];
        return Results.Content(HtmlReport.Create(report with { Links = links }), "text/html; charset=utf-8");
    }
}
