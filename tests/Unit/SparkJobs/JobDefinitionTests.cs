using System.CommandLine;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class JobDefinitionTests
{
    [Fact]
    public void All_AreTheCommandsOfTheCommandLine()
    {
        RootCommand root = BatchScoreCommand.Create(new CommandHost(TimeProvider.System, _ => null), []);

        root.Subcommands.Select(command => command.Name).ShouldBe(JobDefinition.All.Select(job => job.Name), ignoreOrder: true);
    }

    [Theory]
    [InlineData("import-train", "import")]
    [InlineData("score", "score")]
    [InlineData("score2", "score2")]
    [InlineData("nobody's", "nobody's")]
    public void Of_NameInAManifest_IsTheCommandsOrItsOwn(string job, string expected) => JobDefinition.Of(job).Name.ShouldBe(expected);
}
