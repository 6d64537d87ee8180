using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Hosting;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class InputPlannerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Plan_MoreKeysThanTheMemoryHolds_SpillsAndFindsTheDuplicate()
    {
        const int Keys = 1_000_000;
        Directory.CreateDirectory(_folder.File("bank", "in"));
        using (var database = DuckDatabase.Open())
        using (DuckConnection duck = database.Connect())
        {
            duck.Execute($"COPY (SELECT 'a key of some length, as mail addresses are: ' || (range % {Keys}) AS id FROM " +
                $"range({Keys + 1})) TO {DuckSql.Literal(_folder.File("bank", "in", "part.parquet"))} (FORMAT PARQUET)");
        }

        await using var context = new JobContext(
            new Settings
            {
                Store = new StoreOptions { Root = _folder.File("bank") },
                Threads = 1,
                MemoryMiB = 64,
                MemoryGiven = true,
                Engine = EngineKind.Embedded,
                Format = OutputFormat.Text,
                Quiet = true
            },
            new NoProgress(), NullLogger.Instance, TimeProvider.System, _ => null);

        PlannedInput input = await new InputPlanner(context).PlanAsync("in/", "id", unsealed: true, new FolderRequest(), CancellationToken.None);

        input.Rows.ShouldBe(Keys + 1);
        input.Splits.SelectMany(split => split.DuplicateRows).Count().ShouldBe(1);
    }

    public void Dispose() => _folder.Dispose();
}
