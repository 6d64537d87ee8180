using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.Tables;

/// <summary>What a reader of a Delta table must be able to do.</summary>
internal static class DeltaProtocol
{
    private const int Features = 3;

    private static readonly HashSet<string> _known = new(StringComparer.Ordinal)
    {
        "timestampNtz", "vacuumProtocolCheck", "v2Checkpoint", "deletionVectors", "columnMapping", "typeWidening", "typeWidening-preview",
    };

    /// <summary>Refuses what nobody here can do. Features of writers never concern a reader.</summary>
    /// <param name="action">What stands behind <c>protocol</c>.</param>
    /// <param name="log">What messages call the log.</param>
    /// <exception cref="JsonException">It is of another form.</exception>
    /// <exception cref="BatchScoringException"><c>INPUT_LOG_FEATURE</c>.</exception>
    public static void Require(JsonElement action, string log)
    {
        long version = DeltaJson.Number(action, "minReaderVersion") ?? throw new JsonException("the protocol names no version");
        if (version is < 1 or > Features)
        {
            throw DeltaErrors.Feature(log, string.Create(CultureInfo.InvariantCulture, $"minReaderVersion {version}"),
                "1 to 3 are.");
        }

        if (version < Features) return;
        string[] unknown = [.. DeltaJson.Items(action, "readerFeatures")
            .Select(name => DeltaJson.TextOrNull(name) ?? throw new JsonException("a feature has no name"))
            .Where(name => !_known.Contains(name)).Select(name => ShownText.Of(name))];
        if (unknown.Length > 0) throw DeltaErrors.Feature(log, string.Join(", ", unknown), "it needs a reader that knows of it.");
    }
}
