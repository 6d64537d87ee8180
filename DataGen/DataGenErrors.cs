using BatchScoring.Core;

namespace BatchScoring.DataGen;

/// <summary>What can go wrong while a table is generated.</summary>
internal static class DataGenErrors
{
    public static ErrorCode OutputNotEmpty { get; } = new("OUTPUT_NOT_EMPTY", ExitCode.Usage,
        "The folder to write to has files. Name another one or empty it.");
}
