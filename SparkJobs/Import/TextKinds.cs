using System.Globalization;
using BatchScoring.DuckDb;
using BatchScoring.Tables;
using BatchScoring.Tables.Csv;

namespace BatchScoring.SparkJobs.Import;

/// <summary>What the texts of columns are, found in every row.</summary>
internal sealed class TextKinds
{
    private readonly Dictionary<string, (TextKind Kind, string? FirstText)> _kinds = new(StringComparer.Ordinal);

    /// <summary>The greatest kind of a column's texts; <see cref="TextKind.Missing"/> for a column that nobody has looked at.</summary>
    public TextKind this[string column] => _kinds.GetValueOrDefault(column).Kind;

    /// <summary>A text of the column that is no number; null where there is none.</summary>
    public string? Example(string column) => _kinds.GetValueOrDefault(column).FirstText;

    /// <summary>Of columns of text in Parquet.</summary>
    public static TextKinds OfParquet(DuckConnection duck, IReadOnlyList<SourceFile> files, IReadOnlyList<string> columns,
        CancellationToken cancellation)
    {
        var kinds = new TextKinds();
        // Each text column takes room for 2,048 texts, however few rows there are: of a wide table some at a time.
        foreach (string[] some in columns.Chunk(1000))
        {
            string list = string.Join(", ", some.Select(DuckSql.Identifier).Select(column =>
                $"max(number_kind({column})), arg_min({column}, {SourceNames.Row}) FILTER (number_kind({column}) = {(int)TextKind.Text})"));
            foreach (SourceFile file in files)
            {
                using DuckResult result = duck.Query($"SELECT {list} FROM {SourceTable.Of(file)}", cancellation);
                object?[] row = result.Rows().Single();
                for (int i = 0; i < some.Length; i++)
                    kinds.Add(some[i], (TextKind)Convert.ToInt32(row[2 * i] ?? 0, CultureInfo.InvariantCulture), (string?)row[2 * i + 1]);
            }
        }

        return kinds;
    }

    /// <summary>Of columns of CSV. Of the key an empty text is none, and every mark of a missing value is a text.</summary>
    public static TextKinds OfCsv(CsvTables tables, IReadOnlyList<string> columns, string key, Action<long> rowsRead,
        CancellationToken cancellation)
    {
        var kinds = new TextKinds();
        for (int file = 0; file < tables.Count; file++)
        {
            using CsvReader reader = tables.Open(file, columns, name => name == key ? CsvColumnKind.Text : CsvColumnKind.Kind);
            while (reader.Next())
            {
                cancellation.ThrowIfCancellationRequested();
                rowsRead(reader.Block.Rows);
                for (int i = 0; i < columns.Count; i++)
                {
                    (TextKind kind, string? text) = columns[i] == key ? OfKeys(reader.Block, i) : reader.Block.Kind(i);
                    kinds.Add(columns[i], kind, text);
                }
            }
        }

        return kinds;
    }

    private static (TextKind Kind, string? FirstText) OfKeys(CsvBlock block, int wanted)
    {
        for (int row = 0; row < block.Rows; row++)
        {
            ReadOnlySpan<byte> text = block.Cell(wanted, row);
            if (!text.IsEmpty && NumberText.KindOf(text) != TextKind.Integer) return (TextKind.Text, null);
        }

        return (TextKind.Integer, null);
    }

    private void Add(string column, TextKind kind, string? text)
    {
        (TextKind Kind, string? FirstText) known = _kinds.GetValueOrDefault(column);
        _kinds[column] = (kind > known.Kind ? kind : known.Kind, known.FirstText ?? text);
    }
}
