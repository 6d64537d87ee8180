using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Dispatcher.Timetable.Yaml;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>What a command works with; each part is made when it is first asked for.</summary>
internal sealed class CommandContext(string file, TimeProvider time, Func<string, string?> environment, TextWriter errors) : IAsyncDisposable
{
    private DispatcherSettings? _settings;
    private HostRegistry? _hosts;
    private IReadOnlyDictionary<string, IStepKind>? _kinds;
    private TimetableFolder? _timetable;
    private Ledger.Ledger? _ledger;
    private MailRoom? _mail;
    private TelemetryExport? _export;

    /// <summary>dispatcher.yaml.</summary>
    public string File => file;

    public TimeProvider Time => time;

    public Func<string, string?> Environment => environment;

    /// <summary>Standard error: what happens while a command waits.</summary>
    public TextWriter Errors => errors;

    /// <summary>Of dispatcher.yaml.</summary>
    /// <exception cref="BatchScoringException"><c>DISPATCHER_INVALID</c>.</exception>
    public DispatcherSettings Settings => _settings ??= DispatcherFile.Load(file);

    public HostRegistry Hosts => _hosts ??= new HostRegistry(Settings.Hosts.Select(host => HostRegistry.Create(host, time)));

    public IReadOnlyDictionary<string, IStepKind> Kinds => _kinds ??= StepKinds.Create(Hosts, Settings, time);

    /// <summary>Null where dispatcher.yaml says nothing of mail.</summary>
    public MailRoom? Mail => _mail ??= Settings.Mail is { } mail ? new MailRoom(mail, Settings.Ledger, time) : null;

    public TimetableFolder Timetable => _timetable ??= new TimetableFolder(Settings, Kinds);

    public Ledger.Ledger Ledger => _ledger ??= Dispatcher.Ledger.Ledger.Open(Settings.Ledger);

    public Requests Requests => new(Ledger, Timetable.Definitions, time);

    /// <summary>The pipeline of this name.</summary>
    /// <exception cref="BatchScoringException"><c>PIPELINE_UNKNOWN</c>, <c>PIPELINE_INVALID</c>.</exception>
    public Pipeline Pipeline(string name)
    {
        Timetable.Refresh();
        if (Timetable.Definitions.Current.TryGetValue(name, out Pipeline? pipeline)) return pipeline;
        Mistake[] mistakes = [.. Timetable.Mistakes.Where(mistake => Path.GetFileNameWithoutExtension(mistake.File) == name)];
        throw mistakes.Length > 0
            ? new BatchScoringException(TimetableErrors.PipelineInvalid, string.Join('\n', mistakes.Select(mistake => mistake.ToString())))
            : new BatchScoringException(LedgerErrors.PipelineUnknown,
                $"{Settings.Pipelines} has no pipeline '{name}'.{Similar.Hint(name, Timetable.Definitions.Current.Keys)} There are: "
                + $"{string.Join(", ", Timetable.Definitions.Current.Keys)}.");
    }

    /// <summary>A dispatcher of this process.</summary>
    /// <param name="only">The run that alone it goes on with, or null.</param>
    public DispatcherService Service(string? only)
    {
        Timetable.Refresh();
        _export ??= TelemetryExport.Start(environment, "dispatcher", DispatcherCommand.Version.Split(' ')[^1]);
        return new DispatcherService(Settings.Ledger, Timetable, Kinds, Mail, Settings.Maintenance, only, errors.WriteLine, time);
    }

    /// <summary>Who asks: the user of this machine.</summary>
    public Asker Asker(string? reason) => new(
        $"{System.Environment.UserName}@{System.Environment.MachineName}", reason is { Length: > 0 } ? reason : "asked on the command line");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ledger?.Dispose();
        if (_mail is not null) await _mail.DisposeAsync();
        if (_hosts is not null) await _hosts.DisposeAsync();
        _export?.Dispose();
    }
}
