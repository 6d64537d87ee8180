namespace BatchScoring.SparkJobs.Collect;

/// <summary>What rows are written as.</summary>
internal enum TableFormat
{
    Csv,
    Parquet,

    /// <summary>A workbook of a spreadsheet.</summary>
    Xlsx,
}
