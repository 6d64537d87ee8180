using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>Says what a file is that is no model: what people hand over by mistake has a name.</summary>
internal static class UnknownContent
{
    private static readonly ImmutableArray<(byte[] Start, string Kind)> _kinds =
    [
        ("version https://git-lfs"u8.ToArray(), "a Git LFS pointer, not the file it points to: run 'git lfs pull'"),
        ("PAR1"u8.ToArray(), "a Parquet file"),
        ("PK\u0003\u0004"u8.ToArray(), "a zip archive, as ML.NET and PyTorch save models"),
        ([0x1F, 0x8B], "a gzip file: unpack it"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz file: unpack it"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file: unpack it"),
        ([0x80, 0x02], Pickle), ([0x80, 0x03], Pickle), ([0x80, 0x04], Pickle), ([0x80, 0x05], Pickle),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file, as Keras saves models"),
        ("tree\n"u8.ToArray(), "a LightGBM model"),
        ("binf"u8.ToArray(), "an XGBoost model"),
        ("{L"u8.ToArray(), "an XGBoost model (UBJSON)"),
        ("{"u8.ToArray(), "JSON"),
        ("<"u8.ToArray(), "XML or HTML"),
    ];

    private const string Pickle = "a Python pickle";

    public static ModelException Error(ReadOnlySpan<byte> start, IEnumerable<IModelFormat> known) => new(
        ModelErrorCodes.UnknownFormat,
        $"The file is no model that can be read here: {Found(start)}. Known are: " +
        $"{string.Join(", ", known.Select(format => format.Description))}. "
        + "Name the model's file, saved in one of these formats.")
    { Offset = 0 };

    private static string Found(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty) return "it is empty";
        string bytes = $"it begins with {Convert.ToHexString(start[..Math.Min(4, start.Length)])}";
        foreach ((byte[] prefix, string kind) in _kinds)
            if (start.StartsWith(prefix)) return $"{bytes} ({kind})";
        return start.ContainsAnyInRange((byte)0, (byte)8) ? bytes : $"{bytes} (text)";
    }
}
