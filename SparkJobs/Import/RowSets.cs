using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// Where every row of the source goes: train/, test/, or nowhere because it is bad. One byte per row, decided once, before anything is
/// published; the tasks of both runs read it.
/// </summary>
internal sealed class RowSets
{
    public const byte Train = 1;
    public const byte Test = 2;

    /// <summary>A split's decoded columns stay below this, so that as many as there are workers fit into the memory.</summary>
    private const long DecodedBytes = 128_000_000;
    private const long BytesPerValue = 4;

    private readonly SourceTable _source;
    private readonly byte[][] _choices;

    private RowSets(SourceTable source)
    {
        (_source, _choices) = (source, [.. source.Files.Select(file => new byte[file.Rows])]);
        foreach (byte[] rows in _choices) rows.AsSpan().Fill(Train);
    }

    public long Count(byte set) => _choices.Sum(rows => (long)rows.AsSpan().Count(set));

    /// <summary>A share of the keys goes to test/, by their hash.</summary>
    public static RowSets ByShare(SourceTable source, string salt, int slots, int testSlots, CancellationToken cancellation)
    {
        var sets = new RowSets(source);
        var slot = new KeySlot(salt, slots);
        using (DuckResult keys =
            source.Duck.Query($"SELECT file, row, CAST(key AS VARCHAR) FROM {BadRows.Keys} WHERE key IS NOT NULL", cancellation))
        {
            while (keys.NextChunk() is { } chunk)
            {
                ReadOnlySpan<int> files = chunk.Values<int>(0);
                ReadOnlySpan<long> rows = chunk.Values<long>(1);
                ReadOnlySpan<DuckText> texts = chunk.Values<DuckText>(2);
                for (int i = 0; i < files.Length; i++)
                    if (slot.Of(texts[i].Utf8) < testSlots) sets._choices[files[i]][rows[i]] = Test;
            }
        }

        return sets.WithoutBad();
    }

    /// <summary>The rows that a condition picks go to test/.</summary>
    public static RowSets ByCondition(SourceTable source, TestRows picked, CancellationToken cancellation)
    {
        var sets = new RowSets(source);
        foreach (SourceFile file in source.Files) picked.Find(file, row => sets._choices[file.Index][row] = Test, cancellation);
        return sets.WithoutBad();
    }

    /// <summary>Writes the choices where tasks find them.</summary>
    public void WriteTo(string folder)
    {
        foreach (SourceFile file in _source.Files) RowChoices.Write(folder, file.Path, _choices[file.Index]);
    }

    /// <summary>The splits that hold rows of a set: whole row groups.</summary>
    /// <param name="set"><see cref="Train"/> or <see cref="Test"/>.</param>
    /// <param name="files">The source's files, pinned, in their order.</param>
    /// <param name="columns">How many columns come out.</param>
    public IReadOnlyList<SplitInput> Splits(byte set, IReadOnlyList<InputFile> files, int columns)
    {
        var splits = new List<SplitInput>();
        foreach (SourceFile file in _source.Files)
        {
            long wanted = Math.Max(1, file.Rows * columns * BytesPerValue / DecodedBytes);
            long first = 0;
            foreach (IReadOnlyList<long> groups in EvenCut.Of(file.RowGroups, rows => rows, (int)Math.Min(int.MaxValue, wanted)))
            {
                (long from, long count) = (first, groups.Sum());
                first += count;
                if (_choices[file.Index].AsSpan((int)from, (int)count).Contains(set))
                    splits.Add(new SplitInput { File = files[file.Index], FirstRow = from, Rows = count });
            }
        }

        return splits;
    }

    private RowSets WithoutBad()
    {
        using DuckResult bad = _source.Duck.Query($"SELECT file, row FROM {BadRows.Table}");
        while (bad.NextChunk() is { } chunk)
            for (int i = 0; i < chunk.Rows; i++) _choices[chunk.Values<int>(0)[i]][chunk.Values<long>(1)[i]] = 0;
        return this;
    }
}
