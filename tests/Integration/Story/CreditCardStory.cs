using BatchScoring.Core;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>The commands of the story on the credit card table, as a newcomer types them.</summary>
internal sealed class CreditCardStory(string root, string folder, IReadOnlyDictionary<string, string>? environment = null)
{
    public const string Date = "2026-11-21";

    public static string Model { get; } = Repository.Data("golden", "training", "logloss-onehot", "model.cbm");

    public static string Table { get; } = Repository.Data("UCI_Credit_Card.csv");

    public string Folder => folder;

    /// <summary>With its root on the test's S3 server.</summary>
    public static CreditCardStory OnS3(StoreOptions root, string folder, string secret = "test-secret") =>
        new(root.Root, folder, new Dictionary<string, string>
        {
            ["BATCHSCORING_S3_ENDPOINT"] = root.Endpoint!,
            ["AWS_ACCESS_KEY_ID"] = "test-key",
            ["AWS_SECRET_ACCESS_KEY"] = secret,
        });

    public ProgramResult Init() => Run("layout", "init");

    public ProgramResult Import(params string[] more) =>
        Run(["import", Table, "--key", "ID", "--label", "default.payment.next.month", "--like", Model,
        "--test-where", "ID % 5 = 0", "--sample-share", "1", "--first-date", Date, .. more]);

    public ProgramResult Sample() => Run("sample", "--date", Date);

    public ProgramResult Score(params string[] more) => Run(["score", "--date", Date, "--model", Model, .. more]);

    public ProgramResult Evaluate(params string[] more) => Run(["evaluate", "--date", Date, .. more]);

    public ProgramResult Collect(string output) => Run("collect", "--date", Date, "--output", output);

    public ProgramResult Report() => Run("report", "--date", Date);

    public ProgramResult Run(params string[] arguments) => BuiltProgram.BatchScore.Run(
        folder, new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["BATCHSCORING_ROOT"] = root },
            arguments);

    /// <summary>Everything up to the scores.</summary>
    public CreditCardStory UpToScores()
    {
        Import().ShouldExitWith(0);
        Sample().ShouldExitWith(0);
        Score().ShouldExitWith(0);
        return this;
    }
}
