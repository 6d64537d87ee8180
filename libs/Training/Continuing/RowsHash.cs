using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Continuing;

/// <summary>A hash of all that trees are learned from.</summary>
internal static class RowsHash
{
    private const int ChunkRows = 8192;

    /// <param name="names">Of the columns.</param>
    /// <param name="columns">Borders, categories, and the bin of every row.</param>
    /// <param name="targets">Labels × rows.</param>
    /// <param name="weights">By row, with those of classes; null: all 1.</param>
    /// <param name="start">What raw values start from, outputs × rows; null: a constant.</param>
    /// <param name="counted">Rows whose categories count as well.</param>
    public static byte[] Of(
        IReadOnlyList<string> names, IReadOnlyList<QuantisedColumn> columns, float[][] targets, float[]? weights, double[][]? start,
        IReadOnlyList<Fold> counted)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int column = 0; column < columns.Count; column++)
        {
            Add<int>(hash, [column, columns[column].Place, columns[column].Missing is { } missing ? (int)missing : -1]);
            hash.AppendData(Encoding.UTF8.GetBytes(names[column]));
            Add<float>(hash, columns[column].Borders);
            Add<int>(hash, columns[column].Categories);
            Add<int>(hash, columns[column].Codes);
            Bins(hash, columns[column].Bins);
        }

        foreach (float[] labels in targets) Add<float>(hash, labels);
        Add<float>(hash, weights);
        foreach (double[] values in start ?? []) Add<double>(hash, values);
        foreach (QuantisedColumn column in counted.SelectMany(rows => rows.Columns))
        {
            Add<int>(hash, column.Categories);
            Add<int>(hash, column.Codes);
            Bins(hash, column.Bins);
        }

        return hash.GetHashAndReset();
    }

    private static void Bins(IncrementalHash hash, BinColumn bins)
    {
        ushort[] chunk = new ushort[ChunkRows];
        for (int first = 0; first < bins.Rows; first += ChunkRows)
        {
            int count = Math.Min(ChunkRows, bins.Rows - first);
            for (int i = 0; i < count; i++) chunk[i] = (ushort)bins[first + i];
            hash.AppendData(MemoryMarshal.AsBytes(chunk.AsSpan(0, count)));
        }
    }

    /// <summary>With its length before it, so that no two lists look alike.</summary>
    private static void Add<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : struct
    {
        int count = values.Length;
        hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(ref count)));
        hash.AppendData(MemoryMarshal.AsBytes(values));
    }
}
