using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Collect;

/// <summary>What to bring together, and where to.</summary>
internal sealed record CollectOptions
{
    public required DateRange Dates { get; init; }

    public int? Revision { get; init; }

    /// <summary>A local file, or <c>-</c>.</summary>
    public required string Output { get; init; }

    public required TableFormat Format { get; init; }

    /// <summary>CSV that a spreadsheet opens by a double click.</summary>
    public bool ForSpreadsheet { get; init; }

    public char? Delimiter { get; init; }

    public bool DecimalComma { get; init; }

    /// <summary>More rows than a sheet takes are refused.</summary>
    public bool OneSheet { get; init; }

    public bool Overwrite { get; init; }

    public bool DryRun { get; init; }

    /// <exception cref="BatchScoringException"><c>OPTION_INVALID</c>: options that do not go together.</exception>
    public CollectOptions Checked() => this switch
    {
        { ForSpreadsheet: true, Format: not TableFormat.Csv } =>
            throw Invalid("--for-spreadsheet is about CSV; a workbook (.xlsx) needs none of it."),
        { ForSpreadsheet: false, Delimiter: not null } or { ForSpreadsheet: false, DecimalComma: true } =>
            throw Invalid("--delimiter and --decimal-comma belong to --for-spreadsheet; other programs are given plain CSV."),
        { DecimalComma: true, Delimiter: null or ',' } =>
            throw Invalid("With --decimal-comma the comma cannot stand between cells as well. Say --delimiter ';' with it."),
        { OneSheet: true, Format: not TableFormat.Xlsx } => throw Invalid("--one-sheet is about workbooks (.xlsx)."),
        _ => this,
    };

    private static BatchScoringException Invalid(string text) => new(HostErrors.OptionInvalid, text);
}
