using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>Every step kind there is.</summary>
internal static class StepKinds
{
    public static IReadOnlyDictionary<string, IStepKind> Create(HostRegistry hosts, DispatcherSettings settings, TimeProvider time) =>
        new IStepKind[]
        {
            new JobStep(hosts, settings.BatchScore, time),
            new ExecStep(hosts, time),
            new UploadStep(hosts, Path.GetDirectoryName(settings.Pipelines)!, time),
            new SubmitStep(hosts, settings.BatchScore, time),
            new HttpStep(MailRoom.CreateClient(), time),
            new WaitStep(time),
            new MailStep(settings.Mail, () => Ledger.Ledger.Open(settings.Ledger), time),
        }.ToDictionary(kind => kind.Info.Name, StringComparer.Ordinal);
}
