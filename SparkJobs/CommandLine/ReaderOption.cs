using System.CommandLine;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>The option <c>--reader</c>.</summary>
internal static class ReaderOption
{
    public static Option<ReaderChoice> Create()
    {
        var option = new Option<ReaderChoice>("--reader")
        {
            Description = "Who reads Parquet; the result is the same. auto: our own reader, and DuckDB what that does not read; duckdb: " +
                "DuckDB alone; "
                + "native: our own reader, what it does not read is an error.",
            CustomParser = result => Parse(result.Tokens[0].Value) is { } choice ? choice : Wrong(result),
            DefaultValueFactory = _ => ReaderChoice.Auto,
            HelpName = "auto|duckdb|native",
        };
        return option;
    }

    private static ReaderChoice? Parse(string text) => text switch
    {
        "auto" => ReaderChoice.Auto,
        "duckdb" => ReaderChoice.DuckDb,
        "native" => ReaderChoice.Native,
        _ => null,
    };

    private static ReaderChoice Wrong(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--reader is '{result.Tokens[0].Value}'; it must be auto, duckdb or native.");
        return ReaderChoice.Auto;
    }
}
