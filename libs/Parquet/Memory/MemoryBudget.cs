namespace BatchScoring.Parquet;

/// <summary>What may be allocated, and what is.</summary>
internal sealed class MemoryBudget(long cap)
{
    /// <summary>Bytes that are allocated.</summary>
    public long Used { get; private set; }

    public long Cap => cap;

    public bool Allows(long bytes) => bytes <= cap - Used;

    /// <exception cref="UnsupportedException">The cap does not allow it.</exception>
    public void Reserve(long bytes)
    {
        if (!Allows(bytes)) ThrowUnsupported.Memory(Used + bytes, cap);
        Used += bytes;
    }

    public void Release(long bytes) => Used -= bytes;
}
