using System.Text;
using BatchScoring.DuckDb;

namespace BatchScoring.Tests.Unit.DuckDb;

public sealed unsafe class DuckChunkTests : IDisposable
{
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
    private readonly DuckConnection _connection;

    public DuckChunkTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Columns_EveryType_HaveNameAndSqlType()
    {
        using DuckResult result = _connection.Query(
            "select true as a, 1::tinyint b, 1::hugeint c, 1.5::decimal(10,2) as \"d e\", 'x' f, date '2020-01-01' g, 'x'::blob h, [1] " +
            "i, now() j");
        result.Columns.ShouldBe(
        [
            new("a", DuckType.Boolean, "BOOLEAN"), new("b", DuckType.TinyInt, "TINYINT"), new("c", DuckType.HugeInt, "HUGEINT"),
            new("d e", DuckType.Decimal, "DECIMAL(10,2)"), new("f", DuckType.Varchar, "VARCHAR"), new("g", DuckType.Date, "DATE"),
            new("h", DuckType.Blob, "BLOB"), new("i", DuckType.List, "LIST"),
                new("j", DuckType.TimestampWithZone, "TIMESTAMP WITH TIME ZONE"),
        ]);
    }

    [Fact]
    public void Values_TenThousandRows_ComeInOrderInFullChunks()
    {
        using DuckResult result = _connection.Query("select range, (range * 0.5)::float from range(10000)");
        long next = 0;
        while (result.NextChunk() is { } chunk)
        {
            chunk.Rows.ShouldBe(Math.Min(DuckChunk.MaxRows, 10_000 - (int)next));
            chunk.Validity(0).IsEmpty.ShouldBeTrue();
            float* floats = chunk.Pointer<float>(1);
            for (int row = 0; row < chunk.Rows; row++, next++)
            {
                chunk.Values<long>(0)[row].ShouldBe(next);
                floats[row].ShouldBe(next * 0.5f);
            }
        }

        next.ShouldBe(10_000);
    }

    [Fact]
    public void Validity_EveryThirdRowNull_SaysSo()
    {
        using DuckResult result = _connection.Query("select if(range % 3 = 0, null, range::int) from range(3000)");
        long row = 0;
        while (result.NextChunk() is { } chunk)
        {
            for (int i = 0; i < chunk.Rows; i++, row++)
            {
                chunk.IsNull(0, i).ShouldBe(row % 3 == 0);
                ((chunk.Validity(0)[i / 64] >> (i % 64) & 1) == 0).ShouldBe(row % 3 == 0);
                if (row % 3 != 0) chunk.Values<int>(0)[i].ShouldBe((int)row);
            }
        }

        row.ShouldBe(3000);
    }

    [Fact]
    public void Text_ShortAndLong_IsExact()
    {
        string[] texts = ["", "a", "zwölf Bytes", "exactly 12 b", "exactly 13 by", "日本語のテキスト", new string('x', 100_000)];
        using DuckResult result = _connection.Query(
            "select unnest([" + string.Join(", ", texts.Select(DuckSql.Literal)) + ", null])");
        DuckChunk chunk = result.NextChunk().ShouldNotBeNull();
        chunk.Rows.ShouldBe(texts.Length + 1);
        for (int i = 0; i < texts.Length; i++)
        {
            Encoding.UTF8.GetString(chunk.Text(0, i)).ShouldBe(texts[i]);
            chunk.Values<DuckText>(0)[i].ToString().ShouldBe(texts[i]);
        }

        chunk.IsNull(0, texts.Length).ShouldBeTrue();
        chunk.Text(0, texts.Length).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Values_WrongType_NamesColumnAndTypes()
    {
        using DuckResult result = _connection.Query("select 1.5::double as price");
        DuckChunk chunk = result.NextChunk()!;
        ArgumentException error = Should.Throw<ArgumentException>(() => chunk.Values<float>(0).ToArray());
        error.Message.ShouldContain("price");
        error.Message.ShouldContain("DOUBLE");
        error.Message.ShouldContain("Single");
        Should.Throw<ArgumentException>(() => chunk.Text(0, 0).ToArray());
    }

    [Fact]
    public void Pointer_FewRows_HasRoomForAFullChunk()
    {
        _connection.Execute("create table t as select range::float as x, range::double as y from range(3)");
        using DuckResult result = _connection.Query("select x, y, 7::int from t");
        DuckChunk chunk = result.NextChunk()!;
        chunk.Rows.ShouldBe(3);
        for (int row = 0; row < DuckChunk.MaxRows; row++)
        {
            chunk.Pointer<float>(0)[row] = row;
            chunk.Pointer<double>(1)[row] = row;
            chunk.Pointer<int>(2)[row] = row;
        }

        result.NextChunk().ShouldBeNull();
    }

    [Fact]
    public void NextChunk_NoRows_IsNullAndColumnsStand()
    {
        using DuckResult result = _connection.Query("select 1 as a where false");
        result.Columns.ShouldHaveSingleItem().Name.ShouldBe("a");
        result.NextChunk().ShouldBeNull();
        result.NextChunk().ShouldBeNull();
    }

    [Fact]
    public void NextChunk_AfterDispose_IsRefused()
    {
        DuckResult result = _connection.Query("select 1");
        result.Dispose();
        Should.Throw<ObjectDisposedException>(() => result.NextChunk());
    }

    [Fact]
    public void Scalar_Integers_AreReadAsAsked()
    {
        Read<long>("select sum(range) from range(10)").ShouldBe(45);
        Read<int>("select 45::utinyint").ShouldBe(45);
        Read<long?>("select null::bigint").ShouldBeNull();
        Read<Int128>("select '-170141183460469231731687303715884105728'::hugeint").ShouldBe(Int128.MinValue);
        Read<string>("select 12.340::decimal(8,3)::varchar").ShouldBe("12.340");
        Should.Throw<OverflowException>(() => Read<int>("select 3000000000"));
        Should.Throw<InvalidOperationException>(() => Read<long>("select null::bigint"));
        Should.Throw<InvalidOperationException>(() => Read<long>("select range from range(2)"));
        Should.Throw<InvalidOperationException>(() => Read<long>("select 1 where false"));
        Should.Throw<ArgumentException>(() => Read<long>("select 1.5::double"));
        Should.Throw<ArgumentException>(() => Read<string>("select 1.5::decimal(3,1)")).Message.ShouldContain("cast it to VARCHAR");
    }

    [Fact]
    public void Value_DatesBeforeTheEpoch_AreExact()
    {
        using DuckResult result = _connection.Query("select date '1900-02-28', timestamp '1900-02-28 23:59:59.999999'");
        result.Rows().ShouldHaveSingleItem().ShouldBe(
            [new DateOnly(1900, 2, 28), new DateTime(1900, 2, 28, 23, 59, 59, 999).AddTicks(9990)]);
    }

    private T? Read<T>(string sql)
    {
        using DuckResult result = _connection.Query(sql);
        return result.Scalar<T>();
    }
}
