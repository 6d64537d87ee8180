using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>Which of a request's columns our own reader takes, and which DuckDB reads beside it.</summary>
/// <param name="Numbers">Columns that are asked for as numbers and are numbers: place in the request, and the file's column.</param>
/// <param name="Key">The key's column, if it is handed out as it is.</param>
/// <param name="Beside">Places of the others.</param>
/// <param name="KeyBeside">True where the key comes through DuckDB.</param>
internal sealed record ColumnBinding(
    IReadOnlyList<(int Place, ParquetColumn Column)> Numbers, ParquetColumn? Key, IReadOnlyList<int> Beside, bool KeyBeside)
{
    private const string RowNumber = "file_row_number";

    public bool NeedsDuckDb => Beside.Count > 0 || KeyBeside;

    /// <summary>DuckDB tells names apart without regard to case, and renames what is left the same; which is meant is for it to say.</summary>
    /// <returns>Null, or why the file is not read here.</returns>
    public static Decline? Examine(ParquetFile file)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { RowNumber };
        ParquetColumn? taken = file.Columns.FirstOrDefault(column => !names.Add(column.Name));
        return taken is null ? null : new Decline(DeclineCodes.Names, taken.Name, "its name is taken");
    }

    /// <returns>Null when a column is missing: DuckDB's way says which.</returns>
    public static ColumnBinding? Bind(ParquetFile file, SplitReadRequest request)
    {
        var byName = file.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        ParquetColumn? key = null;
        if (request.Key is { } keyName && !byName.TryGetValue(keyName, out key)) return null;
        List<ParquetColumn> positions = request.BindByPosition ? file.Columns.Where(column => column.Name != request.Key).ToList() : [];
        var numbers = new List<(int, ParquetColumn)>();
        var beside = new List<int>();
        var taken = new HashSet<int>();
        for (int i = 0; i < request.Columns.Count; i++)
        {
            if (Find(request.Columns[i]) is not { } column) return null;
            if (request.Columns[i].Kind == ColumnKind.Number && column.Kind != NumberKind.None && taken.Add(column.FirstLeaf)) numbers.Add((i, column));
            else beside.Add(i);
        }

        bool isOwnKey = key?.Kind is NumberKind.Int32 or NumberKind.Int64 && !request.KeyAsText;
        return new ColumnBinding(numbers, isOwnKey ? key : null, beside, key is not null && !isOwnKey);

        ParquetColumn? Find(ColumnRequest input) => request.BindByPosition
            ? input.Position < positions.Count ? positions[input.Position] : null
            : byName.GetValueOrDefault(input.Name);
    }
}
