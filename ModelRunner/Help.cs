using System.Reflection;

namespace BatchScoring.ModelRunner;

internal static class Help
{
    public const string Text =
        """
        model-runner: does the tasks of one Spark partition. Started by batch-score through Spark, not by people.

        stdin   one header line, then one line per split (JSON, at most 16 MiB each)
        stdout  one task result per split (JSON), nothing else
        stderr  reasons, for people; never credentials

        Bad data is an answer, not an exit code. It ends within a second when its parent dies, when stdout is closed, and when the
        stop sign of the header line appears. Whatever ends it early, it gives up the parts that it made pending: answers count only
        when it then exits with 0.

        Exit codes
          0    every split was answered, or the stop sign appeared
          64   a line cannot be understood: driver and runner are of different versions
          69   the store could not be reached        a retry may help
          74   local disk or output failed           a retry may help
          130  ended by a signal, or with its parent
          others as batch-score has them; the reason is on stderr and in the attempt's folder under errors/

        Environment
          TMPDIR                     where scratch files go
          DUCKDB_LIBRARY             path of libduckdb.so, when it does not lie beside the program
          BATCHSCORING_EVALUATOR     forces one evaluator by name
          DOTNET_GCHeapHardLimit     bytes of managed memory, in hexadecimal (default 0x30000000 = 768 MiB; header lines bound DuckDB,
                                     this bounds the rest)
          DOTNET_EnableDiagnostics=0 leaves no files in TMPDIR when the process is killed

        Example: (echo "$header"; echo "$split") | model-runner

          --help     this text
          --version  version and commit
        """;

    public static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
