using BatchScoring.Dispatcher.Scheduling;
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
        api.MapGet("", () => new ApiView("/openapi.json", ["/api/pipelines", "/api/today", "/api/queue", "/api/mail"]))
            .WithSummary("What there is.");
        api.MapGet("/pipelines", site.Reader.Home).WithSummary("Every pipeline in one line, sorted by trouble.");
        api.MapGet("/pipelines/{name}", (string name, DateOnly? date) => site.Reader.Pipeline(name, date))
            .WithSummary("A pipeline's dates and steps, thirty at a time, up to a date.");
        api.MapGet("/runs/{id}", (string id) => site.Reader.Run(id)).WithSummary("A run with its steps, attempts, alarms and audit.");
        api.MapGet("/today", site.Reader.Today).WithSummary("The day over all pipelines.");
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
            (string id, WishView wish) => Ask(site, wish, (requests, asker) => requests.Retry(id, wish.From, asker)))
            .WithSummary("Goes on with a run that ended, from a step or with all that did not succeed.");
        wishes.MapPost("/pipelines/{name}/pause",
            (string name, WishView wish) => Ask(site, wish, (requests, asker) => requests.Pause(site.Reader.Require(name), asker)))
            .WithSummary("Nothing of the pipeline begins by itself from now on.");
        wishes.MapPost("/pipelines/{name}/resume",
            (string name, WishView wish) => Ask(site, wish, (requests, asker) => requests.Resume(site.Reader.Require(name), asker)))
            .WithSummary("Ends a pause.");
    }

    private static IResult Ask(WebSite site, WishView wish, Action<Requests, Asker> act)
    {
        if (string.IsNullOrWhiteSpace(wish.Reason))
            return Results.Json(new ErrorView("REASON_MISSING", "A reason is needed."), statusCode: StatusCodes.Status400BadRequest);
        site.Reader.Ask(requests => act(requests, new Asker(wish.Who is { Length: > 0 } who ? $"api: {who}" : "api", wish.Reason)));
        return Results.NoContent();
    }
}

/// <summary>Where to go on from.</summary>
internal sealed record ApiView(string Description, IReadOnlyList<string> Places);

/// <summary>What is asked for.</summary>
/// <param name="Reason">Why; it stands in the audit.</param>
/// <param name="Who">Who asks, for the audit.</param>
/// <param name="From">For a retry: the step to begin with.</param>
internal sealed record WishView(string Reason, string? Who = null, string? From = null);
