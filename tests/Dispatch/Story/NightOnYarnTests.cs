using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Tests.Dispatch.Hosts;
using BatchScoring.Tests.Dispatch.Mail;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Dispatch.Story;

/// <summary>
/// The shipped pipeline app, word for word but for places and its hour: it comes due, the package goes over SSH, the job runs in YARN in
/// cluster mode, the scores are collected from S3, and a letter with pictures arrives at a mail server that nobody here wrote.
/// </summary>
public sealed class NightOnYarnTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    private readonly TemporaryFolder _folder = new();
    private readonly SshServer _edge = new();

    private static string Model => Repository.Data("golden", "training", "logloss-onehot", "model.cbm");

    public void Dispose()
    {
        _edge.Dispose();
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task Timetable_ComesDue_ScoresAreCollectedAndALetterArrives()
    {
        SshServer.Require();
        PublishedProgram.Require();
        var s3 = S3Server.Require();
        using YarnCluster yarn = await YarnCluster.StartAsync();
        using Smtp4dev smtp = await Smtp4dev.StartAsync();
        StoreOptions root = s3.NewRoot();
        IReadOnlyDictionary<string, string> environment = Variables(root, yarn.Site("3.5.8"));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string date = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Here(environment, root, "import", Repository.Data("UCI_Credit_Card.csv"), "--key", "ID", "--label", "default.payment.next.month", "--like", Model,
            "--test-where", "ID % 5 = 0", "--sample-share", "1", "--first-date", date);
        Here(environment, root, "sample", "--date", date);

        DateTimeOffset due = TimeProvider.System.GetUtcNow().AddSeconds(10);
        due = new DateTimeOffset(due.Year, due.Month, due.Day, due.Hour, due.Minute, 0, TimeSpan.Zero).AddMinutes(1);
        Write(smtp, root, yarn.Site("3.5.8"), environment, due);
        using System.Diagnostics.Process dispatcher = BuiltProgram.Dispatcher.Start(_folder.Path, new Dictionary<string, string>(), "serve");
        try
        {
            string run = $"app.{due:yyyy-MM-dd}.r1";
            using HttpClient http = new() { BaseAddress = new Uri(smtp.Page) };
            JsonArray letters = await Poll.ForAsync(
                async () => JsonNode.Parse(await http.GetStringAsync("/api/messages"))!["results"]!.AsArray() is { Count: > 0 } found ? found : null,
                Limit, "a letter");
            string subject = letters.ShouldHaveSingleItem()!["subject"]!.ToString();
            output.WriteLine(subject);
            output.WriteLine(Said("history", "app"));
            subject.ShouldStartWith($"[OK] app · {due:yyyy-MM-dd} · 6,000 rows · ", Case.Sensitive, Said("logs", run));
            JsonNode letter = JsonNode.Parse(await http.GetStringAsync($"/api/messages/{letters[0]!["id"]}"))!;
            letter["hasHtmlBody"]!.GetValue<bool>().ShouldBeTrue();
            letter.ToJsonString().ShouldContain("image/png");
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException(Said("history", "--json") + Said("outbox") + Said("logs", $"app.{due:yyyy-MM-dd}.r1"), e);
        }
        finally
        {
            dispatcher.Kill();
            await dispatcher.WaitForExitAsync();
        }

        File.ReadAllLines(_folder.File("scores.csv")).Length.ShouldBe(6001);
        Here(environment, root, "verify").Output.ShouldContain("0 difference(s)");
        Secrets();
    }

    private Dictionary<string, string> Variables(StoreOptions root, SparkSite site)
    {
        File.WriteAllText(_folder.File("aws"), "AWS_ACCESS_KEY_ID='test-key'\nAWS_SECRET_ACCESS_KEY='test-secret'\n");
        SshServer.Run("chmod", "600", _folder.File("aws"));
        Dictionary<string, string> variables = new(site.Environment, StringComparer.Ordinal)
        {
            ["SPARK_HOME"] = TestCluster.Require("spark-3.5.8"),
            ["BATCHSCORING_S3_ENDPOINT"] = root.Endpoint!,
        };
        return variables;
    }

    private void Write(Smtp4dev smtp, StoreOptions root, SparkSite site, IReadOnlyDictionary<string, string> environment, DateTimeOffset due)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(smtp.CertificateFile);
        File.WriteAllText(_folder.File("mail-password"), "canary-of-the-mail\n");
        File.WriteAllText(_folder.File("dispatcher.yaml"), $$"""
            name: story
            programs: {batch-score: "{{BuiltProgram.BatchScore.Path}}"}
            hosts:
              edge: {transport: ssh.net, address: 127.0.0.1, port: {{_edge.Port}}, user: {{Environment.UserName}}, key: "{{_edge.UserKey}}",
                     known_hosts: "{{_edge.KnownHosts}}", jobs: "{{_folder.File("jobs")}}"}
            mail:
              from: scoring@bank.example
              smtp: {host: 127.0.0.1, port: {{smtp.Port}}, user: scoring, password_file: mail-password, pin: {{Convert.ToHexString(SHA256.HashData(certificate.RawData))}}}
            page: {listen: "127.0.0.1:{{FreePorts.Take(1)[0]}}"}

            """);
        string map = "{" + string.Join(", ", environment.Select(variable => $"{variable.Key}: \"{variable.Value}\"")) + "}";
        string flags = string.Join(", ", site.Flags.Concat(["--driver-memory", "512m", "--conf", "spark.ui.port=0",
            "--conf", "spark.sql.shuffle.partitions=2"]).Select(flag => $"\"{flag}\""));
        string shipped = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "example", "pipelines", "app.yaml"));
        string text = shipped
            .Replace("\"02:30\"", $"\"{due:HH:mm}\"").Replace("Europe/Berlin", "UTC")
            .Replace("window: {start_by: \"02:45\", deliver_by: \"06:30\"}", "")
            .Replace("s3://bank/loans", root.Root)
            .Replace("model: champion.cbm", $"model: {Model}").Replace("--model, champion.cbm", "--model, model.cbm")
            .Replace("collected/scores-{date}.csv", _folder.File("scores.csv"))
            .Replace("[batch-scoring.tar.gz, ", $"[\"{Path.Combine(PublishedProgram.Folder, "batch-scoring.tar.gz")}\", ")
            .Replace("to: batch-scoring}", $"to: \"{_folder.File("edge")}\"}}")
            .Replace("package: batch-scoring/", $"package: {_folder.File("edge")}/").Replace("folder: batch-scoring", $"folder: {_folder.File("edge")}\n    environment: {map}\n    environment_file: {_folder.File("aws")}")
            .Replace("--master, yarn, --deploy-mode, cluster, --num-executors, \"4\"", flags).Replace("--master, yarn, --deploy-mode, cluster", flags)
            .Replace("job: {arguments:", $"job: {{environment: {map}, environment_file: \"{_folder.File("aws")}\", arguments:");
        Directory.CreateDirectory(_folder.File("pipelines"));
        File.WriteAllText(_folder.File("pipelines", "app.yaml"), text);
        BuiltProgram.Dispatcher.Run(_folder.Path, new Dictionary<string, string>(), "check").ShouldExitWith(0);
    }

    /// <summary>What was said and written holds no secret.</summary>
    private void Secrets()
    {
        string ledger = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_folder.File("ledger.db")));
        foreach (string canary in new[] { "canary-of-the-mail", "test-secret" }) ledger.ShouldNotContain(canary);
    }

    private string Said(params string[] command)
    {
        ProgramResult said = BuiltProgram.Dispatcher.Run(_folder.Path, new Dictionary<string, string>(), command);
        return said.Output + said.Errors;
    }

    private ProgramResult Here(IReadOnlyDictionary<string, string> environment, StoreOptions root, params string[] arguments) =>
        BuiltProgram.BatchScore.Run(
            _folder.Path,
            new Dictionary<string, string>(environment)
            {
                ["BATCHSCORING_ROOT"] = root.Root,
                ["AWS_ACCESS_KEY_ID"] = "test-key",
                ["AWS_SECRET_ACCESS_KEY"] = "test-secret",
            },
            arguments).ShouldExitWith(0);
}
