namespace BatchScoring.Spark;

/// <summary>
/// A row of a result. Cells are <see cref="bool"/>, <see cref="sbyte"/>, <see cref="short"/>, <see cref="int"/>, <see cref="long"/>,
/// <see cref="float"/>, <see cref="double"/>, <see cref="decimal"/> (up to 28 digits), <see cref="DateOnly"/> or byte[] as Spark's type
/// says; structs, arrays and maps are JSON text; everything else, with timestamps in the session's time zone, is Spark's text; null is
/// null.
/// </summary>
public sealed class Row
{
    private readonly IReadOnlyList<SparkColumn> _columns;

    internal Row(IReadOnlyList<SparkColumn> columns, object?[] values)
    {
        _columns = columns;
        Values = values;
    }

    /// <summary>The cells in order of the columns.</summary>
    public IReadOnlyList<object?> Values { get; }

    /// <summary>A cell by its position.</summary>
    public object? Get(int index) => Values[index];

    /// <summary>A cell by its column's name; the first of that name.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public object? Get(string column) => Values[IndexOf(column)];

    /// <summary>A cell of a known type.</summary>
    /// <exception cref="InvalidCastException">It is of another type, or null where the type does not allow it.</exception>
    public T GetAs<T>(int index) => Values[index] switch
    {
        T value => value,
        null when default(T) is null => default!,
        { } other => throw new InvalidCastException(
            $"Column {_columns[index].Name} holds {other.GetType().Name}, asked for {typeof(T).Name}."),
        null => throw new InvalidCastException($"Column {_columns[index].Name} holds null, asked for {typeof(T).Name}."),
    };

    /// <inheritdoc cref="GetAs{T}(int)"/>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public T GetAs<T>(string column) => GetAs<T>(IndexOf(column));

    private int IndexOf(string column)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            if (string.Equals(_columns[i].Name, column, StringComparison.Ordinal)) return i;
        }
        throw new ArgumentException($"There is no column {column}; there are {string.Join(", ", _columns.Select(c => c.Name))}.",
            nameof(column));
    }
}
