using System.Security.Cryptography;

namespace BatchScoring.Storage;

/// <summary>
/// Names of files that are no objects (yet). A pending part is <c>&lt;attempt folder&gt;staging/&lt;final key, escaped&gt;.pending</c>; a
/// file being written is <c>.&lt;name&gt;.tmp-&lt;16 hex digits&gt;</c> beside its final name. Both tell their final key.
/// </summary>
internal static class FolderNames
{
    public const string Staging = "staging/";
    private const string Pending = ".pending";
    private const string Temporary = ".tmp-";

    public static string PendingKey(string attemptFolder, string finalKey) =>
        attemptFolder + Staging + finalKey.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal) +
            Pending;

    public static string TemporaryKey(string finalKey)
    {
        int name = finalKey.LastIndexOf('/') + 1;
        return $"{finalKey[..name]}.{finalKey[name..]}{Temporary}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
    }

    /// <summary>The final key when <paramref name="key"/> names a pending or temporary file, else null.</summary>
    public static string? FinalKey(string key)
    {
        int nameAt = key.LastIndexOf('/') + 1;
        string name = key[nameAt..];
        if (key.AsSpan(0, nameAt).EndsWith("/" + Staging) && name.EndsWith(Pending, StringComparison.Ordinal))
            return name[..^Pending.Length].Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
        int at = name.Length - 16 - Temporary.Length;
        if (at > 1 && name[0] == '.' && name.AsSpan(at).StartsWith(Temporary) && IsHex(name.AsSpan(at + Temporary.Length)))
        {
            string written = key[..nameAt] + name[1..at];
            return FinalKey(written) ?? written; // a pending part while it is written
        }
        return null;
    }

    private static bool IsHex(ReadOnlySpan<char> text) => text.IndexOfAnyExcept("0123456789abcdef") < 0;
}
