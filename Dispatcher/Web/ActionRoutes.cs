using BatchScoring.Dispatcher.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What people do by forms: they must have signed in, and the form must be ours.</summary>
internal static class ActionRoutes
{
    /// <summary>Guessing a token must take long.</summary>
    private static readonly TimeSpan AfterWrongToken = TimeSpan.FromSeconds(1);

    public static void Map(WebApplication app, WebSite site)
    {
        RouteGroupBuilder pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapPost("/sign-in", (Delegate)((HttpContext context) => SignInAsync(site, context)));
        pages.MapPost("/sign-out", (Delegate)((HttpContext context) => ActAsync(
            site, context, "/", needsReason: false, (_, _) => Access.SignOut(context.Response))));
        pages.MapPost("/runs/{id}/cancel", (HttpContext context, string id) => ActAsync(site, context, $"/runs/{id}", needsReason: true,
            (asker, _) => site.Reader.Ask(requests => requests.Cancel(id, asker))));
        pages.MapPost("/runs/{id}/retry", (HttpContext context, string id) => ActAsync(site, context, $"/runs/{id}", needsReason: true,
            (asker, form) => site.Reader.Ask(
                requests => requests.Retry(id, form["from"].ToString() is { Length: > 0 } step ? step : null, asker))));
        pages.MapPost("/pipelines/{name}/pause", (HttpContext context, string name) => ActAsync(
            site, context, $"/pipelines/{name}", needsReason: true,
            (asker, _) => site.Reader.Ask(requests => requests.Pause(site.Reader.Require(name), asker))));
        pages.MapPost("/pipelines/{name}/resume", (HttpContext context, string name) => ActAsync(
            site, context, $"/pipelines/{name}", needsReason: true,
            (asker, _) => site.Reader.Ask(requests => requests.Resume(site.Reader.Require(name), asker))));
        pages.MapPost("/mail/{letter:long}/retry", (HttpContext context, long letter) => ActAsync(
            site, context, "/mail", needsReason: true, (asker, _) => site.Reader.Revive(letter, asker)));
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

        if (name.Length is 0 or > 60 || name.Any(char.IsControl))
            return Again(site, context, "Say who you are.", StatusCodes.Status400BadRequest);
        site.Access.SignIn(context.Response, name, context.Request.IsHttps);
        return Results.LocalRedirect("/");
    }

    private static IResult Again(WebSite site, HttpContext context, string wrong, int status) =>
        site.Page(context.Request, "Sign in", live: false, _ => SignInPage.Write(wrong), status);

    private static async Task<IResult> ActAsync(
        WebSite site, HttpContext context, string back, bool needsReason, Action<Asker, IFormCollection> act)
    {
        if (site.Access.Visitor(context.Request) is not { } visitor)
            return Results.Text("Sign in first: /sign-in\n", statusCode: StatusCodes.Status403Forbidden);
        if (!context.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!site.Access.IsOurs(visitor, form["form"]))
            return Results.Text("This form is not ours, or too old: load the page again.\n", statusCode: StatusCodes.Status403Forbidden);
        string reason = form["reason"].ToString().Trim();
        if (needsReason && reason.Length == 0) return Results.Text("A reason is needed.\n", statusCode: StatusCodes.Status400BadRequest);
        act(new Asker(visitor, reason), form);
        context.Response.Headers.Location = back;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
