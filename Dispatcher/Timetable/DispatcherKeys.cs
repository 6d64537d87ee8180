using System.Text.RegularExpressions;
using BatchScoring.Dispatcher.Timetable.Yaml;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>What dispatcher.yaml may say. Secrets stand in files or variables that it names, never in it.</summary>
internal static partial class DispatcherKeys
{
    private static readonly TextValue Path = new("a path");

    private static KeysValue Host { get; } = new(
        [
            new("transport", new WordValue(["local", "ssh.net", "openssh"]), "ssh.net (if not said), openssh (its programs), or local."),
            new("address", TextValue.Any, "Its name or address; with openssh also an alias of ssh_config."),
            new("port", new NumberValue((1, 65535)), "22 if not said."),
            new("user", TextValue.Any, "Who logs in."),
            new("key", Path, "The private key's file; only openssh may do without."),
            new("passphrase_file", Path, "A file whose first line is the key's pass phrase."),
            new("passphrase_env", TextValue.Any, "An environment variable that holds it."),
            new("known_hosts", Path, "The keys of hosts, in OpenSSH's format. Nothing is ever added to it."),
            new("ssh_config", Path, "A configuration file for openssh; none is read if not said."),
            new("jobs", Path, "The folder for jobs there, which no cleaner of temporary files touches."),
            new("yarn", new ListValue(TextValue.Any, OneIsEnough: true), "The yarn program there, where a cluster is behind it."),
        ],
        "a host");

    private static KeysValue Page { get; } = new(
        [
            new("listen", new TextValue("an address and a port like 127.0.0.1:8090 or [::1]:8090", Endpoint()),
                "Where the page listens; 127.0.0.1:8090 if not said."),
            new("address", new TextValue("an address like https://scoring.example.org", Web()), "Where people find it, for links."),
            new("token_file", Path, "A file whose first line lets people act; without it nobody signs in."),
            new("user_header", new TextValue("a header's name like X-Forwarded-User", Header()),
                "The header in which a reverse proxy says who somebody is: they act under that name without signing in."),
            new("proxy", TextValue.Any, "The proxy's address; from any other the header is worth nothing."),
        ],
        "the page");

    private static KeysValue Maintenance { get; } = new(
        [
            new("from", new TextValue("a local time like \"2026-12-24 18:00\"", Time()), "When it begins.", Required: true),
            new("until", new TextValue("a local time like \"2026-12-24 18:00\"", Time()), "When it ends.", Required: true),
            new("zone", new TextValue("a time zone like Europe/Berlin"), "The zone of both.", Required: true),
            new("reason", TextValue.Any, "What people read.", Required: true),
        ],
        "a maintenance");

    /// <summary>The whole file.</summary>
    public static KeysValue File { get; } = new(
        [
            new("name", TextValue.Any, "What this dispatcher is called in mails and on pages; dispatcher if not said."),
            new("ledger", Path, "The ledger's file; ledger.db if not said. Paths count from this file's folder."),
            new("pipelines", Path, "The folder of the pipeline files; pipelines if not said."),
            new("calendars", Path, "The folder of the calendars; calendars if not said."),
            new("programs", new KeysValue([new("batch-score", Path, "The program of step job; on the PATH if not said.")], "programs"),
                "Programs that steps start."),
            new("hosts", new MapValue(Names.Host, Host), "Where steps run. This machine is there without being said: local."),
            new("page", Page, "The status page."),
            new("mail", MailReader.Settings, "How mail leaves."),
            new("maintenance", new ListValue(Maintenance), "Spans in which nothing is started."),
        ],
        "dispatcher.yaml");

    [GeneratedRegex(@"^([0-9.]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Endpoint();

    [GeneratedRegex("^[A-Za-z0-9-]+$", RegexOptions.None, 1000)]
    private static partial Regex Header();

    [GeneratedRegex("^https?://[^ ]+$", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Web();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();
}
