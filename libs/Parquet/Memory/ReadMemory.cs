namespace BatchScoring.Parquet;

/// <summary>
/// The memory that a reader works in. It grows to what one row group of the used columns needs, and is kept: hand the same object to one
/// reader after the other.
/// </summary>
/// <remarks>For one reader at a time. Disposing it ends all buffers that the reader has handed out.</remarks>
public sealed class ReadMemory : IDisposable
{
    private readonly MemoryBudget _budget;

    /// <summary>Allocates nothing yet.</summary>
    /// <param name="capBytes">The most that a row group's pages, and what is needed to read them, may take, in bytes; row groups that need
    /// more are unsupported. The block that is handed out comes on top.</param>
    public ReadMemory(long capBytes)
    {
        _budget = new MemoryBudget(capBytes);
        Pages = new Arena(_budget);
        Chunk = new NativeBuffer(_budget);
        Page = new NativeBuffer(_budget);
        Values = new NativeBuffer(_budget);
    }

    /// <summary>The cap that is taken where nobody says another: 512 MiB.</summary>
    public const long DefaultCapBytes = 512L << 20;

    /// <summary>The most that a row group's pages may take, in bytes.</summary>
    public long CapBytes => _budget.Cap;

    /// <summary>What is held now, in bytes.</summary>
    public long HeldBytes => _budget.Used + Block.Size + Window.Size;

    internal Arena Pages { get; }

    /// <summary>The block that is handed out.</summary>
    internal NativeBuffer Block { get; } = new();

    /// <summary>One column chunk as it lies in the file.</summary>
    internal NativeBuffer Chunk { get; }

    /// <summary>One page, decompressed.</summary>
    internal NativeBuffer Page { get; }

    /// <summary>The values of one page, on their way to floats.</summary>
    internal NativeBuffer Values { get; }

    /// <summary>Indices and values of one window.</summary>
    internal NativeBuffer Window { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Pages.Dispose();
        Block.Dispose();
        Chunk.Dispose();
        Page.Dispose();
        Values.Dispose();
        Window.Dispose();
    }
}
