using System.Text;
using System.Text.Json;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>
/// All arguments as one word of letters and digits. YARN expands <c>{{X}}</c> and <c>}}</c> in arguments, shells on the way take quotes
/// away, and a JVM with a POSIX locale turns what is not ASCII into question marks: this word survives them all.
/// </summary>
internal static class ArgumentWord
{
    private const string Prefix = "arguments:";

    public static string Pack(IReadOnlyList<string> arguments) => Prefix
        + Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes([.. arguments], JobJson.Default.StringArray))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The arguments behind the word; whatever is no such word stays as it is, for the command line to complain of.</summary>
    public static string[] Unpack(string[] arguments)
    {
        if (arguments is not [{ } word] || !word.StartsWith(Prefix, StringComparison.Ordinal)) return arguments;
        string text = word[Prefix.Length..].Replace('-', '+').Replace('_', '/');
        try
        {
            byte[] json = Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
            return JsonSerializer.Deserialize(json, JobJson.Default.StringArray) ?? arguments;
        }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException)
        {
            return arguments;
        }
    }
}
