using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BatchScoring.Dispatcher.Web;

/// <summary>The status page and its API.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    /// <summary>Nothing from elsewhere, no script or style within the page, no frame around it.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
        + "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const int LargestBody = 16 * 1024;

    private readonly WebApplication _app;

    private readonly WebSite _site;

    private WebServer(WebApplication app, WebSite site) => (_app, _site) = (app, site);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Begins to listen; the site is its own from then on.</summary>
    /// <exception cref="BatchScoringException"><c>PAGE_UNAVAILABLE</c>.</exception>
    public static async Task<WebServer> StartAsync(WebSite site, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(site.Settings.Page.Listen);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        });
        builder.Services.AddOpenApi();
        WebApplication app = builder.Build();
        app.Use((context, next) => GuardAsync(site, context, next));
        PageRoutes.Map(app, site);
        LogRoutes.Map(app, site);
        ActionRoutes.Map(app, site);
        ApiRoutes.Map(app, site);
        HealthRoutes.Map(app, site);
        app.MapOpenApi("/openapi.json");
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            await app.DisposeAsync();
            site.Reader.Dispose();
            throw new BatchScoringException(WebErrors.Unavailable,
                $"The page cannot listen on {site.Settings.Page.Listen}: {e.Message} Name another address under 'page: listen'.", e);
        }

        return new WebServer(app, site);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _site.Reader.Dispose();
    }

    /// <summary>What holds for every answer; errors of ours become answers.</summary>
    private static async Task GuardAsync(WebSite site, HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (!IsOurName(site, context.Request.Host.Host))
        {
            await Answer(context, 421, "HOST_UNKNOWN", "This name is not the page's. Add it under 'page: address'.");
            return;
        }

        try
        {
            await next(context);
        }
        catch (BatchScoringException) when (context.Response.HasStarted)
        {
            context.Abort(); // the reader must not take what came for all of it
        }
        catch (BatchScoringException e)
        {
            await Answer(context, Status(e), e.Code, e.Message);
        }
    }

    /// <summary>Another site's name that was made to point here (DNS rebinding) must not read pages by a visitor's browser.</summary>
    private static bool IsOurName(WebSite site, string host) =>
        host is "localhost" || IPAddress.TryParse(host.Trim('[', ']'), out _) || host == site.Settings.Page.Address?.Host;

    private static int Status(BatchScoringException e) => e switch
    {
        _ when e.Is(LedgerErrors.RunUnknown, LedgerErrors.PipelineUnknown) => StatusCodes.Status404NotFound,
        _ when e.Is(LedgerErrors.RunState, LedgerErrors.RunExists) => StatusCodes.Status409Conflict,
        _ when e.Is(LedgerErrors.RequestInvalid, CoreErrors.RunDateInvalid) => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static Task Answer(HttpContext context, int status, string code, string text)
    {
        context.Response.StatusCode = status;
        return context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? context.Response.WriteAsJsonAsync(new ErrorView(code, text))
            : context.Response.WriteAsync($"{text}\n{code}\n");
    }
}

/// <summary>What the API says of an error.</summary>
internal sealed record ErrorView(string Code, string Text);
