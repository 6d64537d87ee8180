using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>Which of a request's columns our own reader takes, and which DuckDB reads beside it.</summary>
/// <param name="Numbers">Columns that are asked for as numbers and are numbers: place in the request, and the file's column.</param>
/// <param name="Key">The key's column, if it is handed out as it is.</param>
/// <param name="Beside">Places of the others.</param>
/// <param name="KeyBeside">True where the key comes through DuckDB.</param>
/// <param name="ReadByOthers">Columns that somebody else decodes, here or after us.</param>
internal sealed record ColumnBinding(
    IReadOnlyList<(int Place, ParquetColumn Column)> Numbers, ParquetColumn? Key, IReadOnlyList<int> Beside, bool KeyBeside,
    IReadOnlyCollection<ParquetColumn> ReadByOthers)
{
    public bool NeedsDuckDb => Beside.Count > 0 || KeyBeside;

    /// <summary>Columns that our own reader decodes.</summary>
    public IReadOnlyCollection<ParquetColumn> Own { get; } =
        [.. Numbers.Select(number => number.Column), .. Key is null ? [] : new[] { Key }];

    /// <returns>Null when a column is missing, or its name stands twice: DuckDB's way says which.</returns>
    public static ColumnBinding? Bind(ParquetFile file, SplitReadRequest request)
    {
        var byName = file.Columns.GroupBy(column => column.Name, StringComparer.Ordinal)
            .Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.Single(), StringComparer.Ordinal);
        ParquetColumn? key = null;
        if (request.Key is { } keyName && Held(request, keyName) is { } heldKey && !byName.TryGetValue(heldKey, out key)) return null;
        var numbers = new List<(int, ParquetColumn)>();
        var beside = new List<int>();
        var others = new HashSet<ParquetColumn>();
        var taken = new HashSet<int>();
        for (int i = 0; i < request.Columns.Count; i++)
        {
            if (Held(request, request.Columns[i].Name) is not { } name)
            {
                beside.Add(i);
                if (request.Viewed(request.Columns[i].Name)?.FileColumn is { } narrow && byName.TryGetValue(narrow, out ParquetColumn? cast))
                    others.Add(cast);
                continue;
            }

            if (byName.GetValueOrDefault(name) is not { } column) return null;
            if (request.Columns[i].Kind == ColumnKind.Number && column.Kind != NumberKind.None && taken.Add(column.FirstLeaf))
                numbers.Add((i, column));
            else
            {
                beside.Add(i);
                others.Add(column);
            }
        }

        bool isOwnKey = key?.Kind is NumberKind.Int32 or NumberKind.Int64 && !request.KeyAsText;
        foreach (string name in request.ReadElsewhere)
            if ((request.Viewed(name) is { } viewed ? viewed.FileColumn : name) is { } inFile && byName.GetValueOrDefault(inFile) is { } other)
                others.Add(other);
        others.ExceptWith(numbers.Select(number => number.Item2));
        if (key is not null && (!isOwnKey || numbers.Count == 0)) others.Add(key);
        else if (key is not null) others.Remove(key);
        return new ColumnBinding(numbers, isOwnKey ? key : null, beside, request.Key is not null && !isOwnKey, others);
    }

    /// <summary>The column of the file that is what is asked for, as it stands; null where a value or a cast is.</summary>
    private static string? Held(SplitReadRequest request, string name) =>
        request.Viewed(name) is not { } viewed ? name : viewed.Type is null ? viewed.FileColumn : null;
}
