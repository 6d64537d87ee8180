using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;
using Microsoft.AspNetCore.Http;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What the routes work with.</summary>
internal sealed record WebSite(DispatcherSettings Settings, PageReader Reader, StepLogs Logs, Access Access)
{
    /// <summary>The site of a dispatcher, with a connection to the ledger and a timetable of its own.</summary>
    public static WebSite Open(
        DispatcherSettings settings, IReadOnlyDictionary<string, IStepKind> kinds, HostRegistry hosts, TimeProvider time)
    {
        var reader = new PageReader(
            Dispatcher.Ledger.Ledger.Open(settings.Ledger), new TimetableFolder(settings, kinds), settings.Maintenance, time);
        return new WebSite(settings, reader, new StepLogs(hosts, reader, time), new Access(settings.Page, time));
    }

    /// <summary>A page as an answer.</summary>
    public IResult Page(HttpRequest request, string title, bool live, Func<Frame, Html> body, int status = StatusCodes.Status200OK)
    {
        Frame frame = FrameOf(request);
        return Results.Content(Layout.Page(frame, title, live, body(frame)).Text, "text/html; charset=utf-8", statusCode: status);
    }

    private Frame FrameOf(HttpRequest request) => new(
        Settings.Name, request.Path, Access.VisitorOf(request), Access.MaySignIn, Reader.Read(Reader.Troubles), Reader.Time.GetUtcNow());

    /// <summary>The step whose log a run's page shows: one that runs or failed on this machine.</summary>
    public static StepRow? Shown(RunView view, Pipeline definition) =>
        view.Steps.Select(step => step.Step).FirstOrDefault(step => step.Attempt > 0
            && step.State is StepState.Running or StepState.Failed && StepLogs.HostOf(definition, step.Name) == HostRegistry.Here);
}
