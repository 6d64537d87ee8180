using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>How to read a dataset.</summary>
public sealed class DataFrameReader
{
    private readonly JavaObject _reader;

    internal DataFrameReader(JavaObject reader) => _reader = reader;

    /// <summary>Sets an option of the format, such as <c>mergeSchema</c>.</summary>
    public DataFrameReader Option(string key, string value)
    {
        _reader.Call("option", key, value);
        return this;
    }

    /// <summary>Parquet files or folders of them. The schema is read now, rows are not.</summary>
    /// <exception cref="JavaException">A path is not there, or its files cannot be read.</exception>
    public DataFrame Parquet(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfZero(paths.Length, nameof(paths));
        using JavaObject array = JavaTexts.ToArray(_reader.Gateway, paths);
        return new DataFrame(_reader.Call<JavaObject>("parquet", array));
    }
}
