using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>A table, or the plan to make it. Nothing runs before an action: Collect, Count, ToLocalIterator, Write.</summary>
/// <remarks>A failed or cancelled job throws a <see cref="JavaException"/> from the action.</remarks>
public sealed class DataFrame
{
    private readonly JavaObject _frame;
    private IReadOnlyList<SparkColumn>? _schema;

    internal DataFrame(JavaObject frame) => _frame = frame;

    /// <summary>The columns in order. One name may occur twice.</summary>
    public IReadOnlyList<SparkColumn> Columns => _schema ??= ReadSchema();

    /// <summary>Takes columns by their names; <c>*</c> is all, a dot goes into a struct (<c>_metadata.file_path</c>).</summary>
    public DataFrame Select(params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfZero(columns.Length, nameof(columns));
        using JavaObject rest = JavaTexts.ToArray(_frame.Gateway, columns[1..]);
        return new DataFrame(_frame.Call<JavaObject>("select", columns[0], rest));
    }

    /// <summary>
    /// Takes expressions of Spark SQL. A file's <c>_metadata</c> is visible here but not through a view: give what is needed of it a name
    /// (<c>_metadata.file_path AS path</c>) before <see cref="CreateOrReplaceTempView"/>. The path comes as a URI.
    /// </summary>
    public DataFrame SelectExpr(params string[] expressions)
    {
        ArgumentNullException.ThrowIfNull(expressions);
        using JavaObject array = JavaTexts.ToArray(_frame.Gateway, expressions);
        return new DataFrame(_frame.Call<JavaObject>("selectExpr", array));
    }

    /// <summary>Makes the table known to <see cref="SparkSession.Sql"/> under a name, as long as the session lives.</summary>
    public void CreateOrReplaceTempView(string name) => _frame.Call("createOrReplaceTempView", name);

    /// <summary>Counts the rows.</summary>
    public long Count() => _frame.Call<long>("count");

    /// <summary>All rows, exactly, in a few round trips. They pass through the memory of the driver's JVM: for small results.</summary>
    public IReadOnlyList<Row> Collect()
    {
        IReadOnlyList<SparkColumn> columns = Columns;
        using JavaObject texts = RowTexts(columns), list = texts.Call<JavaObject>("collectAsList");
        return [.. JavaTexts.Read(list).Select(text => RowReader.Read(columns, text))];
    }

    /// <summary>
    /// All rows, exactly, one partition after the other, each by a job and a few round trips: the JVM and this program hold one partition's
    /// text at a time. Enumerate it in one thread.
    /// </summary>
    public IEnumerable<Row> ToLocalIterator()
    {
        IReadOnlyList<SparkColumn> columns = Columns;
        foreach (string text in StreamTexts(columns)) yield return RowReader.Read(columns, text);
    }

    /// <summary>Begins to write the table.</summary>
    public DataFrameWriter Write() => new(_frame.Call<JavaObject>("write"));

    private IReadOnlyList<SparkColumn> ReadSchema()
    {
        using JavaObject schema = _frame.Call<JavaObject>("schema");
        return SchemaReader.Read(schema.Call<string>("json"));
    }

    private IEnumerable<string> StreamTexts(IReadOnlyList<SparkColumn> columns)
    {
        using JavaObject texts = RowTexts(columns), rdd = texts.Call<JavaObject>("javaRDD");
        // One list per partition is one element of the iterator: no call per row.
        using JavaObject lists = rdd.Call<JavaObject>("glom"), iterator = lists.Call<JavaObject>("toLocalIterator");
        while (iterator.Call<bool>("hasNext"))
        {
            using JavaObject list = iterator.Call<JavaObject>("next");
            foreach (string text in JavaTexts.Read(list)) yield return text;
        }
    }

    /// <summary>A <c>Dataset&lt;String&gt;</c> with one text per row.</summary>
    private JavaObject RowTexts(IReadOnlyList<SparkColumn> columns)
    {
        Gateway gateway = _frame.Gateway;
        // By position, because names may occur twice.
        using JavaObject names = JavaTexts.ToArray(gateway, [.. Enumerable.Range(0, columns.Count).Select(RowExpression.Name)]);
        using JavaObject expression = JavaTexts.ToArray(gateway, [RowExpression.Of(columns)]);
        using JavaObject renamed = _frame.Call<JavaObject>("toDF", names), rows = renamed.Call<JavaObject>("selectExpr", expression);
        using JavaObject encoder = gateway.CallStatic<JavaObject>("org.apache.spark.sql.Encoders", "STRING");
        return rows.Call<JavaObject>("as", encoder);
    }
}
