using System.Net;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Scheduling;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>What dispatcher.yaml says; paths are absolute.</summary>
/// <param name="Name">What this dispatcher is called in mails and on pages.</param>
/// <param name="Ledger">The ledger's file.</param>
/// <param name="Pipelines">The folder of the pipeline files.</param>
/// <param name="Calendars">The folder of the calendars.</param>
/// <param name="BatchScore">The program of step <c>job</c>.</param>
/// <param name="Hosts">Where steps run; this machine is always one of them.</param>
/// <param name="Page">Where the status page listens.</param>
/// <param name="Mail">How mail leaves; null: none does.</param>
/// <param name="Maintenance">Spans in which nothing is started.</param>
internal sealed record DispatcherSettings(
    string Name, string Ledger, string Pipelines, string Calendars, string BatchScore, IReadOnlyList<HostSettings> Hosts,
    PageSettings Page, MailSettings? Mail, IReadOnlyList<Maintenance> Maintenance);

/// <summary>The status page.</summary>
/// <param name="Listen">Where it listens; by default this machine alone reaches it.</param>
/// <param name="TokenFile">A file whose first line lets its holder act; null: nobody signs in.</param>
/// <param name="Address">Where people find it; its host is a name by which it may be asked.</param>
/// <param name="Users">Who else says who somebody is; null: nobody.</param>
internal sealed record PageSettings(IPEndPoint Listen, string? TokenFile, Uri? Address, ProxyUsers? Users);

/// <summary>A reverse proxy that has people log in and says who they are.</summary>
/// <param name="Header">The header that names them.</param>
/// <param name="Proxy">The address from which alone it is believed.</param>
internal sealed record ProxyUsers(string Header, IPAddress Proxy);
