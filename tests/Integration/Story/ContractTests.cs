using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>A contract that is suggested from train/, and what it does to the dates that are scored by it.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CreditCardStory _story;

    public ContractTests() => _story = new CreditCardStory(_folder.File("bank"), _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Suggest_FromTrain_LimitsTheNextDatesAndIsComparedWithThem()
    {
        _story.Import().ShouldExitWith(0);
        Suggest().ShouldExitWith(0).Output.ShouldContain("23 features over 24,000 rows of train/");
        Suggest().ShouldExitWith(0).Output.ShouldContain("nothing done");
        File.ReadAllText(_folder.File("contract.json")).ShouldContain("""{"feature":"SEX","categories":["1","2"]""");
        Suggest("--output", "bank/contract.json").ShouldExitWith(64).Errors.ShouldContain("OUTPUT_IS_INPUT");

        _story.Sample().ShouldExitWith(0);
        _story.Score("--contract", "contract.json").ShouldExitWith(0).Output.ShouldContain("6,000 read");

        string report = _story.Report().ShouldExitWith(0).Output;
        report.ShouldContain("Features against training");
        report.ShouldMatch(@"training +0\.00\d\d +0\.00\d\d +stable +24,000");
        report.ShouldContain("No number is missing in any row.");
    }

    [Fact]
    public void Score_ColumnThatDidNotCome_IsHeld()
    {
        _story.Import().ShouldExitWith(0);
        Suggest().ShouldExitWith(0);
        string[] lines = File.ReadAllLines(CreditCardStory.Table);
        int age = Array.IndexOf(lines[0].Split(','), "\"AGE\"");
        File.WriteAllLines(_folder.File("other.csv"), lines.Select((line, i) =>
            i == 0 ? line : string.Join(',', line.Split(',').Select((cell, column) => column == age ? "" : cell))));
        var other = new CreditCardStory(_folder.File("other"), _folder.Path);
        other.Run("import", "other.csv", "--key", "ID", "--label", "default.payment.next.month", "--like", CreditCardStory.Model,
            "--test-where", "ID % 5 = 0", "--sample-share", "1", "--first-date", CreditCardStory.Date).ShouldExitWith(0);
        other.Sample().ShouldExitWith(0);

        ProgramResult held = other.Score("--contract", "contract.json", "--format", "json").ShouldExitWith(4);
        held.Output.ShouldContain("HELD_VALUES_MISSING");
        held.Output.ShouldContain("AGE in 100 % (allowed 10 %)");
        string report = other.Report().ShouldExitWith(0).Output;
        report.ShouldMatch(@"AGE +100\.0 % +0\.0 % +\*");
        report.ShouldContain("* more");

        other.Score("--contract", "contract.json", "--release", "AGE is not delivered any more").ShouldExitWith(0);
    }

    [Fact]
    public void Suggest_NothingInTrain_SaysSo()
    {
        _story.Run("import", CreditCardStory.Table, "--key", "ID", "--label", "default.payment.next.month", "--like", CreditCardStory.Model,
            "--test-where", "true", "--sample-share", "1", "--first-date", CreditCardStory.Date).ShouldExitWith(0);

        Suggest().ShouldExitWith(65).Errors.ShouldContain("TRAIN_EMPTY");
    }

    private ProgramResult Suggest(params string[] more) =>
        _story.Run(["contract", "suggest", "--model", CreditCardStory.Model, .. more.Length > 0 ? more : ["--output", "contract.json"]]);
}
