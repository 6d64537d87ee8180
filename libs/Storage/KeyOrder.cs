namespace BatchScoring.Storage;

/// <summary>The order of keys: by their UTF-8 bytes, as S3 lists them and as files are counted. Thread safe.</summary>
public sealed class KeyOrder : IComparer<string>
{
    private KeyOrder()
    {
    }

    /// <summary>The only instance.</summary>
    public static KeyOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return x is null ? y is null ? 0 : -1 : 1;
        for (int i = 0; i < x.Length && i < y.Length; i++)
        {
            if (x[i] == y[i]) continue;
            // UTF-16 order is UTF-8 order except that surrogates (characters above U+FFFF) must come after U+E000 to U+FFFF.
            return Rank(x[i]).CompareTo(Rank(y[i]));
        }
        return x.Length.CompareTo(y.Length);
    }

    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
