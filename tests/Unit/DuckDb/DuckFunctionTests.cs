using System.Globalization;
using BatchScoring.DuckDb;

namespace BatchScoring.Tests.Unit.DuckDb;

public sealed class DuckFunctionTests : IDisposable
{
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 2 });
    private readonly DuckConnection _connection;

    public DuckFunctionTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Function_OfTextAndNull_IsComputedForEveryRow()
    {
        _connection.RegisterFunction("digits", DuckType.Varchar, DuckType.BigInt, (texts, results) =>
        {
            Span<long> numbers = results.Column<long>(0);
            for (int row = 0; row < texts.Rows; row++)
            {
                if (texts.IsNull(row)) numbers[row] = -1;
                else if (!long.TryParse(texts.Text(row), NumberStyles.None, CultureInfo.InvariantCulture, out numbers[row]))
                    results.SetNull(0, row);
            }
        });

        // A dictionary's column, a constant, and rows that a filter has left over reach the function as plain values.
        Rows("select digits(x) from (values ('12'), (null), ('x'), ('a text of more than twelve')) t(x)")
            .ShouldBe([[12L], [-1L], [null], [null]]);
        Rows("select sum(digits(i::varchar)), sum(digits('7')) from range(300000) r(i) where i % 3 = 1")
            .ShouldBe([[(Int128)14_999_950_000, (Int128)700_000]]);
    }

    [Fact]
    public void Function_InAWhere_PicksRowsInTheirOrder()
    {
        _connection.RegisterFunction("picked", DuckType.BigInt, DuckType.Boolean, (rows, results) =>
        {
            Span<bool> keep = results.Column<bool>(0);
            for (int row = 0; row < rows.Rows; row++) keep[row] = rows.Values<long>()[row] % 1000 == 7;
        });
        _connection.Execute("create table t as select range as i, range * 2 as j from range(100000)");

        Rows("select count(*), sum(j) from t where picked(i)").ShouldBe([[100L, (Int128)2 * (100 * 7 + 1000 * 4950)]]);
    }

    [Fact]
    public void Function_RegisteredBesideAHalfReadResult_Stays()
    {
        using (DuckResult left = _connection.Query("select range from range(1000000)")) left.NextChunk().ShouldNotBeNull();

        _connection.RegisterFunction("same", DuckType.BigInt, DuckType.BigInt, (values, results) => results.Copy(0, values));

        Rows("select same(7)").ShouldBe([[7L]]);
    }

    [Fact]
    public void Function_Throws_FailsTheQueryWithItsText()
    {
        _connection.RegisterFunction("broken", DuckType.BigInt, DuckType.BigInt, (_, _) =>
            throw new InvalidOperationException("no such luck"));

        Should.Throw<DuckDbException>(() => Rows("select broken(i) from range(3) r(i)")).Message.ShouldContain("no such luck");
    }

    private IReadOnlyList<object?[]> Rows(string sql)
    {
        using DuckResult result = _connection.Query(sql);
        return result.Rows();
    }
}
