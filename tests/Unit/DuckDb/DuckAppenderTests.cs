using System.Globalization;
using System.Text;
using BatchScoring.DuckDb;
using DuckDB.NET.Native;

namespace BatchScoring.Tests.Unit.DuckDb;

public sealed class DuckAppenderTests : IDisposable
{
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
    private readonly DuckConnection _connection;

    public DuckAppenderTests()
    {
        _connection = _database.Connect();
        _connection.Execute("create table t (id bigint, score double, note varchar)");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Append_RowByRow_FillsTheTableInOrder()
    {
        const int rows = 5000;
        using (DuckAppender appender = _connection.CreateAppender("t"))
        {
            for (int i = 0; i < rows; i++)
            {
                appender.Append((long)i).Append(i / 3.0);
                if (i % 5 == 0) appender.AppendNull();
                else appender.Append("note number " + i.ToString(CultureInfo.InvariantCulture));
                appender.EndRow();
            }

            appender.Close();
        }

        using DuckResult result = _connection.Query("select * from t");
        int read = 0;
        foreach (object?[] row in result.Rows())
        {
            row.ShouldBe([(long)read, read / 3.0, read % 5 == 0 ? null : $"note number {read}"]);
            read++;
        }

        read.ShouldBe(rows);
    }

    [Fact]
    public void AppendRows_ColumnWise_FillsTheTable()
    {
        using DuckAppender appender = _connection.CreateAppender("t");
        for (int block = 0; block < 3; block++)
        {
            Span<long> ids = appender.Column<long>(0);
            Span<double> scores = appender.Column<double>(1);
            for (int row = 0; row < 1000; row++)
            {
                ids[row] = block * 1000 + row;
                scores[row] = -0.0;
                appender.SetText(2, row, Encoding.UTF8.GetBytes("a text of more than twelve bytes"));
            }

            appender.SetNull(1, 999);
            appender.AppendRows(1000);
        }

        appender.Close();
        using DuckResult result =
            _connection.Query("select count(*), sum(id), count(score), count(distinct note), bool_and(signbit(score)) from t");
        result.Rows().ShouldHaveSingleItem().ShouldBe([3000L, (Int128)(3000 * 2999 / 2), 2997L, 1L, true]);
    }

    [Fact]
    public void Dispose_WithoutClose_DropsTheOpenBlock()
    {
        using (DuckAppender appender = _connection.CreateAppender("t"))
            appender.Append(1L).Append(1.0).AppendNull().EndRow();
        using DuckResult result = _connection.Query("select count(*) from t");
        result.Scalar<long>().ShouldBe(0);
    }

    [Fact]
    public void Append_WrongType_IsRefused()
    {
        using DuckAppender appender = _connection.CreateAppender("t");
        Should.Throw<ArgumentException>(() => appender.Append(1)).Message.ShouldContain("BigInt");
        Should.Throw<ArgumentException>(() => appender.Append("text"));
    }

    [Fact]
    public void EndRow_TooFewValues_IsRefused()
    {
        using DuckAppender appender = _connection.CreateAppender("t");
        appender.Append(1L);
        Should.Throw<InvalidOperationException>(appender.EndRow).Message.ShouldContain("3 columns");
    }

    [Fact]
    public void Append_TooManyValues_IsRefused()
    {
        using DuckAppender appender = _connection.CreateAppender("t");
        appender.Append(1L).Append(1.0).AppendNull();
        Should.Throw<ArgumentException>(() => appender.Append(1L));
    }

    [Fact]
    public void CreateAppender_NoSuchTable_SaysSo() =>
        Should.Throw<DuckDbException>(() => _connection.CreateAppender("nowhere")).Message.ShouldContain("nowhere");

    [Fact]
    public void Close_ConstraintBroken_IsDuckDbsError()
    {
        _connection.Execute("create table u (id bigint primary key)");
        using DuckAppender appender = _connection.CreateAppender("u");
        appender.Append(1L).EndRow();
        appender.Append(1L).EndRow();
        Should.Throw<DuckDbException>(appender.Close).ErrorType.ShouldBe(DuckDBErrorType.Constraint);
    }
}
