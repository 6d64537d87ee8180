using DuckDB.NET.Native;

namespace BatchScoring.DuckDb.Native;

internal static class NativeError
{
    /// <summary>Where DuckDB gives only a text: its first words tell the type.</summary>
    internal static DuckDbException FromText(string message, string? sql) => new(TypeOf(message), message, sql);

    /// <summary>The error of one of DuckDB's error objects, which is given back.</summary>
    internal static DuckDbException Take(DuckDBErrorData error, string? sql)
    {
        using (error) return new DuckDbException(DuckDB.NET.Native.NativeMethods.ErrorData.DuckDBErrorDataErrorType(error), error.Message
            ?? "", sql);
    }

    private static DuckDBErrorType TypeOf(string message)
    {
        int end = message.IndexOf(" Error: ", StringComparison.Ordinal);
        if (end < 0) return DuckDBErrorType.Invalid;
        string name = message[..end].Replace(" ", "", StringComparison.Ordinal);
        return Enum.TryParse(name, ignoreCase: true, out DuckDBErrorType type) ? type : DuckDBErrorType.Invalid;
    }
}
