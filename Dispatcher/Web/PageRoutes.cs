using System.Globalization;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What people look at.</summary>
internal static class PageRoutes
{
    /// <summary>A piece of a log that is fetched at once.</summary>
    private const int Piece = 256 * 1024;

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
            return site.Page(request, name, live: true, frame => PipelinePage.Write(view, frame));
        });
        pages.MapGet("/runs/{id}", (HttpRequest request, string id, string? log, CancellationToken cancellation) =>
            RunAsync(site, request, id, log, cancellation));
        pages.MapGet("/runs/{id}/log", (HttpContext context, string id, string step, int attempt, long? from, long? bytes) =>
            LogAsync(site, context, id, step, attempt, from ?? 0, bytes ?? long.MaxValue));
        pages.MapGet("/today", (HttpRequest request) =>
        {
            TodayView view = site.Reader.Today();
            return site.Page(request, "Today", live: true, _ => TodayPage.Write(view));
        });
        pages.MapGet("/queue", (HttpRequest request) =>
        {
            QueueView view = site.Reader.Queue();
            return site.Page(request, "Queue", live: true,
                _ => QueuePage.Write(view, name => Shown.ZoneOf(site.Reader.FindOrNull(name))));
        });
        pages.MapGet("/mail", (HttpRequest request) =>
        {
            MailView view = site.Reader.Mail();
            return site.Page(request, "Mail", live: true, frame => MailPage.Write(view, frame));
        });
        pages.MapGet("/sign-in", (HttpRequest request) => site.Page(request, "Sign in", live: false, _ => SignInPage.Write(null)));
    }

    private static async Task<IResult> RunAsync(
        WebSite site, HttpRequest request, string id, string? asked, CancellationToken cancellation)
    {
        RunView view = site.Reader.Run(id);
        Pipeline definition = site.Reader.DefinitionOf(view.Run);
        StepLog? log = WebSite.Shown(view, asked, definition) is { } step
            ? await site.Logs.TailAsync(view.Run, step, definition, cancellation)
            : null;
        return site.Page(request, view.Run.Id, live: view.Run.Ended is null, frame => RunPage.Write(view, definition, log, frame));
    }

    private static async Task LogAsync(
        WebSite site, HttpContext context, string id, string step, int attempt, long from, long bytes)
    {
        RunRow run = site.Reader.Run(id).Run;
        Pipeline definition = site.Reader.DefinitionOf(run);
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.ContentDisposition =
            string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"{run.Id}.{step}.{attempt}.log\"");
        for (long left = bytes; left > 0;)
        {
            byte[] piece = await site.Logs.RangeAsync(
                run, step, attempt, definition, from, (int)Math.Min(left, Piece), context.RequestAborted);
            if (piece.Length == 0) return;
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            from += piece.Length;
            left -= piece.Length;
        }
    }
}
