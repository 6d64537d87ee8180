using BatchScoring.DataGen.Output;
using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.DataGen;

/// <summary>A generated table of 20,000 rows in five files, made once for the tests that look at it.</summary>
public sealed class LoanTable : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDatabase _database = DuckDatabase.Open();

    public LoanTable()
    {
        var request = new GenerationRequest { Rows = 20_000, Seed = 1, Format = "parquet", Dirt = 0, RowsPerFile = 4_096 };
        Facts = Generator.Run(request, Folder, threads: 2, _ => { }, CancellationToken.None).Facts;
        Duck = _database.Connect();
        Duck.Execute($"CREATE VIEW loans AS FROM read_parquet({DuckSql.Literal(Files)})");
    }

    public string Folder => _folder.File("loans");

    public string Files => Path.Combine(Folder, "part-*.parquet");

    public string Model => Path.Combine(Folder, "_about", "model.cbm");

    internal GenerationFacts Facts { get; }

    /// <summary>With the table as a view named <c>loans</c>.</summary>
    public DuckConnection Duck { get; }

    public T Ask<T>(string expression) => (T)AskAll([expression])[0]!;

    /// <summary>All answers from one pass over the table.</summary>
    public object?[] AskAll(IEnumerable<string> expressions)
    {
        using DuckResult result = Duck.Query($"SELECT {string.Join(", ", expressions)} FROM loans");
        return result.Rows().Single();
    }

    public void Dispose()
    {
        Duck.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }
}
