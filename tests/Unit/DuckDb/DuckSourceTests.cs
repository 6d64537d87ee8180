using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.DuckDb;

public sealed class DuckSourceTests : IDisposable
{
    private static readonly DuckColumn[] Columns =
        [new("id", DuckType.BigInt, "BIGINT"), new("x", DuckType.Double, "DOUBLE"), new("t", DuckType.Varchar, "VARCHAR")];

    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 2 });
    private readonly DuckConnection _connection;

    public DuckSourceTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Copy_FromASource_WritesAllRowsInOrder()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("out.parquet");
        int made = 0;
        _connection.RegisterSource("rows", Columns, block =>
        {
            int rows = Math.Min(1000, 300_000 - made);
            for (int row = 0; row < rows; row++, made++)
            {
                block.Column<long>(0)[row] = made;
                block.Column<double>(1)[row] = made / 4.0;
                if (made % 10 == 0) block.SetNull(2, row);
                else block.SetText(2, row, "text of more than twelve"u8);
            }

            return rows;
        });
        _connection.Execute($"copy (select * from rows()) to {DuckSql.Literal(file)} (format parquet)");
        using DuckResult result = _connection.Query(
            "select count(*), bool_and(id = file_row_number), bool_and(x = id / 4.0), count(t), min(t), max(t) from read_parquet(?, " +
            "file_row_number = true)", file);
        result.Rows().ShouldHaveSingleItem()
            .ShouldBe([300_000L, true, true, 270_000L, "text of more than twelve", "text of more than twelve"]);
    }

    [Fact]
    public void Query_FixedWidthBytes_AreTheValues()
    {
        double[] values = new[] { 1.5, double.NaN, double.NegativeInfinity };
        int left = 1;
        _connection.RegisterSource("rows", [new DuckColumn("x", DuckType.Double, "DOUBLE")], block =>
        {
            System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(values).CopyTo(block.Bytes(0));
            return left-- > 0 ? 3 : 0;
        });
        using DuckResult result = _connection.Query("select x from rows()");
        DuckChunk chunk = result.NextChunk()!;
        chunk.Values<double>(0).ToArray().ShouldBe(values);
        chunk[0].Bytes.ToArray().ShouldBe(System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(values).ToArray());
    }

    [Fact]
    public void Query_SourceWithoutRows_IsEmpty()
    {
        _connection.RegisterSource("rows", Columns, _ => 0);
        using DuckResult result = _connection.Query("select count(*) from rows()");
        result.Scalar<long>().ShouldBe(0);
    }

    [Fact]
    public void Query_SourceThrows_FailsAndKeepsTheException()
    {
        var failure = new InvalidOperationException("the source is dry");
        DuckSource source = _connection.RegisterSource("rows", Columns, _ => throw failure);
        Should.Throw<DuckDbException>(() => _connection.Execute("select * from rows()")).Message.ShouldContain("the source is dry");
        source.Failure.ShouldBeSameAs(failure);
    }

    [Fact]
    public void Query_WrongTypeFilled_IsTheCallersError()
    {
        DuckSource source = _connection.RegisterSource("rows", Columns, block => block.Column<float>(1).Length);
        Should.Throw<DuckDbException>(() => _connection.Execute("select * from rows()"));
        source.Failure.ShouldBeOfType<ArgumentException>().Message.ShouldContain("x is DOUBLE");
    }

    [Fact]
    public void RegisterSource_NameInUse_IsRefused()
    {
        _connection.RegisterSource("rows", Columns, _ => 0);
        Should.Throw<ArgumentException>(() => _connection.RegisterSource("rows", Columns, _ => 0)).Message.ShouldContain("in use");
    }
}
