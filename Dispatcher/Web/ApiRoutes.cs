using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchScoring.Dispatcher.Web;

/// <summary>The pages as JSON, and what may be asked for with the token as bearer. Described by /openapi.json.</summary>
internal static class ApiRoutes
{
    public static void Map(WebApplication app, WebSite site)
    {
        RouteGroupBuilder api = app.MapGroup("/api").WithTags("Dispatcher");
        api.MapGet("", () => new ApiView("/openapi.json", ["/api/pipelines", "/api/today", "/api/deadlines", "/api/queue", "/api/mail"]))
            .WithSummary("What there is.");
        api.MapGet("/pipelines", site.Reader.Home).WithSummary("Every pipeline in one line, sorted by trouble.");
        api.MapGet("/pipelines/{name}", (string name, DateOnly? date) => site.Reader.Pipeline(name, date))
            .WithSummary("A pipeline's dates and steps, thirty at a time, up to a date.");
        api.MapGet("/runs/{id}", (string id) => site.Reader.Run(id)).WithSummary("A run with its steps, attempts, alarms and audit.");
        api.MapGet("/today", (DateOnly? date) => site.Reader.Today(date)).WithSummary("A day over all pipelines; today if not said.");
        api.MapGet("/deadlines", (DateOnly? date) => site.Reader.Today(date).Deadlines)
            .WithSummary("What was promised for a day: missed, in danger, ahead, kept.");
        api.MapGet("/queue", site.Reader.Queue).WithSummary("What goes on and what waits, each with its reason.");
        api.MapGet("/mail", site.Reader.Mail).WithSummary("The outbox: letters that left, wait, or were given up.");
        RouteGroupBuilder wishes = api.MapGroup("").AddEndpointFilter(async (call, next) =>
            site.Access.Program(call.HttpContext.Request) is null
                ? Results.Json(
                    new ErrorView("NOT_ALLOWED", "Send the token: Authorization: Bearer …"), statusCode: StatusCodes.Status403Forbidden)
                : await next(call));
        wishes.MapPost("/runs/{id}/cancel", (string id, WishView wish) => Ask(site, wish, (requests, asker) => requests.Cancel(id, asker)))
            .WithSummary("Ends a run, and what it began.");
        wishes.MapPost("/runs/{id}/retry",
            (string id, RetryView wish) => Ask(site, wish, (requests, asker) => requests.Retry(id, wish.From, asker)))
            .WithSummary("Goes on with a run that ended, from a step or with all that did not succeed.");
        wishes.MapPost("/pipelines/{name}/pause",
            (string name, WishView wish) => Ask(site, wish, (requests, asker) => requests.Pause(site.Reader.Find(name).Name, asker)))
            .WithSummary("Nothing of the pipeline begins by itself from now on.");
        wishes.MapPost("/pipelines/{name}/resume",
            (string name, WishView wish) => Ask(site, wish, (requests, asker) => requests.Resume(site.Reader.Find(name).Name, asker)))
            .WithSummary("Ends a pause.");
        wishes.MapPost("/pipelines/{name}/run", (string name, RunWishView wish) => AskOf(site, name, wish, (requests, pipeline, asker) =>
            [requests.Run(pipeline, requests.Date(wish.Date, pipeline), wish.Revision, wish.Parameters ?? [], asker)]))
            .WithSummary("Runs a date now.");
        wishes.MapPost("/pipelines/{name}/backfill", (string name, SpanView wish) => AskOf(site, name, wish, (requests, pipeline, asker) =>
            requests.Backfill(pipeline, requests.Date(wish.From, pipeline), requests.Date(wish.To, pipeline), wish.DryRun, asker)))
            .WithSummary("Asks for every date of a span that has no run, or says which those are.");
        wishes.MapPost("/pipelines/{name}/skip", (string name, SkipView wish) => AskOf(site, name, wish, (requests, pipeline, asker) =>
            requests.Skip(pipeline, requests.Date(wish.Date, pipeline), asker)))
            .WithSummary("Says beforehand that a date is left out.");
    }

    private static IResult Ask(WebSite site, WishView wish, Action<Requests, Asker> act)
    {
        if (string.IsNullOrWhiteSpace(wish.Reason)) return NoReason;
        site.Reader.Ask(requests => act(requests, wish.Asker));
        return Results.NoContent();
    }

    private static IResult AskOf(
        WebSite site, string name, WishView wish, Func<Requests, Pipeline, Asker, IReadOnlyList<RunRow>> act)
    {
        if (string.IsNullOrWhiteSpace(wish.Reason)) return NoReason;
        IReadOnlyList<RunRow> runs = site.Reader.Ask(requests => act(requests, site.Reader.Find(name), wish.Asker));
        return Results.Ok(new RunsView([.. runs.Select(run => run.Id)]));
    }

    private static IResult NoReason =>
        Results.Json(new ErrorView("REASON_MISSING", "A reason is needed."), statusCode: StatusCodes.Status400BadRequest);
}

/// <summary>Where to go on from.</summary>
internal sealed record ApiView(string Description, IReadOnlyList<string> Places);

/// <summary>The runs that were made, or would be.</summary>
internal sealed record RunsView(IReadOnlyList<string> Runs);

/// <summary>What is asked for.</summary>
/// <param name="Reason">Why; it stands in the audit.</param>
/// <param name="Who">Who asks, for the audit.</param>
internal record WishView(string Reason, string? Who = null)
{
    internal Asker Asker => new(Who is { Length: > 0 } ? $"api: {Who}" : "api", Reason);
}

/// <param name="From">The step to begin with; null: with what did not succeed.</param>
internal sealed record RetryView(string Reason, string? Who = null, string? From = null) : WishView(Reason, Who);

/// <param name="Date">The run date; today and yesterday are those of the pipeline's zone.</param>
/// <param name="Revision">True: once more, beside what is there.</param>
/// <param name="Parameters">Over the pipeline's own.</param>
internal sealed record RunWishView(
    string Reason, string? Who = null, string Date = "today", bool Revision = false, JsonObject? Parameters = null) : WishView(Reason, Who);

internal sealed record SpanView(string Reason, string From, string To, string? Who = null, bool DryRun = false) : WishView(Reason, Who);

internal sealed record SkipView(string Reason, string Date, string? Who = null) : WishView(Reason, Who);
