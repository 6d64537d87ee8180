using System.Runtime.InteropServices;
using System.Text;

namespace BatchScoring.DuckDb.Native;

internal static unsafe class NativeText
{
    /// <summary>Copies a text that DuckDB keeps.</summary>
    internal static string Read(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>The error of one of DuckDB's error objects, which is given back.</summary>
    internal static DuckDbException TakeError(nint error, string? sql)
    {
        var exception = new DuckDbException(
            NativeMethods.duckdb_error_data_error_type(error), Read(NativeMethods.duckdb_error_data_message(error)), sql);
        NativeMethods.duckdb_destroy_error_data(ref error);
        return exception;
    }

    /// <summary>Where DuckDB gives only a text: its first words tell the kind.</summary>
    internal static DuckDbException FromText(byte* text, string? sql)
    {
        string message = Read(text);
        return new DuckDbException(KindOf(message), message, sql);
    }

    /// <summary>UTF-8 with a closing zero.</summary>
    internal static byte[] ZeroTerminated(string text)
    {
        if (text.Contains('\0')) throw new ArgumentException("SQL with U+0000 cannot be given to DuckDB.", nameof(text));
        return Encoding.UTF8.GetBytes(text + "\0");
    }

    private static DuckErrorType KindOf(string message)
    {
        int end = message.IndexOf(" Error: ", StringComparison.Ordinal);
        if (end < 0) return DuckErrorType.Invalid;
        string name = message[..end].Replace(" ", "", StringComparison.Ordinal);
        return Enum.TryParse<DuckErrorType>(name, ignoreCase: true, out DuckErrorType kind) ? kind : DuckErrorType.Invalid;
    }
}
