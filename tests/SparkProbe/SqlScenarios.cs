using System.Globalization;
using BatchScoring.Spark;

namespace BatchScoring.Tests.SparkProbe;

/// <summary>Tables.</summary>
internal static class SqlScenarios
{
    private const string EveryType = """
        SELECT * FROM VALUES
          (1L, double('NaN'), true, 'plain', 1, 1.5BD, float('0.1'), date'2026-11-21', X'00FF', array(1, 2)),
          (9223372036854775807L, double('Infinity'), false, concat('tab', char(9), 'lf', char(10), 'cr', char(13), 'back', char(92), 'N "quotes" ', char(39)), -1, -0.01BD, float('NaN'), date'0001-01-01', X'', array()),
          (-9223372036854775808L, double('-Infinity'), true, 'žluťoučký 🐎 Привет', 2147483647, 12345678901.25BD, float('3.4028235E38'), date'9999-12-31', X'0A', null),
          (0L, double('-0.0'), false, '', 0, 0.00BD, float('1.4E-45'), null, null, array(3)),
          (5L, double('4.9E-324'), null, concat(char(92), 'N'), null, null, null, null, null, null),
          (6L, double('0.1') + double('0.2'), null, null, null, null, null, null, null, null),
          (null, double('1.7976931348623157E308'), null, 'last', null, null, null, null, null, null)
        AS t(l, d, b, s, i, m, f, day, x, a)
        """;

    public static void Rows(Probe probe)
    {
        DataFrame frame = probe.Spark.Sql(EveryType);
        probe.Say("columns", string.Join(' ', frame.Columns.Select(c => $"{c.Name}:{c.Type}:{c.Nullable}")));
        int number = 0;
        foreach (Row row in frame.Collect()) probe.Say($"row{number++}", string.Join('|', row.Values.Select(Text)));
        probe.Say("count", frame.Count());
        Row twice = probe.Spark.Sql("SELECT 1 AS same, 'two' AS same, 3 AS `odd.name``é`").Collect()[0];
        probe.Say("twice", $"{twice.Get(0)} {twice.Get(1)} {twice.GetAs<int>("odd.name`é")}");
        probe.Say("none", probe.Spark.Sql("SELECT 1 AS one WHERE false").Collect().Count);
    }

    /// <summary>200,000 rows of doubles, compared here bit by bit with what the same arithmetic gives.</summary>
    public static void Stream(Probe probe)
    {
        const int RowCount = 200_000;
        DataFrame frame = probe.Spark.Sql(string.Create(CultureInfo.InvariantCulture,
            $"SELECT id, id / 3.0D AS third, IF(id % 5 = 0, NULL, -id * 1e-7D) AS tiny, id % 2 = 0 AS even FROM range(0, {RowCount}, 1, 4)"));
        long next = 0, wrong = 0;
        foreach (Row row in frame.ToLocalIterator())
        {
            double? tiny = next % 5 == 0 ? null : -next * 1e-7;
            if (row.GetAs<long>(0) != next || !row.GetAs<double>(1).Equals(next / 3.0) || !Equals(row.Get(2), tiny)
                || row.GetAs<bool>(3) != (next % 2 == 0)) wrong++;
            next++;
        }
        probe.Say("rows", next);
        probe.Say("wrong", wrong);
    }

    public static void Wide(Probe probe)
    {
        string columns = string.Join(", ", Enumerable.Range(0, 100).Select(i => $"id + {i} AS f{i}"));
        DataFrame frame = probe.Spark.Sql($"SELECT {columns} FROM range(3)");
        IReadOnlyList<Row> rows = frame.Select("f99", "f0").Collect();
        probe.Say("two", string.Join(' ', rows.Select(r => $"{r.Get(0)},{r.Get(1)}")));
        probe.Say("sum", frame.Collect().Sum(row => row.Values.Sum(value => (long)value!)));
    }

    public static void Metadata(Probe probe)
    {
        string path = probe.Folder("table with blank");
        probe.Spark.Sql("SELECT id, concat('r', id) AS name FROM range(0, 10, 1, 2)")
            .Write().Mode("overwrite").Option("compression", "zstd").Parquet(path);
        DataFrame files = probe.Spark.Read().Option("mergeSchema", "false").Parquet(path);
        probe.Say("columns", string.Join(' ', files.Columns.Select(c => $"{c.Name}:{c.Type}")));
        files.SelectExpr("*", "_metadata.file_path AS source_path", "_metadata.row_index AS source_row").CreateOrReplaceTempView("files");
        IReadOnlyList<Row> rows = probe.Spark.Sql("SELECT source_path, source_row, name FROM files ORDER BY id").Collect();
        probe.Say("paths", rows.Select(row => row.GetAs<string>("source_path")).Distinct().Count());
        probe.Say("uri", rows.All(row => LocalPath(row.GetAs<string>("source_path")).StartsWith(path + "/part-")));
        probe.Say("rows", string.Join(' ', rows.Select(row => $"{row.Get("source_row")}{row.Get("name")}")));
        probe.Say("exists", SessionScenarios.Catch<JavaException>(() => files.Write().Parquet(path)).JavaClass);
        probe.Say("several", probe.Spark.Read().Parquet(path, path).Count());
    }

    public static void BadSql(Probe probe)
    {
        JavaException e = SessionScenarios.Catch<JavaException>(() => probe.Spark.Sql("SELECT nothing FROM nowhere"));
        probe.Say("class", e.JavaClass);
        probe.Say("reason", e.Reason);
        probe.Say("trace", e.JavaStackTrace.Contains("\tat org.apache.spark.sql."));
    }

    /// <summary>Java writes file:/folder with one slash, which <see cref="Uri"/> does not take.</summary>
    private static string LocalPath(string uri) =>
        uri.StartsWith("file:/") ? Uri.UnescapeDataString(uri["file:".Length..]) : throw new FormatException(uri);

    public static string Text(object? value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexString(bytes),
        double d => $"{BitConverter.DoubleToInt64Bits(d):X16}",
        float f => $"{BitConverter.SingleToInt32Bits(f):X8}",
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
