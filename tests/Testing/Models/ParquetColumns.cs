using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>Columns of Parquet files as models take them.</summary>
public static class ParquetColumns
{
    /// <summary>Reads a model's columns by name: numbers as float32, NULL as NaN, categories by the hash of their text.</summary>
    public static ModelTable ReadTable(string path, CatBoostModel model)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult count = connection.Query("SELECT count(*) FROM read_parquet(?)", path);
        var table = new ModelTable(model.Inputs, (int)count.Scalar<long>());
        IEnumerable<string> columns = model.Inputs.Select(input =>
            $"CAST({DuckSql.Identifier(input.Name)} AS {(input.Kind == ModelInputKind.Numeric ? "FLOAT" : "VARCHAR")})");
        using DuckResult result = connection.Query($"SELECT {string.Join(", ", columns)} FROM read_parquet(?)", path);
        for (int first = 0; result.NextChunk() is { } chunk; first += chunk.Rows)
            for (int column = 0; column < model.Inputs.Length; column++) Copy(chunk, table, column, first);
        return table;
    }

    /// <summary>Reads all columns as doubles.</summary>
    public static IReadOnlyDictionary<string, double[]> ReadDoubles(string path)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query("SELECT CAST(COLUMNS(*) AS DOUBLE) FROM read_parquet(?)", path);
        List<double>[] columns = result.Columns.Select(_ => new List<double>()).ToArray();
        while (result.NextChunk() is { } chunk)
            for (int column = 0; column < columns.Length; column++) columns[column].AddRange(chunk.Values<double>(column));
        return result.Columns.Select((column, i) => (column.Name, Values: columns[i].ToArray()))
            .ToDictionary(column => column.Name, column => column.Values);
    }

    private static void Copy(DuckChunk chunk, ModelTable table, int column, int first)
    {
        for (int row = 0; row < chunk.Rows; row++)
        {
            if (table.Inputs[column].Kind == ModelInputKind.Categorical)
                table.Categorical(column)[first + row] = CategoryHash.Of(chunk.Text(column, row));
            else
                table.Numeric(column)[first + row] = chunk.IsNull(column, row) ? float.NaN : chunk.Values<float>(column)[row];
        }
    }
}
