using DuckDB.NET.Native;

namespace BatchScoring.DuckDb;

/// <summary>DuckDB's shared library cannot be loaded.</summary>
/// <param name="tried">The places that were tried, with the loader's text.</param>
/// <param name="found">What stood in the way.</param>
public sealed class DuckDbLibraryException(IReadOnlyList<string> tried, string found) : DuckDbException(
    DuckDBErrorType.Connection,
    $"DuckDB's shared library cannot be loaded: {found} Tried: {string.Join("; ", tried)}. Put libduckdb.so (the build copies it) next to " +
    $"the program, or name it in the environment variable {LibraryVariable}.")
{
    /// <summary>The environment variable that overrides the library's path.</summary>
    public const string LibraryVariable = "DUCKDB_LIBRARY";

    /// <inheritdoc/>
    public override string Code => "DUCKDB_LIBRARY_MISSING";

    /// <inheritdoc/>
    public override DuckDbErrorKind Kind => DuckDbErrorKind.Library;

    /// <summary>The places that were tried.</summary>
    public IReadOnlyList<string> Tried { get; } = tried;
}
