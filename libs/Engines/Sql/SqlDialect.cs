namespace BatchScoring.Engines;

/// <summary>The little that Spark SQL and DuckDB spell differently, in one place. A parity test holds both equal.</summary>
/// <remarks>Immutable and thread safe.</remarks>
public sealed class SqlDialect
{
    private readonly char _quote;
    private readonly string _text;

    private SqlDialect(char quote, string text)
    {
        _quote = quote;
        _text = text;
    }

    /// <summary>DuckDB: double quotes, VARCHAR.</summary>
    public static SqlDialect DuckDb { get; } = new('"', "VARCHAR");

    /// <summary>Spark SQL: backticks, STRING.</summary>
    public static SqlDialect Spark { get; } = new('`', "STRING");

    /// <summary>A column's or table's name as an identifier, whatever characters it has.</summary>
    public string Name(string name) =>
        $"{_quote}{name.Replace(_quote.ToString(), new string(_quote, 2), StringComparison.Ordinal)}{_quote}";

    /// <summary>
    /// A key as the text by which it is compared and hashed: text stays as it is, integers become canonical decimal.
    /// </summary>
    /// <param name="expression">A key column, already quoted.</param>
    public string KeyText(string expression) => $"CAST({expression} AS {_text})";
}
