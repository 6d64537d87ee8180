using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchScoring.Core;

namespace BatchScoring.ModelRunner;

/// <summary>
/// Reads header and task specs. Messages name the place of a fault, never the text around it: a header line holds secrets.
/// </summary>
internal static class Lines
{
    public static HeaderLine Header(ReadOnlySpan<byte> line)
    {
        HeaderLine header = Read(line, CoreJson.Default.HeaderLine, "header");
        CheckFormat(header.Format, "header");
        if (header.Threads < 1 || header.MemoryMib < 1) throw Invalid("header", "threads and memory_mib must be 1 or more.");
        if (!header.AttemptFolder.EndsWith('/')) throw Invalid("header", "attempt_folder must end in a slash.");
        return header;
    }

    public static TaskSpec Split(ReadOnlySpan<byte> line)
    {
        TaskSpec split = Read(line, CoreJson.Default.TaskSpec, "split");
        CheckFormat(split.Format, "split");
        return split;
    }

    private static T Read<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type, string name)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw Invalid(name, "it is null.");
        }
        catch (JsonException e)
        {
            throw Invalid(name, e.Message.StartsWith("JSON deserialization for type", StringComparison.Ordinal) ? e.Message
                : e.Path is null or "$" ? $"it is no JSON object (byte {e.BytePositionInLine ?? 0})."
                : $"its field {e.Path} cannot be read.");
        }
    }

    private static void CheckFormat(int format, string name)
    {
        if (format != HeaderLine.CurrentFormat)
            throw new BatchScoringException(RunnerErrors.LineFormatUnknown,
                $"The {name} line has format {format}; this program speaks {HeaderLine.CurrentFormat}. Driver and runner must be of one " +
                "version.");
    }

    private static BatchScoringException Invalid(string name, string why) => new(RunnerErrors.LineInvalid,
        $"The {name} line cannot be understood: {why} Driver and runner must be of one version.");
}
