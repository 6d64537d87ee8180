using System.Runtime.InteropServices;
using ZstdSharp;

namespace BatchScoring.Parquet;

/// <summary>
/// zstd through the system's <c>libzstd.so.1</c> (facebook/zstd, zstd.h, stable part), which needs a fifth to a quarter less time than
/// ZstdSharp; through ZstdSharp where the system has none. One context, used for page after page.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed unsafe class Zstd : IDisposable
{
    private static readonly nint _library = NativeLibrary.TryLoad("libzstd.so.1", out nint library) ? library : 0;
    private static readonly delegate* unmanaged<nint> _create = (delegate* unmanaged<nint>)Export("ZSTD_createDCtx");
    private static readonly delegate* unmanaged<nint, nuint> _free = (delegate* unmanaged<nint, nuint>)Export("ZSTD_freeDCtx");

    private static readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint> _decompress =
        (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint>)Export("ZSTD_decompressDCtx");

    private nint _context;
    private Decompressor? _managed;

    ~Zstd() => Free();

    public static bool IsNative { get; } = _create != null && _free != null && _decompress != null;

    /// <summary>Decompresses a page.</summary>
    /// <param name="from">Compressed bytes.</param>
    /// <param name="length">How many.</param>
    /// <param name="to">Takes the result.</param>
    /// <param name="expected">The result's length.</param>
    public void Decompress(byte* from, long length, byte* to, long expected)
    {
        if (IsNative ? DecompressNative(from, length, to, expected) : DecompressManaged(from, length, to, expected)) return;
        ThrowUnsupported.Data("zstd does not decompress to what the page's header promises");
    }

    public void Dispose()
    {
        Free();
        _managed?.Dispose();
        GC.SuppressFinalize(this);
    }

    internal bool DecompressManaged(byte* from, long length, byte* to, long expected)
    {
        _managed ??= new Decompressor();
        try
        {
            return _managed.TryUnwrap(new ReadOnlySpan<byte>(from, (int)length), new Span<byte>(to, (int)expected), out int written)
                && written == expected;
        }
        catch (ZstdException)
        {
            return false;
        }
    }

    /// <summary>Errors are numbers larger than any length.</summary>
    private bool DecompressNative(byte* from, long length, byte* to, long expected)
    {
        if (_context == 0) _context = _create();
        if (_context == 0) return DecompressManaged(from, length, to, expected); // It has no memory for one.
        return _decompress(_context, to, (nuint)expected, from, (nuint)length) == (nuint)expected;
    }

    private static nint Export(string name) => _library != 0 && NativeLibrary.TryGetExport(_library, name, out nint address) ? address : 0;

    private void Free()
    {
        if (_context != 0) _free(_context);
        _context = 0;
    }
}
