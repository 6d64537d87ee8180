using System.Text.Json.Nodes;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class UsageTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Theory]
    [InlineData("scroe --date 2026-11-21", "'scroe' is no command. Did you mean 'score'?")]
    [InlineData("score --dat 2026-11-21 --model m.cbm", "--dat is no option of score. Did you mean '--date'?")]
    [InlineData("score --date 2026-11-21 --model m.cbm --rooot x", "Did you mean '--root'?")]
    [InlineData("submit --deploy-mode clutser -- score --date 2026-11-21",
        "--deploy-mode is 'clutser'; it must be client or cluster. Did you mean 'cluster'?")]
    [InlineData("completion bsh", "it must be bash or fish or zsh. Did you mean 'bash' or 'zsh'?")]
    [InlineData("list --threads many", "--threads is 'many'; it must be a whole number.")]
    [InlineData("list --s3-path-style perhaps", "'perhaps' is one word too many for list.")]
    [InlineData("score --date 2026-11-21 --model m.cbm --max-bad-rows 1.5", "--max-bad-rows is '1.5'; it must be a whole number.")]
    [InlineData("report --index --output dates.html", "--output is for the page of a date")]
    [InlineData("sample", "--date")]
    public async Task Run_LineThatCannotBeUnderstood_SaysWhatWasMeant(string line, string says)
    {
        (await RunAsync(line)).ShouldBe(64);
        _errors.ToString().ShouldContain(says);
        _errors.ToString().ShouldNotContain("System.");
        _errors.ToString().ShouldNotContain("BatchScoring.");
        _output.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("score --dat 2026-11-21 --format json")]
    [InlineData("--format json nothing")]
    [InlineData("sample --format=json")]
    public async Task Run_LineThatCannotBeUnderstoodForAProgram_IsJson(string line)
    {
        (await RunAsync(line)).ShouldBe(64);
        JsonNode error = JsonNode.Parse(_output.ToString())!["error"]!;
        ((string)error["code"]!).ShouldBe("USAGE");
        ((int)error["exit_code"]!).ShouldBe(64);
        ((string)error["message"]!).ShouldContain("--help");
    }

    [Theory]
    [InlineData("batch-score sc", "score")]
    [InlineData("batch-score score --mod", "--model")]
    [InlineData("batch-score submit --deploy-mode cl", "cluster")]
    [InlineData("batch-score completion f", "fish")]
    public async Task Suggest_OfABegunWord_KnowsHowItGoesOn(string line, string word)
    {
        (await BatchScoreCommand.RunAsync([$"[suggest:{line.Length}]", line], _output, _errors, TimeProvider.System, _ => null))
            .ShouldBe(0);
        _output.ToString().Split('\n', StringSplitOptions.TrimEntries).ShouldContain(word);
    }

    private Task<int> RunAsync(string line) =>
        BatchScoreCommand.RunAsync(line.Split(' '), _output, _errors, TimeProvider.System, _ => null);
}
