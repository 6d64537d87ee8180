using BatchScoring.DuckDb.Native;
using DuckDB.NET.Native;

namespace BatchScoring.DuckDb;

/// <summary>An error that DuckDB reports; the message holds DuckDB's own text and the SQL.</summary>
/// <remarks>SQL is shown, parameters are not: keep secrets in parameters.</remarks>
public class DuckDbException : Exception
{
    private const int ShownSql = 2000;

    private static readonly string[] ForSql = ["LINE ", "Possible ", "  file =", "Candidate "];

    /// <summary>Makes an error from DuckDB's answer.</summary>
    /// <param name="errorType">What DuckDB calls it.</param>
    /// <param name="duckText">DuckDB's own text.</param>
    /// <param name="sql">The statement; null when there is none.</param>
    public DuckDbException(DuckDBErrorType errorType, string duckText, string? sql = null) : base(Compose(duckText, sql))
    {
        ErrorType = errorType;
        DuckText = duckText;
        Sql = sql;
    }

    /// <summary>Stable code: <c>DUCKDB_</c> and DuckDB's type of error in capitals, for example <c>DUCKDB_OUT_OF_MEMORY</c>.</summary>
    public virtual string Code => "DUCKDB_" + string.Concat(
        ErrorType.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? "_" + letter : letter.ToString())).ToUpperInvariant();

    /// <summary>Whose doing it is: what callers decide by.</summary>
    public virtual DuckDbErrorKind Kind => ErrorKinds.Of(ErrorType, DuckText);

    /// <summary>True when no other data could have gone well: memory, disk, rights, the library itself.</summary>
    public bool BlamesMachine =>
        Kind is not (DuckDbErrorKind.Data or DuckDbErrorKind.Missing or DuckDbErrorKind.Other)
            || ErrorType is DuckDBErrorType.Internal or DuckDBErrorType.Fatal;

    /// <summary>What DuckDB calls it.</summary>
    public DuckDBErrorType ErrorType { get; }

    /// <summary>DuckDB's own text.</summary>
    public string DuckText { get; }

    /// <summary>DuckDB's own text in one line, without the SQL that it cites, the advice on SQL, and the settings of its CSV reader: for
    /// people who did not write the SQL.</summary>
    public string Reason => string.Join(" – ", DuckText.Split('\n')
        .TakeWhile(line => !ForSql.Any(start => line.StartsWith(start, StringComparison.Ordinal)))
        .Select(line => line.Trim()).Where(line => line.Length > 0));

    /// <summary>The statement; null when there is none.</summary>
    public string? Sql { get; }

    private static string Compose(string duckText, string? sql) => sql switch
    {
        null => duckText,
        { Length: > ShownSql } => $"{duckText}\nSQL: {sql.AsSpan(0, ShownSql)} … ({sql.Length:N0} characters)",
        _ => $"{duckText}\nSQL: {sql}",
    };
}
