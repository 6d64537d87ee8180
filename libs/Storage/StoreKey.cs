using System.Text;

namespace BatchScoring.Storage;

/// <summary>What a key may look like, so that it means the same on every store and never leaves the root.</summary>
public static class StoreKey
{
    /// <summary>The longest key, in UTF-8 bytes (S3's limit).</summary>
    public const int MaximumBytes = 1024;

    /// <summary>
    /// Checks a key: relative, forward slashes, no empty, <c>.</c> or <c>..</c> step, no control character, no backslash.
    /// </summary>
    /// <returns>The key itself.</returns>
    /// <exception cref="StoreException"><c>STORE_KEY_INVALID</c>.</exception>
    public static string Check(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length == 0) throw Invalid(key, "it is empty");
        CheckSteps(key, key);
        if (key.EndsWith('/')) throw Invalid(key, "it ends in a slash, which only folders do");
        return key;
    }

    /// <summary>Checks a folder's key: as <see cref="Check"/>, ending in a slash.</summary>
    /// <exception cref="StoreException"><c>STORE_KEY_INVALID</c>.</exception>
    public static string CheckFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!folder.EndsWith('/')) throw Invalid(folder, "a folder ends in a slash");
        Check(folder[..^1]);
        return folder;
    }

    /// <summary>Checks the beginning of keys; may be empty or end in the middle of a name.</summary>
    /// <exception cref="StoreException"><c>STORE_KEY_INVALID</c>.</exception>
    public static string CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 0) CheckSteps(prefix, prefix.EndsWith('/') ? prefix[..^1] : prefix);
        return prefix;
    }

    private static void CheckSteps(string key, string steps)
    {
        if (steps.StartsWith('/')) throw Invalid(key, "it is absolute");
        foreach (char c in steps)
        {
            if (c == '\\') throw Invalid(key, "it has a backslash");
            if (char.IsControl(c)) throw Invalid(key, FormattableString.Invariant($"it has the control character U+{(int)c:X4}"));
        }
        string folded = steps.EndsWith('/') ? steps[..^1] : steps;
        foreach (Range range in folded.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> step = folded.AsSpan(range);
            if (step.Length == 0) throw Invalid(key, "it has an empty step (two slashes)");
            if (step is "." or "..") throw Invalid(key, $"it has the step '{step}'");
        }
        if (!IsUnicode(key)) throw Invalid(key, "it is not valid Unicode");
        if (Encoding.UTF8.GetByteCount(key) > MaximumBytes) throw Invalid(key, "it is longer than 1,024 bytes");
    }

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private static StoreException Invalid(string key, string why) => new(StorageErrors.KeyInvalid,
        $"The key '{Printable(key)}' cannot be used: {why}. Keys are relative to the root, with forward slashes, without '.', '..', "
        + "backslashes or control characters.");

    private static string Printable(string key) =>
        string.Concat(key.Take(200).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
