using System.Globalization;
using BatchScoring.Core;

namespace BatchScoring.Tables;

/// <summary>Columns in the names of folders, as Hive and Spark write them: <c>place=Z%C3%BCrich</c>.</summary>
internal static class PathColumns
{
    private const string Missing = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>The column and the value that a step of a path names; null for a step that names none.</summary>
    public static (string Name, string? Value)? Of(string step)
    {
        int equals = step.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1) return null;
        string value = Uri.UnescapeDataString(step[(equals + 1)..]);
        return (Uri.UnescapeDataString(step[..equals]), value is Missing or "" ? null : value);
    }

    /// <summary>All columns in a file's path below a folder; the innermost counts.</summary>
    /// <param name="below">The file's name below the folder.</param>
    public static IReadOnlyDictionary<string, string?> OfPath(string below)
    {
        Dictionary<string, string?> found = new(StringComparer.Ordinal);
        foreach (string step in below.Split('/').SkipLast(1))
            if (Of(step) is var (name, value)) found[name] = value;
        return found;
    }

    /// <summary>The columns that are asked for, each with the narrowest type that holds all of its values.</summary>
    /// <exception cref="BatchScoringException"><c>INPUT_COLUMNS_MISSING</c>: a file's path does not have one.</exception>
    public static IReadOnlyList<FolderColumn> Columns(IReadOnlyList<string> names, IReadOnlyList<FolderFile> files)
    {
        foreach (string name in names)
        {
            if (files.FirstOrDefault(file => !file.Partitions.ContainsKey(name)) is { } without)
            {
                throw new BatchScoringException(TableErrors.InputColumnsMissing,
                    $"The column {name} is to come from the names of folders, but {without.File.Key} lies in no folder {name}=…. Name a column "
                    + "that all files have in their paths, or leave it out of --path-columns.");
            }
        }

        return [.. names.Select(name => new FolderColumn(name, TypeOf(files.Select(file => file.Partitions[name]))) { IsPartition = true })];
    }

    private static string TypeOf(IEnumerable<string?> values)
    {
        string type = "BIGINT";
        foreach (string value in values.OfType<string>())
        {
            if (type == "BIGINT" && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
                && whole.ToString(CultureInfo.InvariantCulture) == value) continue;
            // 007 and 1e5 are texts that somebody means as they stand.
            type = decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
                && value.TrimStart('-') is not ['0', not '.', ..] ? "DOUBLE" : "VARCHAR";
            if (type == "VARCHAR") break;
        }

        return type;
    }
}
