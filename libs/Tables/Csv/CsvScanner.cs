using System.Runtime.Intrinsics;

namespace BatchScoring.Tables.Csv;

/// <summary>Cuts text into rows and cells.</summary>
/// <remarks>Thread safe: it holds nothing but the dialect.</remarks>
internal abstract unsafe class CsvScanner(CsvDialect dialect)
{
    /// <summary>Names of the ways to scan on this processor, the fastest first. All give the same.</summary>
    public static IReadOnlyList<string> Available { get; } =
    [
        .. Vector512.IsHardwareAccelerated ? ["vector512"] : Array.Empty<string>(),
        .. Vector256.IsHardwareAccelerated ? ["vector256"] : Array.Empty<string>(),
        .. Vector128.IsHardwareAccelerated ? ["vector128"] : Array.Empty<string>(),
        "scalar",
    ];

    public CsvDialect Dialect => dialect;

    /// <param name="dialect">How the text is written.</param>
    /// <param name="name">One of <see cref="Available"/>; null for the fastest.</param>
    public static CsvScanner Create(CsvDialect dialect, string? name = null) => (name ?? Available[0]) switch
    {
        "vector512" => new MaskScanner<Vector512Masks>(dialect),
        "vector256" => new MaskScanner<Vector256Masks>(dialect),
        "vector128" => new MaskScanner<Vector128Masks>(dialect),
        _ => new MaskScanner<ScalarMasks>(dialect),
    };

    /// <summary>Cuts rows into a tile.</summary>
    /// <param name="text">The text; readable up to 128 bytes behind the limit.</param>
    /// <param name="from">Where a row begins.</param>
    /// <param name="limit">As in <see cref="CsvRow.Cut"/>.</param>
    /// <param name="isFinal">As in <see cref="CsvRow.Cut"/>.</param>
    /// <param name="most">The most rows that are wanted, 1 to the tile's capacity.</param>
    /// <param name="tile">Receives the rows.</param>
    /// <param name="fault">What is wrong with the row behind them, with places in the text; null if nothing is.</param>
    public abstract ScanEnd Scan(byte* text, int from, int limit, bool isFinal, int most, CsvTile tile, out CsvFault? fault);
}
