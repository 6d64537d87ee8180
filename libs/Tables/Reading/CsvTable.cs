using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>A CSV or TSV file with a header line, every cell as the text that it is.</summary>
internal static class CsvTable
{
    private static readonly DuckColumn Text = new("", DuckType.Varchar, "VARCHAR");

    public static SourceTable Open(SplitReadRequest request)
    {
        var file = CsvFile.Open(request.Path, request.Shown);
        // DuckDB reads an empty cell as NULL; here it is an empty text.
        return new SourceTable(request.Shown, file.From, [.. file.Names.Select((name, i) => new TableColumn(name, $"coalesce({CsvFile.Column(i)}, '')", Text))], null);
    }
}
