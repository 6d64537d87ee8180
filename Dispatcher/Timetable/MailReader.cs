using System.Globalization;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Timetable.Yaml;
using YamlDotNet.RepresentationModel;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>Reads what files say of mail; what is wrong is noted there.</summary>
internal sealed class MailReader(YamlFile file)
{
    private static readonly string[] Occasions = ["ok", "late", "held", "failed"];

    private static readonly ListValue Addressees = new(new TextValue("a mail address"), OneIsEnough: true);

    private static readonly ListValue On = new(new WordValue(Occasions), OneIsEnough: true);

    /// <summary>One entry of a pipeline's mail.</summary>
    public static KeysValue Group { get; } = new(
        [
            new("to", Addressees, "Addresses that share a letter.", Required: true),
            new("on", On, "The verdicts of which they hear; all if not said."),
            new("digest", WordValue.Switch, "True: runs that went well come in one letter a day."),
        ],
        "a mail group");

    private static KeysValue Smtp { get; } = new(
        [
            new("host", TextValue.Any, "The server's name, as its certificate has it.", Required: true),
            new("port", new NumberValue((1, 65535)), "If not said: 465 with implicit TLS, 587 with STARTTLS, 25 without."),
            new("tls", new WordValue(["implicit", "starttls", "none"]), "How the connection is protected; starttls if not said."),
            new("allow_clear", WordValue.Switch, "Must be true for 'tls: none'."),
            new("revocation", WordValue.Switch, "False: a certificate is taken though nobody tells whether it was revoked."),
            new("pin", TextValue.Any, "SHA-256 of the one certificate that is trusted, whatever its authority says."),
            new("user", TextValue.Any, "Who logs in."),
            new("password_file", TextValue.Any, "A file with the password in its first line."),
            new("token_file", TextValue.Any, "A file with an OAuth 2 access token."),
            new("local_domain", TextValue.Any, "What this machine calls itself."),
            new("timeout", new DurationValue(), "How long one answer may take; 60s if not said."),
            new("deadline", new DurationValue(), "How long one letter may take; 5m if not said."),
        ],
        "the mail server");

    /// <summary>The mail part of dispatcher.yaml.</summary>
    public static KeysValue Settings { get; } = new(
        [
            new("from", TextValue.Any, "Who sends: Scoring <scoring@example.org>.", Required: true),
            new("smtp", Smtp, "The mail server."),
            new("folder", TextValue.Any, "A local folder that gets every letter as a file."),
            new("webhook", new KeysValue(
                [
                    new("url", new TextValue("an address like https://chat.example.org/hook", DispatcherKeys.Web()),
                        "Where to; who knows the address may write there, so url_file is better."),
                    new("url_file", TextValue.Any, "A file with the address in its first line. Only its owner may read it (chmod 600)."),
                    new("header_file", TextValue.Any, "A file with secret headers, one 'Name: value' a line."),
                    new("on", On, "Which ends of a run go there; all if not said."),
                ], "the webhook"), "A second channel: each message as JSON by HTTP POST."),
            new("digest", new KeysValue(
                [
                    new("at", new LocalTimeValue(MayBeLater: false), "The local time.", Required: true),
                    new("zone", new TextValue("a time zone like Europe/Berlin"), "Its zone.", Required: true),
                ], "the digest"), "When the one letter of the day is sent."),
            new("alarms", Addressees, "Who hears what belongs to no pipeline."),
        ],
        "mail");

    /// <summary>The groups of a pipeline.</summary>
    public IReadOnlyList<MailGroup> Groups(YamlMappingNode root)
    {
        if (root.Child("mail") is not YamlSequenceNode list) return [];
        List<MailGroup> groups = [];
        foreach (YamlMappingNode node in list.Children.OfType<YamlMappingNode>())
        {
            foreach (YamlScalarNode address in node.Items("to"))
                if (Addresses.Problem(address.Value ?? "") is { } problem) file.Wrong(address, problem);
            groups.Add(new MailGroup([.. node.Items("to").Select(item => item.Value ?? "")], OnOf(node), node.Text("digest") == "true"));
        }

        return groups;
    }

    /// <summary>The mail part of dispatcher.yaml; null where there is none.</summary>
    public MailSettings? Read(YamlMappingNode root, Func<YamlMappingNode, string, string?> path)
    {
        if (root.Group("mail") is not { } mail) return null;
        YamlMappingNode? webhook = mail.Group("webhook");
        YamlMappingNode? digest = mail.Group("digest");
        var settings = new MailSettings(
            mail.Text("from") ?? "", mail.Group("smtp") is { } smtp ? SmtpOf(smtp, path) : null, path(mail, "folder"),
            webhook is null
                ? null
                : new WebhookSettings(
                    Uri.TryCreate(webhook.Text("url"), UriKind.Absolute, out Uri? url) ? url : null, path(webhook, "url_file"),
                    path(webhook, "header_file"), OnOf(webhook)),
            digest is not null && LocalTimeValue.Parse(digest.Text("at")) is { Days: 0 } at && ScheduleReader.Zone(file, digest) is { } zone
                ? new DigestSettings(TimeOnly.FromTimeSpan(at), zone)
                : null,
            [.. mail.Items("alarms").Select(item => item.Value ?? "")],
            Uri.TryCreate(root.Group("page")?.Text("address"), UriKind.Absolute, out Uri? page) ? page : null);
        foreach ((string key, string problem) in settings.Problems()) file.Wrong(Node(mail, key), $"{key}: {problem}");
        return settings;
    }

    private static SmtpSettings SmtpOf(YamlMappingNode smtp, Func<YamlMappingNode, string, string?> path) => new(
        smtp.Text("host") ?? "", int.TryParse(smtp.Text("port"), CultureInfo.InvariantCulture, out int port) ? port : null,
        smtp.Text("tls") switch { "implicit" => MailTls.Implicit, "none" => MailTls.None, _ => MailTls.StartTls },
        smtp.Text("allow_clear") == "true", smtp.Text("revocation") != "false", smtp.Text("pin"), smtp.Text("user"),
        path(smtp, "password_file"), path(smtp, "token_file"), smtp.Text("local_domain"), DurationValue.Parse(smtp.Text("timeout")),
        DurationValue.Parse(smtp.Text("deadline")));

    private static IReadOnlyList<MailOccasion> OnOf(YamlMappingNode group) => group.Has("on")
        ? [.. group.Items("on").Select(item => Array.IndexOf(Occasions, item.Value)).Where(at => at >= 0).Select(at => (MailOccasion)at)]
        : [.. Enum.GetValues<MailOccasion>()];

    /// <summary>The node of a key such as <c>smtp.tls</c>, or as near to it as there is one.</summary>
    private static YamlNode Node(YamlMappingNode mail, string key)
    {
        YamlNode node = mail;
        foreach (string part in key.Split('.')) node = (node as YamlMappingNode)?.Child(part) ?? node;
        return node;
    }
}
