using System.Runtime.InteropServices;

namespace BatchScoring.DuckDb.Native;

/// <summary>DuckDB's C API (duckdb.h of 1.5), as far as it is used. Handles are bare pointers; the public classes own them.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "duckdb";

    static NativeMethods() => NativeLibraryLoader.Register();

    /// <summary>DuckDBSuccess.</summary>
    internal const int Success = 0;

    [LibraryImport(Library)] internal static partial byte* duckdb_library_version();
    [LibraryImport(Library)] internal static partial void duckdb_free(void* pointer);
    [LibraryImport(Library), SuppressGCTransition] internal static partial ulong duckdb_vector_size();

    [LibraryImport(Library)] internal static partial int duckdb_create_config(out nint config);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int duckdb_set_config(nint config, string name, string option);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_config(ref nint config);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int duckdb_open_ext(string? path, out nint database, nint config, out byte* error);
    [LibraryImport(Library)] internal static partial void duckdb_close(ref nint database);
    [LibraryImport(Library)] internal static partial int duckdb_connect(DatabaseHandle database, out nint connection);
    [LibraryImport(Library)] internal static partial void duckdb_disconnect(ref nint connection);
    [LibraryImport(Library)] internal static partial void duckdb_interrupt(ConnectionHandle connection);

    [LibraryImport(Library)] internal static partial ulong duckdb_extract_statements(ConnectionHandle connection, byte* sql, out nint statements);
    [LibraryImport(Library)] internal static partial byte* duckdb_extract_statements_error(nint statements);
    [LibraryImport(Library)] internal static partial int duckdb_prepare_extracted_statement(ConnectionHandle connection, nint statements, ulong index, out nint statement);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_extracted(ref nint statements);

    [LibraryImport(Library)] internal static partial byte* duckdb_prepare_error(nint statement);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_prepare(ref nint statement);
    [LibraryImport(Library)] internal static partial ulong duckdb_nparams(StatementHandle statement);
    [LibraryImport(Library)] internal static partial int duckdb_clear_bindings(StatementHandle statement);
    [LibraryImport(Library)] internal static partial int duckdb_bind_null(StatementHandle statement, ulong index);
    [LibraryImport(Library)] internal static partial int duckdb_bind_boolean(StatementHandle statement, ulong index, byte value);
    [LibraryImport(Library)] internal static partial int duckdb_bind_int32(StatementHandle statement, ulong index, int value);
    [LibraryImport(Library)] internal static partial int duckdb_bind_int64(StatementHandle statement, ulong index, long value);
    [LibraryImport(Library)] internal static partial int duckdb_bind_uint64(StatementHandle statement, ulong index, ulong value);
    [LibraryImport(Library)] internal static partial int duckdb_bind_float(StatementHandle statement, ulong index, float value);
    [LibraryImport(Library)] internal static partial int duckdb_bind_double(StatementHandle statement, ulong index, double value);
    [LibraryImport(Library)] internal static partial int duckdb_bind_date(StatementHandle statement, ulong index, int days);
    [LibraryImport(Library)] internal static partial int duckdb_bind_timestamp(StatementHandle statement, ulong index, long microseconds);
    [LibraryImport(Library)] internal static partial int duckdb_bind_varchar_length(StatementHandle statement, ulong index, byte* value, ulong length);

    [LibraryImport(Library)] internal static partial int duckdb_pending_prepared_streaming(StatementHandle statement, out nint pending);
    [LibraryImport(Library)] internal static partial byte* duckdb_pending_error(nint pending);
    [LibraryImport(Library)] internal static partial int duckdb_execute_pending(nint pending, NativeResult* result);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_pending(ref nint pending);

    [LibraryImport(Library)] internal static partial void duckdb_destroy_result(NativeResult* result);
    [LibraryImport(Library)] internal static partial byte* duckdb_result_error(NativeResult* result);
    [LibraryImport(Library)] internal static partial DuckErrorType duckdb_result_error_type(NativeResult* result);
    [LibraryImport(Library)] internal static partial ulong duckdb_column_count(NativeResult* result);
    [LibraryImport(Library)] internal static partial byte* duckdb_column_name(NativeResult* result, ulong column);
    [LibraryImport(Library)] internal static partial DuckType duckdb_column_type(NativeResult* result, ulong column);
    [LibraryImport(Library)] internal static partial nint duckdb_column_logical_type(NativeResult* result, ulong column);
    [LibraryImport(Library)] internal static partial nint duckdb_fetch_chunk(NativeResult result);

    [LibraryImport(Library)] internal static partial void duckdb_destroy_data_chunk(ref nint chunk);
    [LibraryImport(Library), SuppressGCTransition] internal static partial ulong duckdb_data_chunk_get_size(nint chunk);
    [LibraryImport(Library)] internal static partial void duckdb_data_chunk_set_size(nint chunk, ulong size);
    [LibraryImport(Library)] internal static partial void duckdb_data_chunk_reset(nint chunk);
    [LibraryImport(Library), SuppressGCTransition] internal static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);
    [LibraryImport(Library), SuppressGCTransition] internal static partial nint duckdb_vector_get_data(nint vector);
    [LibraryImport(Library), SuppressGCTransition] internal static partial nint duckdb_vector_get_validity(nint vector);
    [LibraryImport(Library)] internal static partial void duckdb_vector_ensure_validity_writable(nint vector);
    [LibraryImport(Library)] internal static partial void duckdb_vector_assign_string_element_len(nint vector, ulong row, byte* text, ulong length);
    [LibraryImport(Library)] internal static partial nint duckdb_create_data_chunk(nint* types, ulong columns);

    [LibraryImport(Library)] internal static partial DuckType duckdb_get_type_id(nint type);
    [LibraryImport(Library)] internal static partial byte duckdb_decimal_width(nint type);
    [LibraryImport(Library)] internal static partial byte duckdb_decimal_scale(nint type);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_logical_type(ref nint type);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int duckdb_appender_create(ConnectionHandle connection, string? schema, string table, out nint appender);
    [LibraryImport(Library)] internal static partial nint duckdb_appender_error_data(nint appender);
    [LibraryImport(Library)] internal static partial int duckdb_appender_flush(AppenderHandle appender);
    [LibraryImport(Library)] internal static partial int duckdb_appender_close(AppenderHandle appender);
    [LibraryImport(Library)] internal static partial int duckdb_appender_destroy(ref nint appender);
    [LibraryImport(Library)] internal static partial ulong duckdb_appender_column_count(AppenderHandle appender);
    [LibraryImport(Library)] internal static partial nint duckdb_appender_column_type(AppenderHandle appender, ulong column);
    [LibraryImport(Library)] internal static partial int duckdb_append_data_chunk(AppenderHandle appender, nint chunk);

    [LibraryImport(Library)] internal static partial byte* duckdb_error_data_message(nint error);
    [LibraryImport(Library)] internal static partial DuckErrorType duckdb_error_data_error_type(nint error);
    [LibraryImport(Library)] internal static partial void duckdb_destroy_error_data(ref nint error);

    [LibraryImport(Library)] internal static partial nint duckdb_create_logical_type(DuckType type);
    [LibraryImport(Library)] internal static partial nint duckdb_create_table_function();
    [LibraryImport(Library)] internal static partial void duckdb_destroy_table_function(ref nint function);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_table_function_set_name(nint function, string name);
    [LibraryImport(Library)] internal static partial void duckdb_table_function_set_extra_info(nint function, nint info, delegate* unmanaged[Cdecl]<nint, void> release);
    [LibraryImport(Library)] internal static partial void duckdb_table_function_set_bind(nint function, delegate* unmanaged[Cdecl]<nint, void> bind);
    [LibraryImport(Library)] internal static partial void duckdb_table_function_set_init(nint function, delegate* unmanaged[Cdecl]<nint, void> init);
    [LibraryImport(Library)] internal static partial void duckdb_table_function_set_function(nint function, delegate* unmanaged[Cdecl]<nint, nint, void> fill);
    [LibraryImport(Library)] internal static partial int duckdb_register_table_function(ConnectionHandle connection, nint function);
    [LibraryImport(Library)] internal static partial nint duckdb_bind_get_extra_info(nint info);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_bind_add_result_column(nint info, string name, nint type);
    [LibraryImport(Library)] internal static partial void duckdb_init_set_max_threads(nint info, ulong threads);
    [LibraryImport(Library)] internal static partial nint duckdb_function_get_extra_info(nint info);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial void duckdb_function_set_error(nint info, string error);
}
