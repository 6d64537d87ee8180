using System.Globalization;
using System.Net;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable.Yaml;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Reads dispatcher.yaml; what is wrong is noted in the file.</summary>
internal sealed class DispatcherFile
{
    public const string DefaultName = "dispatcher.yaml";

    private readonly YamlFile _file;
    private readonly string _folder;

    private DispatcherFile(YamlFile file)
    {
        _file = file;
        _folder = Path.GetDirectoryName(Path.GetFullPath(file.Path))!;
    }

    /// <summary>The settings, or null where the file has mistakes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mistakes">All that is wrong.</param>
    public static DispatcherSettings? Read(string path, out IReadOnlyList<Mistake> mistakes)
    {
        var file = YamlFile.Read(path);
        mistakes = file.Mistakes;
        if (file.Mistakes.Count > 0) return null;
        DispatcherKeys.File.Check(file, file.Root, DefaultName);
        DispatcherSettings settings = new DispatcherFile(file).Settings();
        return file.Mistakes.Count == 0 ? settings : null;
    }

    /// <summary>The settings.</summary>
    /// <exception cref="BatchScoringException"><c>DISPATCHER_SETTINGS_INVALID</c>.</exception>
    public static DispatcherSettings Load(string path) => Read(path, out IReadOnlyList<Mistake> mistakes)
        ?? throw new BatchScoringException(TimetableErrors.SettingsInvalid, string.Join('\n', mistakes.Select(m => m.ToString())));

    /// <summary>What holds where a folder's file says nothing.</summary>
    public static DispatcherSettings Defaults(string path) => new DispatcherFile(YamlFile.Parse(path, "{}")).Settings();

    private DispatcherSettings Settings()
    {
        YamlMappingNode root = _file.Root;
        string ledger = PathOf(root, "ledger") ?? Path.Combine(_folder, "ledger.db");
        List<HostSettings> hosts = [];
        foreach ((YamlNode name, YamlNode node) in root.Group("hosts").Entries())
            if (node is YamlMappingNode host) hosts.Add(Host(name.ToString(), host, node));
        if (!hosts.Exists(host => host.Name == HostRegistry.Here))
            hosts.Add(HostSettings.Local(Path.Combine(Path.GetDirectoryName(ledger)!, "dispatcher-jobs")));
        string[] phrases = [.. hosts.Select(host => host.PassphraseEnv).OfType<string>()];
        hosts = [.. hosts.Select(host => host with { Withheld = [.. phrases.Where(phrase => phrase != host.PassphraseEnv)] })];
        List<Maintenance> maintenance = [];
        if (root.Child("maintenance") is YamlSequenceNode list)
            foreach (YamlMappingNode span in list.Children.OfType<YamlMappingNode>())
                if (MaintenanceOf(span) is { } found) maintenance.Add(found);
        return new DispatcherSettings(
            root.Text("name") ?? "dispatcher", ledger, PathOf(root, "pipelines") ?? Path.Combine(_folder, "pipelines"),
            PathOf(root, "calendars") ?? Path.Combine(_folder, "calendars"), Program(root.Group("programs")), hosts,
            PageOf(root.Group("page")), new MailReader(_file).Read(root, PathOf), maintenance);
    }

    /// <summary>A path from the file's folder; a bare name of a program is looked for on the PATH.</summary>
    private string Program(YamlMappingNode? programs) => programs?.Text("batch-score") switch
    {
        null => "batch-score",
        var name when !name.Contains('/') => name,
        var path => Path.GetFullPath(path, _folder),
    };

    private string? PathOf(YamlMappingNode map, string key) =>
        map.Text(key) is { Length: > 0 } path ? Path.GetFullPath(path, _folder) : null;

    private HostSettings Host(string name, YamlMappingNode host, YamlNode at)
    {
        HostTransport transport = host.Text("transport") switch
        {
            "local" => HostTransport.Local,
            "openssh" => HostTransport.OpenSsh,
            null when name == HostRegistry.Here => HostTransport.Local,
            _ => HostTransport.SshNet,
        };
        if (name == HostRegistry.Here && transport != HostTransport.Local)
            _file.Wrong(at, "The host 'local' is this machine; give another one another name.");
        string[] needed = transport switch
        {
            HostTransport.Local => [],
            HostTransport.OpenSsh => ["address", "known_hosts"],
            _ => ["address", "user", "key", "known_hosts"],
        };
        foreach (string key in needed.Where(key => !host.Has(key))) _file.Wrong(at, $"'{key}' is missing from the host '{name}'.");
        if (transport != HostTransport.OpenSsh && host.Child("ssh_config") is { } config)
            _file.Wrong(config, "'ssh_config' goes with 'transport: openssh'.");
        if (host.Has("passphrase_file") && host.Child("passphrase_env") is { } second)
            _file.Wrong(second, "'passphrase_file' is there already; take one of the two.");
        string jobs = host.Text("jobs") ?? "dispatcher-jobs";
        return new HostSettings(name, transport, transport == HostTransport.Local ? Path.GetFullPath(jobs, _folder) : jobs)
        {
            Address = host.Text("address") ?? "",
            Port = int.TryParse(host.Text("port"), CultureInfo.InvariantCulture, out int port) ? port : HostSettings.SshPort,
            User = host.Text("user") ?? "",
            Key = PathOf(host, "key"),
            PassphraseFile = PathOf(host, "passphrase_file"),
            PassphraseEnv = host.Text("passphrase_env"),
            KnownHosts = PathOf(host, "known_hosts") ?? "",
            SshConfig = PathOf(host, "ssh_config"),
            Yarn = [.. host.Items("yarn").Select(item => item.Value ?? "")],
        };
    }

    private PageSettings PageOf(YamlMappingNode? page)
    {
        var listen = new IPEndPoint(IPAddress.Loopback, 8090);
        if (page?.Text("listen") is { Length: > 0 } text && !IPEndPoint.TryParse(text, out listen!))
        {
            _file.Wrong(page.Child("listen")!, $"'listen' is '{text}'; it must be an address and a port like 127.0.0.1:8090.");
            listen = new IPEndPoint(IPAddress.Loopback, 8090);
        }

        Uri? address = page?.Text("address") is { Length: > 0 } place ? new Uri(place) : null;
        return new PageSettings(listen, page is null ? null : PathOf(page, "token_file"), address, page is null ? null : UsersOf(page));
    }

    /// <summary>A header from anybody would let anybody be anybody: it goes with the one address that may send it.</summary>
    private ProxyUsers? UsersOf(YamlMappingNode page)
    {
        string? header = page.Text("user_header"), proxy = page.Text("proxy");
        if (header is null && proxy is null) return null;
        if (header is null) _file.Wrong(page.Child("proxy")!, "'proxy' goes with 'user_header', the header in which it names people.");
        else if (proxy is null)
            _file.Wrong(page.Child("user_header")!, "'user_header' goes with 'proxy', the address from which alone it is believed.");
        else if (IPAddress.TryParse(proxy, out IPAddress? from)) return new ProxyUsers(header, from);
        else _file.Wrong(page.Child("proxy")!, $"'proxy' is '{proxy}'; it must be an address like 127.0.0.1 or ::1.");
        return null;
    }

    private Maintenance? MaintenanceOf(YamlMappingNode span)
    {
        if (ScheduleReader.Zone(_file, span) is not { } zone || Instant(span, "from", zone) is not { } from
            || Instant(span, "until", zone) is not { } until || span.Text("reason") is not { } reason) return null;
        if (until <= from) _file.Wrong(span.Child("until")!, $"'until' ({span.Text("until")}) is not after 'from' ({span.Text("from")}).");
        return new Maintenance(from, until, reason);
    }

    private DateTimeOffset? Instant(YamlMappingNode span, string key, TimeZoneInfo zone)
    {
        if (span.Text(key) is not { } text) return null;
        if (DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime wall))
            return LocalTimes.Instants(zone, wall)[0];
        if (text.Length == "yyyy-MM-dd HH:mm".Length) _file.Wrong(span.Child(key)!, $"There is no time '{text}'.");
        return null;
    }
}
