using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

public sealed class ImportOrderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Import_TableOfSeveralRowGroups_KeepsTheOrderOfItsRows()
    {
        new CreditCardStory(_folder.File("bank"), _folder.Path).Import().ShouldExitWith(0);

        foreach (string set in new[] { "train", "test" })
        {
            using var database = DuckDatabase.Open();
            using DuckConnection duck = database.Connect();
            using DuckResult keys = duck.Query(
                $"SELECT ID FROM read_parquet({DuckSql.Literal(_folder.File("bank", set, "part-*.parquet"))})");
            long[] ids = [.. keys.Rows().Select(row => (long)row[0]!)];
            ids.ShouldBeInOrder();
        }
    }

    public void Dispose() => _folder.Dispose();
}
