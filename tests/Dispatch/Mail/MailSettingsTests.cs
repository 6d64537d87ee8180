using BatchScoring.Dispatcher.Mail;

namespace BatchScoring.Tests.Dispatch.Mail;

public sealed class MailSettingsTests
{
    private static readonly SmtpSettings Server = new("mail.example.org", User: "jane", PasswordFile: "/etc/secret");

    [Fact]
    public void Problems_SafeSettings_HasNone()
    {
        new MailSettings(MailSamples.Sender, Server).Problems().ShouldBeEmpty();
        new MailSettings(MailSamples.Sender, Folder: "/mail").Problems().ShouldBeEmpty();
        (Server with { Tls = MailTls.None, AllowClear = true, User = null, PasswordFile = null }).Problems().ShouldBeEmpty();
    }

    /// <summary>What must never be: a login in clear, TLS that an attacker may take away, half a login.</summary>
    [Fact]
    public void Problems_Unsafe_NamesTheKey()
    {
        Keys(Server with { Tls = MailTls.None }).ShouldBe(["tls", "user"]);
        Keys(Server with { Tls = MailTls.None, AllowClear = true }).ShouldBe(["user"]);
        SmtpSettings clear = Server with { Tls = MailTls.None, AllowClear = true, User = null, PasswordFile = null };
        Keys(clear with { Pin = new string('a', 64) }).ShouldBe(["pin"]);
        Keys(Server with { User = null }).ShouldBe(["user"]);
        Keys(Server with { PasswordFile = null }).ShouldBe(["user"]);
        Keys(Server with { TokenFile = "/etc/token" }).ShouldBe(["user"]);
        Keys(Server with { Pin = "ab:cd" }).ShouldBe(["pin"]);
        Keys(Server with { Host = "mail example" }).ShouldBe(["host"]);
        Keys(Server with { Pin = string.Join(':', Enumerable.Repeat("AB", 32)) }).ShouldBeEmpty();
        Keys(new MailSettings("nobody")).ShouldBe(["from", "smtp"]);
        Keys(new MailSettings(MailSamples.Sender, Folder: "mail")).ShouldBe(["folder"]);
        Keys(new MailSettings(MailSamples.Sender, Server, Alarms: ["ops@"])).ShouldBe(["alarms"]);
        foreach (string url in new[] { "http://chat.example.org/hook", "https://jane:secret@chat.example.org/" })
        {
            WebhookSettings hook = new(new Uri(url), null, null, []);
            Keys(new MailSettings(MailSamples.Sender, Server, Webhook: hook)).ShouldBe(["webhook.url"]);
        }
    }

    private static string[] Keys(SmtpSettings settings) => [.. settings.Problems().Select(problem => problem.Key)];

    private static string[] Keys(MailSettings settings) => [.. settings.Problems().Select(problem => problem.Key)];
}
