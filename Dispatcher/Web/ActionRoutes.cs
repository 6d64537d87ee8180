using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What people do by forms: we must know who they are, and the form must be ours.</summary>
internal static class ActionRoutes
{
    /// <summary>Guessing a token must take long.</summary>
    private static readonly TimeSpan AfterWrongToken = TimeSpan.FromSeconds(1);

    public static void Map(WebApplication app, WebSite site)
    {
        RouteGroupBuilder pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapPost("/sign-in", (Delegate)((HttpContext context) => SignInAsync(site, context)));
        pages.MapPost("/sign-out", (Delegate)((HttpContext context) => ActAsync(site, context, needsReason: false, (_, _) =>
        {
            Access.SignOut(context.Response);
            return "/";
        })));
        Ask(pages, site, "/runs/{name}/cancel", (requests, id, asker, _) => Shown.Href(requests.Cancel(id, asker)));
        Ask(pages, site, "/runs/{name}/retry", (requests, id, asker, form) =>
        {
            requests.Retry(id, form["from"].ToString() is { Length: > 0 } step ? step : null, asker);
            return $"/runs/{id}";
        });
        AskOf(pages, site, "pause", (requests, pipeline, asker, _) =>
        {
            requests.Pause(pipeline.Name, asker);
            return PipelinePage.Href(pipeline.Name);
        });
        AskOf(pages, site, "resume", (requests, pipeline, asker, _) =>
        {
            requests.Resume(pipeline.Name, asker);
            return PipelinePage.Href(pipeline.Name);
        });
        AskOf(pages, site, "run", (requests, pipeline, asker, form) => Shown.Href(requests.Run(
            pipeline, requests.Date(form["date"].ToString(), pipeline), form["revision"] == "yes", Parameters(pipeline, form), asker)));
        AskOf(pages, site, "backfill", (requests, pipeline, asker, form) =>
        {
            requests.Backfill(
                pipeline, requests.Date(form["from"].ToString(), pipeline), requests.Date(form["to"].ToString(), pipeline), dry: false,
                asker);
            return "/queue";
        });
        AskOf(pages, site, "skip", (requests, pipeline, asker, form) =>
        {
            IReadOnlyList<RunRow> runs = requests.Skip(pipeline, requests.Date(form["date"].ToString(), pipeline), asker);
            return $"{PipelinePage.Href(pipeline.Name)}?date={form["date"]}{(runs.Count == 0 ? "#year" : "#grid")}";
        });
        pages.MapPost("/mail/{letter:long}/retry", (HttpContext context, long letter) => ActAsync(
            site, context, needsReason: true, (asker, _) =>
            {
                site.Reader.Revive(letter, asker);
                return "/mail";
            }));
    }

    /// <summary>A wish; where it is done, the answer leads to what it tells.</summary>
    private static void Ask(
        RouteGroupBuilder pages, WebSite site, string address, Func<Requests, string, Asker, IFormCollection, string> act) =>
        pages.MapPost(address, (HttpContext context, string name) => ActAsync(
            site, context, needsReason: true, (asker, form) => site.Reader.Ask(requests => act(requests, name, asker, form))));

    private static void AskOf(
        RouteGroupBuilder pages, WebSite site, string what, Func<Requests, Pipeline, Asker, IFormCollection, string> act) =>
        Ask(pages, site, $"/pipelines/{{name}}/{what}",
            (requests, name, asker, form) => act(requests, site.Reader.Find(name), asker, form));

    /// <summary>What differs from the pipeline's own.</summary>
    private static JsonObject Parameters(Pipeline pipeline, IFormCollection form)
    {
        var given = new JsonObject();
        foreach ((string name, string usual) in pipeline.Parameters)
            if (form[$"set.{name}"].ToString() is { } value && form.ContainsKey($"set.{name}") && value != usual) given[name] = value;
        return given;
    }

    private static async Task<IResult> SignInAsync(WebSite site, HttpContext context)
    {
        if (!context.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string name = form["name"].ToString().Trim();
        if (!site.Access.IsToken(form["token"]))
        {
            await Task.Delay(AfterWrongToken, site.Reader.Time, context.RequestAborted);
            return Again(site, context, "That is not the token.", StatusCodes.Status403Forbidden);
        }

        if (!Access.IsName(name)) return Again(site, context, "Say who you are.", StatusCodes.Status400BadRequest);
        site.Access.SignIn(context.Response, name, context.Request.IsHttps);
        return Results.LocalRedirect("/");
    }

    private static IResult Again(WebSite site, HttpContext context, string wrong, int status) =>
        site.Page(context.Request, "Sign in", live: false, _ => SignInPage.Write(wrong), status);

    /// <param name="act">Does it, and says where the visitor goes on.</param>
    private static async Task<IResult> ActAsync(
        WebSite site, HttpContext context, bool needsReason, Func<Asker, IFormCollection, string> act)
    {
        if (site.Access.VisitorOf(context.Request) is not { } visitor)
            return Results.Text("Sign in first: /sign-in\n", statusCode: StatusCodes.Status403Forbidden);
        if (!context.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!Access.IsOurs(visitor, context.Request, form["form"]))
            return Results.Text("This form is not ours, or too old: load the page again.\n", statusCode: StatusCodes.Status403Forbidden);
        string reason = form["reason"].ToString().Trim();
        if (needsReason && reason.Length == 0) return Results.Text("A reason is needed.\n", statusCode: StatusCodes.Status400BadRequest);
        context.Response.Headers.Location = act(new Asker(visitor.Name, reason), form);
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
