using System.Text;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>
/// Turns one column of a chunk into one column of a block, mostly within the chunk's own buffer: no target type is wider than its source.
/// </summary>
/// <param name="name">The column's name in the file.</param>
/// <param name="place">Its place in the block.</param>
internal abstract class ColumnLoader(string name, int place)
{
    private const int ShownCharacters = 200;

    protected int Place { get; } = place;

    public abstract void Load(DuckVector source, ColumnBlock block, List<CellDefect> defects);

    protected void Report(List<CellDefect> defects, int row, string code, ReadOnlySpan<byte> value) => defects.Add(
        new CellDefect(row, name, code, Encoding.UTF8.GetString(value) is var text && text.Length > ShownCharacters
            ? text[..ShownCharacters] + "…" : text));

    protected void ReportNull(List<CellDefect> defects, int row) => defects.Add(new CellDefect(row, name, DefectCodes.CategoryNull, null));
}
