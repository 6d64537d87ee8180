namespace BatchScoring.DataGen.Output;

/// <summary>What kind of files hold the table.</summary>
internal enum TableFormat
{
    Parquet,
    Csv,
}
