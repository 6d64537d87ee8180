using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>How to write a dataset.</summary>
public sealed class DataFrameWriter
{
    private readonly JavaObject _writer;

    internal DataFrameWriter(JavaObject writer) => _writer = writer;

    /// <summary>What to do when the path exists: <c>error</c> (the default), <c>overwrite</c>, <c>append</c> or <c>ignore</c>.</summary>
    public DataFrameWriter Mode(string mode)
    {
        _writer.Call("mode", mode);
        return this;
    }

    /// <summary>Sets an option of the format, such as <c>compression</c>.</summary>
    public DataFrameWriter Option(string key, string value)
    {
        _writer.Call("option", key, value);
        return this;
    }

    /// <summary>Runs the query and writes Parquet files into a folder, one or more per partition. Waits until it is done.</summary>
    /// <exception cref="JavaException">The job failed or was cancelled, or the path exists.</exception>
    public void Parquet(string path) => _writer.Call("parquet", path);
}
