using System.Globalization;
using BatchScoring.Core;

namespace BatchScoring.Tables;

/// <summary>What can be wrong with somebody else's Delta table, one method per failure.</summary>
internal static class DeltaErrors
{
    /// <summary>Part of the log is gone or cannot be read: which rows are the table's is not known.</summary>
    public static BatchScoringException Damaged(string file, string found, Exception? inner = null) => new(TableErrors.InputLogDamaged,
        $"{file}: {found} Which rows are the table's is not known then, and nothing was read. Have the table repaired by the engine that keeps "
        + "it, or hand over its rows as files.", inner: inner);

    /// <summary>The table needs something that is not done here.</summary>
    public static BatchScoringException Feature(string log, string feature, string found) => new(TableErrors.InputLogFeature,
        $"The Delta table of {log} uses {feature}, which is not read here: {found} Hand over its present rows as files: write them out with "
        + "the engine that keeps the table.");

    /// <summary>The log names a file that is not there, or not as the log says.</summary>
    public static BatchScoringException File(string file, string found) => new(TableErrors.InputLogFile,
        $"{file} is a file of the table by its log, but {found} Rows would be missing, and nothing was read. Restore the file, or ask for a "
        + "version that does not have it.");

    /// <summary>The log names a place outside of the table's folder.</summary>
    public static BatchScoringException Outside(string log, string path) => new(TableErrors.InputLogPath,
        $"{log} names the file {ShownText.Of(path)}, which is not below the table's folder (a shallow clone does that). Files outside of it "
        + "are not read. Hand over a deep copy of the table.");

    /// <summary>There is no such version.</summary>
    public static BatchScoringException Version(string log, string asked, long first, long last) => new(TableErrors.InputVersion,
        string.Create(CultureInfo.InvariantCulture, $"{log} has no version {asked}: it has {first} to {last}. Ask for one of these."));

    /// <summary>A folder in a table was named, and the log does not say which rows are its.</summary>
    public static BatchScoringException Part(string folder, string log) => new(TableErrors.InputTableFormat,
        $"{folder} lies in the Delta table of {log}, and is none of its partitions: which of its files count, that log says. Name the table's "
        + "folder, or a folder of its partition columns.");
}
