using BatchScoring.Core;
using BatchScoring.Tables;

namespace BatchScoring.Runs;

/// <summary>The columns of an input's files as those of one table.</summary>
internal static class InputSchema
{
    /// <summary>The columns of the table; of one without files what its log says.</summary>
    public static IReadOnlyList<DatasetColumn> Of(FolderTable table, IReadOnlyList<ParquetFooter> footers) => footers.Count > 0
        ? footers[0].Columns
        : [.. table.Columns.Select(column => new DatasetColumn(column.Name, column.Type ?? "VARCHAR"))];

    /// <summary>Widens numbers where files differ and nothing is lost.</summary>
    /// <exception cref="BatchScoringException"><c>INPUT_SCHEMAS_DIFFER</c>: names differ, or types that are not widened.</exception>
    public static IReadOnlyList<ParquetFooter> Join(string folder, IReadOnlyList<ParquetFooter> footers)
    {
        Dictionary<string, string> types = [];
        foreach (ParquetFooter footer in footers)
        {
            string[] differing = [.. footer.Columns.Select(column => column.Name)
                .Except(footers[0].Columns.Select(column => column.Name), StringComparer.Ordinal)
                .Concat(footers[0].Columns.Select(column => column.Name)
                    .Except(footer.Columns.Select(column => column.Name), StringComparer.Ordinal))];
            if (differing.Length > 0) throw Differ(folder, footers[0], footer, differing);
            foreach (DatasetColumn column in footer.Columns)
            {
                types[column.Name] = FolderBinder.Wider(types.GetValueOrDefault(column.Name, column.Type), column.Type)
                    ?? throw Differ(folder, footers[0], footer, [$"{column.Name} {types[column.Name]}", $"{column.Name} {column.Type}"]);
            }
        }

        return [.. footers.Select(footer => footer.Columns.All(column => types[column.Name] == column.Type) ? footer : Widen(footer, types))];
    }

    private static ParquetFooter Widen(ParquetFooter footer, Dictionary<string, string> types) => footer with
    {
        File = footer.File with
        {
            Columns = [.. footer.File.Columns, .. footer.Columns.Where(column => types[column.Name] != column.Type)
                .Select(column => new InputColumn { Name = column.Name, FileColumn = column.Name, Type = types[column.Name] })],
        },
        Columns = [.. footer.Columns.Select(column => column with { Type = types[column.Name] })],
    };

    private static BatchScoringException Differ(string folder, ParquetFooter first, ParquetFooter other, IEnumerable<string> differing) => new(
        RunErrors.InputSchemasDiffer,
        $"The files of {folder} do not have the same columns: {other.File.Key} and {first.File.Key} differ in " +
        $"{string.Join(", ", differing)}.");
}
