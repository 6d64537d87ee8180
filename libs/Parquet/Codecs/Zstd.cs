using System.Runtime.InteropServices;

namespace BatchScoring.Parquet;

/// <summary>zstd through the system's <c>libzstd.so.1</c> (facebook/zstd, zstd.h, stable part). One context, used for page after page.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed unsafe class Zstd : IDisposable
{
    private static readonly nint _library = NativeLibrary.TryLoad("libzstd.so.1", out nint library) ? library : 0;
    private static readonly delegate* unmanaged<nint> _create = (delegate* unmanaged<nint>)Export("ZSTD_createDCtx");
    private static readonly delegate* unmanaged<nint, nuint> _free = (delegate* unmanaged<nint, nuint>)Export("ZSTD_freeDCtx");
    private static readonly delegate* unmanaged<nuint, uint> _isError = (delegate* unmanaged<nuint, uint>)Export("ZSTD_isError");

    private static readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint> _decompress =
        (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint>)Export("ZSTD_decompressDCtx");

    private nint _context;

    ~Zstd() => Free();

    public static bool IsAvailable { get; } = _create != null && _free != null && _isError != null && _decompress != null;

    /// <summary>Decompresses a page.</summary>
    /// <param name="from">Compressed bytes.</param>
    /// <param name="length">How many.</param>
    /// <param name="to">Takes the result.</param>
    /// <param name="expected">The result's length.</param>
    public void Decompress(byte* from, long length, byte* to, long expected)
    {
        if (!IsAvailable) Declines.ZstdMissing();
        if (_context == 0) _context = _create();
        if (_context == 0) Declines.Memory(0, 0);
        nuint written = _decompress(_context, to, (nuint)expected, from, (nuint)length);
        if (_isError(written) != 0 || written != (nuint)expected) Declines.Data("zstd does not decompress to what the header promises");
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static nint Export(string name) => _library != 0 && NativeLibrary.TryGetExport(_library, name, out nint address) ? address : 0;

    private void Free()
    {
        if (_context != 0) _free(_context);
        _context = 0;
    }
}
