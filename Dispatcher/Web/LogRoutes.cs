using System.Globalization;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What a step printed: a page, as it grows, and as bytes.</summary>
internal static class LogRoutes
{
    /// <summary>A piece of a log that is fetched at once: small where that is cheap, large where each is a question to a host.</summary>
    private const int PieceHere = 64 * 1024, PieceElsewhere = 1024 * 1024;

    public static void Map(WebApplication app, WebSite site)
    {
        var events = new LogEvents(site.Logs, site.Reader, app.Lifetime.ApplicationStopping);
        app.Lifetime.ApplicationStopped.Register(events.Dispose);
        RouteGroupBuilder logs = app.MapGroup("/runs/{id}/steps/{step}/log").ExcludeFromDescription();
        logs.MapGet("", (HttpRequest request, string id, string step, int? attempt, long? from, string? find) =>
            PageAsync(site, request, (id, step, attempt), from, find));
        logs.MapGet("/events", async (HttpContext context, string id, string step, int? attempt, long? from) =>
        {
            if (Find(site, id, step, attempt) is not { } found) return NotThere(id, step);
            string? last = context.Request.Headers["Last-Event-ID"];
            long begin = long.TryParse(last, CultureInfo.InvariantCulture, out long seen) ? seen : from ?? 0;
            await events.SendAsync(context, found.Run, step, found.Attempt, Math.Max(0, begin));
            return Results.Empty;
        });
        logs.MapGet("/bytes", async (HttpContext context, string id, string step, int? attempt) =>
        {
            if (Find(site, id, step, attempt) is not { } found) return NotThere(id, step);
            return await site.Logs.FindAsync(found.Run, step, found.Attempt, context.RequestAborted) is { } file
                ? await BytesAsync(context, file, $"{id}.{step}.{found.Attempt}.log")
                : Results.Text("It left no log there.\n", statusCode: StatusCodes.Status404NotFound);
        });
    }

    private static (RunRow Run, StepRow Step, int Attempt, int Attempts)? Find(WebSite site, string id, string step, int? attempt)
    {
        RunView view = site.Reader.Run(id);
        StepRow? row = view.Steps.Select(other => other.Step).FirstOrDefault(other => other.Name == step);
        int number = attempt ?? row?.Attempt ?? 0;
        return row is not null && number > 0 && number <= row.Attempt ? (view.Run, row, number, row.Attempt) : null;
    }

    private static IResult NotThere(string id, string step) =>
        Results.Text($"{id} has no such attempt of a step '{step}'.\n", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> PageAsync(
        WebSite site, HttpRequest request, (string Run, string Step, int? Attempt) what, long? from, string? find)
    {
        if (Find(site, what.Run, what.Step, what.Attempt) is not { } found) return NotThere(what.Run, what.Step);
        StepLog log = await site.Logs.LookAsync(
            found.Run, found.Step, found.Attempt, from, find, request.HttpContext.RequestAborted);
        bool live = from is null && find is null && found.Step.State == StepState.Running && found.Attempt == found.Attempts;
        return site.Page(request, $"{what.Step} · {what.Run}", live, _ => LogPage.Write(found.Run, found.Step, log, find, live));
    }

    /// <summary>All of it, or the part that a Range header asks for.</summary>
    private static async Task<IResult> BytesAsync(HttpContext context, LogFile file, string name)
    {
        HttpResponse response = context.Response;
        (long from, long until) = (0, file.Bytes);
        response.Headers.AcceptRanges = "bytes";
        RequestHeaders asked = context.Request.GetTypedHeaders();
        if (asked.Range is { Unit.Value: "bytes", Ranges: { Count: 1 } ranges })
        {
            RangeItemHeaderValue range = ranges.Single();
            from = range.From ?? Math.Max(0, file.Bytes - range.To!.Value);
            until = range.From is null || range.To is null ? file.Bytes : Math.Min(file.Bytes, range.To.Value + 1);
            response.Headers.ContentRange = string.Create(
                CultureInfo.InvariantCulture, $"bytes {(from < until ? $"{from}-{until - 1}" : "*")}/{file.Bytes}");
            if (from >= until) return Results.StatusCode(StatusCodes.Status416RangeNotSatisfiable);
            response.StatusCode = StatusCodes.Status206PartialContent;
        }

        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = until - from;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        int most = file.Host.Settings.Transport == HostTransport.Local ? PieceHere : PieceElsewhere;
        while (from < until)
        {
            byte[] piece = await HostFiles.ReadAsync(
                file.Host, file.Path, from, (int)Math.Min(until - from, most), context.RequestAborted);
            if (piece.Length == 0) break; // it was cut: the length that was said does not come, and the reader sees that
            await response.Body.WriteAsync(piece, context.RequestAborted);
            from += piece.Length;
        }

        return Results.Empty;
    }
}
